"""The addresses of a plan's settings."""

from advisor.web.app.damage import repair
from advisor.web.app.routing import Route, feature
from advisor.web.plans.settings import views

blueprint = feature(
    "settings",
    __name__,
    Route("", views.settings, "GET POST", endpoint="show"),
    Route("/found", views.found),
    Route("/remove", views.remove_destination, "GET POST", right="edit"),
    Route("/merge", views.merge, "POST"),
    Route("/repair", repair, "POST"),
    prefix="/<plan_id>/settings",
)
