"""The addresses of a plan's grid."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.grid.views import column_answer, column_choice, grid, paste, plain, saving, tip

blueprint = feature(
    "grid",
    __name__,
    Route("", grid.show),
    Route("/changes", saving.change, "POST", body="batch"),
    Route("/paste", paste.paste, "GET POST"),
    Route("/column", column_answer.answer, "POST", is_slow=True),
    Route("/tip", tip.put_away, "POST"),
    Route("/columns", column_choice.show, endpoint="columns"),
    Route("/plain", plain.show, endpoint="plain"),
    Route("/plain/new", plain.add, "POST", endpoint="plain_add"),
    Route("/plain/<event_id>", plain.save, "POST", endpoint="plain_save"),
    prefix="/<plan_id>/grid",
)
