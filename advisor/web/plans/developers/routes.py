"""The addresses of the page for developers. A link for developers opens the first two, and nothing else of the plan."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.developers import views

blueprint = feature(
    "developers",
    __name__,
    Route("", views.show, right="dev"),
    Route("/tickets", views.tickets, right="dev", is_slow=True),
    Route("/implemented", views.implemented, "POST"),
    prefix="/<plan_id>/developers",
)
