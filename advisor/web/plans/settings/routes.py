"""The addresses of a plan's settings."""

from advisor.web.app.damage import repair
from advisor.web.app.routing import Route, feature
from advisor.web.plans.settings.views import conflict, destinations, settings

blueprint = feature(
    "settings",
    __name__,
    Route("", settings.settings, "GET POST", endpoint="show"),
    Route("/found", destinations.search, endpoint="found"),
    Route("/remove", destinations.remove_destination, "GET POST", right="edit"),
    Route("/merge", conflict.merge, "POST"),
    Route("/repair", repair, "POST"),
    prefix="/<plan_id>/settings",
)
