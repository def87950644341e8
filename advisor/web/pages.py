"""Pages that need no stored plan: the first page, the rules, the catalogue, and a sign of life."""

from __future__ import annotations

from flask import Blueprint, Response

blueprint = Blueprint("pages", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the app is up."""
    return Response("ok\n", mimetype="text/plain")
