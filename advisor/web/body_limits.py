"""How many bytes the body of a request may have, address by address, known before anything of it is read."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from advisor.settings import Settings

MAX_FORM = 1024 * 1024
MAX_BATCH = 16 * 1024 * 1024
"""A batch of changes in the grid: undoing a large paste names every cell that it changed."""
FORM_MARGIN = 64 * 1024
"""What a form with a document has besides it."""
ROOM = 1024 * 1024
"""So much above the limit is still read, so that a page can say what is off and what was typed is not lost."""
_DOCUMENTS = frozenset({"api.advice", "api.api_snippets.snippets"})


def document_form_limit(settings: Settings) -> int:
    """Return what a form that holds a plan document may have."""
    return settings.max_body + FORM_MARGIN


def read_limit(app: Flask, method: str, path: str) -> int:
    """Return how many bytes of a request are read at most. An address that is not there takes what a form takes."""
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
