"""Pages that need no stored plan: this blueprint, with the routes of ``pages_advise`` and ``pages_reference``."""

from __future__ import annotations

from flask import Blueprint, Response

blueprint = Blueprint("pages", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the app is up."""
    return Response("ok\n", mimetype="text/plain")
