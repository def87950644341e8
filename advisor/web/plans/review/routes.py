"""The addresses of the review. The list itself is a view of the plan's page, ``?view=list``."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.review import views

blueprint = feature(
    "review",
    __name__,
    Route("", views.show),
    Route("", views.change, "POST"),
    prefix="/<plan_id>/review",
)
