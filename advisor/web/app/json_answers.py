"""The JSON responses of the API, formatted like plan documents. Used by every API view."""

from __future__ import annotations

from flask import Response

from advisor.document import json_text

JSON = "application/json"


def json_answer(value: object, content_type: str = JSON) -> Response:
    """Return a response with this value as JSON."""
    return Response(json_text(value), content_type=content_type)
