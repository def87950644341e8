"""The addresses of the comments on one event. Who may view the plan reads them, who may edit it writes."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.comments import views

blueprint = feature(
    "comments",
    __name__,
    Route("", views.show),
    Route("", views.add, "POST"),
    Route("/<comment_id>/delete", views.delete, "POST"),
    Route("/<comment_id>/restore", views.restore, "POST"),
    prefix="/<plan_id>/events/<event_id>/comments",
)
