"""The pages that need no stored plan: the first page, one event, the rules, the catalogue, and the health check."""

from __future__ import annotations

from flask import Blueprint, Response

from advisor.web.advise import views as pages_advise
from advisor.web.reference import views as pages_reference


def pages() -> Blueprint:
    """Return the blueprint of these pages."""
    blueprint = Blueprint("pages", __name__)
    pages_advise.register(blueprint)
    pages_reference.register(blueprint)
    blueprint.add_url_rule("/healthz", view_func=health)
    return blueprint


def health() -> Response:
    """Answer that the app is running."""
    return Response("ok\n", mimetype="text/plain")
