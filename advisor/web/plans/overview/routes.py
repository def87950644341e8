"""The addresses of a plan's page."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.overview.views import overview, suggestions

blueprint = feature(
    "overview",
    __name__,
    Route("", overview.show),
    Route("/matrix", overview.show_matrix, endpoint="matrix"),
    Route("/events", overview.add_events, "POST"),
    Route("/events/several", overview.add_several, "POST"),
    Route("/accept", suggestions.accept, "POST"),
    prefix="/<plan_id>",
)
