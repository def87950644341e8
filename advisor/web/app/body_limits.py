"""The maximum body size of a request per address, for the embedded server, which needs it before it reads the body."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from advisor.settings import Settings

MAX_FORM = 1024 * 1024
MAX_BATCH = 16 * 1024 * 1024
"""Maximum bytes of a batch of grid changes. Undoing a large paste names every changed cell."""
FORM_MARGIN = 64 * 1024
"""Bytes that a form with a document may have in addition to the document."""
ROOM = 1024 * 1024
"""Bytes above the limit that are still read, so that a page can show an error and the typed text is not lost."""
_DOCUMENTS = frozenset({"api.advice", "api.api_snippets.snippets"})


def document_form_limit(settings: Settings) -> int:
    """Return the maximum bytes of a form that contains a plan document."""
    return settings.max_body + FORM_MARGIN


def read_limit(app: Flask, method: str, path: str) -> int:
    """Return the maximum bytes that are read of a request body. An unknown address has the limit of a form."""
    settings: Settings = app.extensions["settings"]
    endpoint = _endpoint(app, method, path)
    if endpoint in _DOCUMENTS:
        return settings.max_body + ROOM
    if endpoint == "plans.import_":
        return document_form_limit(settings) + ROOM
    return (MAX_BATCH if endpoint == "grid.change" else MAX_FORM) + ROOM


def _endpoint(app: Flask, method: str, path: str) -> str | None:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method)
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)
