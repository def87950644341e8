"""The addresses that start, open, delete and restore plans."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.start.views import add, plans, recovery, starters

blueprint = feature(
    "start",
    __name__,
    Route("", plans.index),
    Route("/new", plans.new, "GET POST"),
    Route("/examples/<key>", plans.open_example, "POST", endpoint="example"),
    Route("/templates/<key>", starters.show, endpoint="starter"),
    Route("/templates/<key>", starters.start, "POST", endpoint="start_from"),
    Route("/add", add.add, "GET POST"),
    Route("/recovery", recovery.recovery, "GET POST"),
    Route("/recovery/read", recovery.forget_notice, "POST"),
    Route("/<plan_id>/delete", plans.delete, "GET POST", right="own"),
    Route("/<plan_id>/restore", plans.restore, "POST", right="own"),
)
