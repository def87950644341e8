"""The addresses of a plan's page."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.overview.views import overview, practice, suggestions

blueprint = feature(
    "overview",
    __name__,
    Route("", overview.show),
    Route("/matrix", overview.show_matrix, endpoint="matrix"),
    Route("/events", overview.add_events, "POST"),
    Route("/events/several", overview.add_several, "POST"),
    Route("/accept", suggestions.accept, "POST"),
    Route("/practice", practice.practice, "GET POST", right="edit"),
    Route("/follow", practice.follow, "POST"),
    Route("/keep", practice.keep, "GET POST", right="edit"),
    prefix="/<plan_id>",
)
