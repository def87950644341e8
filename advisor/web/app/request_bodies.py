"""Restricts request bodies to forms, except at the few addresses that are marked to read JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from advisor.web.app.json_answers import JSON

View = TypeVar("View", bound=Callable[..., Any])
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_TAKES_JSON = "takes_json"


def takes_json(view: View) -> View:
    """Mark a view that reads JSON, and return it. The view must check what it reads. All other views get forms only."""
    setattr(view, _TAKES_JSON, True)
    return view


def answers_json() -> bool:
    """Return whether a program or a script made this request, so that the answer should be JSON and not a page."""
    if _reads_json() or request.path.startswith("/schemas/") or request.mimetype == JSON:
        return True
    accepted = request.accept_mimetypes
    return accepted[JSON] > accepted["text/html"]


def register(app: Flask) -> None:
    """Refuse other request bodies with status 415 before a form reads them: forms expect texts, JSON can hold any type."""

    @app.before_request
    def refuse_other_bodies() -> None:
        if request.method in _SAFE or _reads_json():
            return
        has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
        if request.mimetype not in _FORMS and (request.mimetype or has_body):
            raise UnsupportedMediaType("This address takes forms only.")


def _reads_json() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.path.startswith("/api/") or hasattr(view, _TAKES_JSON)
