"""The addresses of the history of a plan and of its events, and of named versions."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.history.views import compare, event, history, versions

blueprint = feature(
    "history",
    __name__,
    Route("/history", history.show),
    Route("/history/<int:first>-<int:last>", history.span, is_slow=True),
    Route("/history/<int:number>/restore", history.restore, "GET POST", right="edit"),
    Route("/events/<event_id>/history", event.event),
    Route("/events/<event_id>/history/<int:number>/restore", event.restore, "POST", endpoint="restore_event"),
    Route("/compare", compare.compare, is_slow=True),
    Route("/versions", versions.versions, "GET POST"),
    Route("/versions/<version_id>/rename", versions.rename, "POST", endpoint="rename_version"),
    Route("/versions/<version_id>/delete", versions.delete, "POST", endpoint="delete_version"),
    Route("/versions/<version_id>/export", versions.export, endpoint="export_version", is_slow=True),
    prefix="/<plan_id>",
)
