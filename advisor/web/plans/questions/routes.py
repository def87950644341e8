"""The addresses of the page that asks one question about many events."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.questions import views

blueprint = feature(
    "questions",
    __name__,
    Route("", views.show, right="edit", is_slow=True),
    Route("", views.save, "POST"),
    Route("/fill", views.fill, "POST"),
    prefix="/<plan_id>/questions",
)
