"""What the API answers with: JSON as documents are written."""

from __future__ import annotations

from flask import Response

from advisor.document import json_text

JSON = "application/json"


def json_answer(value: object, content_type: str = JSON) -> Response:
    """The answer that is this value."""
    return Response(json_text(value), content_type=content_type)
