"""The answers to the script of pages that save every change at once.

``static/plans/edits/form-saving.js`` sends the whole form after each change and asks for JSON. Without scripts, the same form is
sent by its button and answered with a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from flask import Response, request

from advisor.web.forms.event_form import Problem


def saves_itself() -> bool:
    """Return whether the form was sent by the script that saves each change."""
    return request.accept_mimetypes.best == "application/json"


def json_answer(**values: Any) -> Response:
    """Return the JSON answer to the script that saves each change."""
    return Response(msgspec.json.encode(values), content_type="application/json")


def problem_list(found: Iterable[Problem]) -> list[dict[str, str]]:
    """Return the problems as the JSON answer lists them."""
    return [{"anchor": item.anchor, "message": item.message} for item in found]
