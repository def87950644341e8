"""The addresses that share a plan, and the address of a share link."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.share.views import links, visitor

blueprint = feature(
    "share",
    __name__,
    Route("/name", visitor.name, "POST"),
    Route("/<plan_id>/share", links.links, "GET POST", right="own"),
    Route("/<plan_id>/share/<share_id>/revoke", links.revoke, "POST", right="own"),
    Route("/<plan_id>/share/<share_id>/restore", links.restore, "POST", right="own"),
    Route("/<plan_id>/share/<share_id>/replace", links.replace, "POST", right="own"),
)
shared = feature("shared", __name__, Route("/shared/<token>", visitor.open_link))
