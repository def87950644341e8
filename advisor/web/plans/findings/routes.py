"""The addresses of a plan's findings."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.findings import views

blueprint = feature(
    "findings",
    __name__,
    Route("", views.show),
    Route("/fix", views.fix, "POST"),
    Route("/undo", views.undo, "POST"),
    Route("/dismiss", views.dismiss, "GET POST", right="edit"),
    Route("/restore", views.restore, "POST"),
    Route("/naming", views.naming, "POST"),
    prefix="/<plan_id>/findings",
)
