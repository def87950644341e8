"""Pages that need no stored plan: the first page, one event, the rules, the catalogue, and a sign of life."""

from __future__ import annotations

from flask import Blueprint, Response

from advisor.web import pages_advise, pages_reference


def pages() -> Blueprint:
    """These pages, as a blueprint of their own."""
    blueprint = Blueprint("pages", __name__)
    pages_advise.register(blueprint)
    pages_reference.register(blueprint)
    blueprint.add_url_rule("/healthz", view_func=health)
    return blueprint


def health() -> Response:
    """Say that the app is up."""
    return Response("ok\n", mimetype="text/plain")
