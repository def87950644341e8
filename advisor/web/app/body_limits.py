"""The maximum body size of a request, by what its route takes.

The embedded server needs it before it reads the body. The app sets it before the CSRF check reads the form.
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from advisor.settings import Settings
from advisor.web.app.routing import Body, current_route, route_of

MAX_FORM = 1024 * 1024
MAX_BATCH = 16 * 1024 * 1024
"""Maximum bytes of a batch of grid changes. Undoing a large paste names every changed cell."""
MAX_QUERY = 6 * 1024
"""Maximum bytes of a query that holds the state of a page. A longer state is sent by POST."""
FORM_MARGIN = 64 * 1024
"""Bytes that a form with a document may have in addition to the document."""
ROOM = 1024 * 1024
"""Bytes above the limit that are still read, so that a page can show an error and the typed text is not lost."""


def register(app: Flask) -> None:
    """Set the limits of each request that may be larger than a form."""
    settings: Settings = app.extensions["settings"]

    @app.url_value_preprocessor
    def set_limits(_endpoint: str | None, _values: dict[str, object] | None) -> None:
        route = current_route()
        if route is None or route.body in ("form", "document"):
            return  # a view that takes a document applies its own limit, for an answer in JSON
        request.max_content_length = _limit(settings, route.body)
        if route.body == "document form":
            request.max_form_memory_size = request.max_content_length


def read_limit(app: Flask, method: str, path: str) -> int:
    """Return the maximum bytes that are read of a request body. An unknown address has the limit of a form."""
    route = route_of(app, _endpoint(app, method, path))
    return _limit(app.extensions["settings"], route.body if route else "form") + ROOM


def _limit(settings: Settings, body: Body) -> int:
    limits: dict[Body, int] = {
        "form": MAX_FORM,
        "batch": MAX_BATCH,
        "document": settings.max_body,
        "document form": settings.max_body + FORM_MARGIN,
    }
    return limits[body]


def _endpoint(app: Flask, method: str, path: str) -> str | None:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method)
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)
