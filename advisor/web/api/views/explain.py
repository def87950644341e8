"""``POST /api/v1/explain``: which destinations receive an event with this ``integrations`` object, and why."""

from __future__ import annotations

import msgspec
from flask import Response

from advisor.document import DocumentError, Problem
from advisor.document.parse import parse
from advisor.document.problems import in_document_order
from advisor.document.shape import misfits
from advisor.explain import Explanation, Inquiry, InquiryError, explain, schema
from advisor.web.api.views.parameters import max_body, sent_document
from advisor.web.app.json_answers import json_answer
from advisor.web.app.security import csrf

MAX_BYTES = 1024 * 1024
"""Maximum bytes of a request. Segment itself rejects a call of more than 32 KB."""


@csrf.exempt  # it neither reads nor changes stored data
def explain_object() -> Response:
    """Return the explanation of the sent object."""
    return json_answer(explain_inquiry(parse(sent_document(), min(max_body(), MAX_BYTES))))


def check_schema() -> Response:
    """Return the JSON Schema of the request and the response."""
    return json_answer(schema(), "application/schema+json")


def explain_inquiry(sent: object) -> Explanation:
    """Return the explanation for a parsed JSON request. Raises `DocumentError` if it is invalid or can't be answered."""
    try:
        return explain(msgspec.convert(sent, Inquiry))
    except msgspec.ValidationError:
        found = in_document_order(misfits(sent, Inquiry), sent)
        raise DocumentError("plan", (each.problem() for each in found)) from None
    except InquiryError as error:
        problems = [Problem(code=each.code, message=each.message, pointer=each.pointer) for each in error.faults]
        raise DocumentError("plan", problems) from None
