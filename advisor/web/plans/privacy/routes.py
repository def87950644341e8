"""The addresses of a plan's privacy page."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.privacy import views

blueprint = feature(
    "privacy",
    __name__,
    Route("", views.show),
    Route("/csv", views.download, is_slow=True),
    Route("/notes", views.save_notes, "POST"),
    Route("/confirm", views.confirm, "POST"),
    prefix="/<plan_id>/privacy",
)
