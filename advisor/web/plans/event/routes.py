"""The addresses of one event of a plan."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.event.views import advice, changes, deletion, event, neighbours

blueprint = feature(
    "event",
    __name__,
    Route("/new", event.new, "GET POST", right="edit"),
    Route("/new/advice", advice.new_advice, "POST"),
    Route("/<event_id>", event.event, "GET POST", endpoint="show"),
    Route("/<event_id>/advice", advice.advice, "POST"),
    Route("/<event_id>/merge", changes.merge, "POST"),
    Route("/<event_id>/previous", neighbours.previous),
    Route("/<event_id>/next", neighbours.following, endpoint="next"),
    Route("/<event_id>/delete", deletion.delete, "GET POST", right="edit"),
    Route("/<event_id>/restore", deletion.restore, "POST"),
    prefix="/<plan_id>/events",
)
