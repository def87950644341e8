"""The addresses of a plan's grid."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.grid.views import column_choice, grid, paste, plain, saving

blueprint = feature(
    "grid",
    __name__,
    Route("", grid.show),
    Route("/changes", saving.change, "POST", body="batch"),
    Route("/paste", paste.paste, "GET POST"),
    Route("/columns", column_choice.show, endpoint="columns"),
    Route("/plain", plain.show, endpoint="plain"),
    Route("/plain/new", plain.add, "POST", endpoint="plain_add"),
    Route("/plain/<event_id>", plain.save, "POST", endpoint="plain_save"),
    prefix="/<plan_id>/grid",
)
