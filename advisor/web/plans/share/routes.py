"""The addresses that share a plan, and the address of a share link."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.share import views

blueprint = feature(
    "share",
    __name__,
    Route("/name", views.name, "POST"),
    Route("/<plan_id>/share", views.links, "GET POST", right="own"),
    Route("/<plan_id>/share/<share_id>/revoke", views.revoke, "POST", right="own"),
    Route("/<plan_id>/share/<share_id>/restore", views.restore, "POST", right="own"),
    Route("/<plan_id>/share/<share_id>/replace", views.replace, "POST", right="own"),
)
shared = feature("shared", __name__, Route("/shared/<token>", views.open_link))
