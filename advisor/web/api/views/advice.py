"""``POST /api/v1/advice``: a plan document with its advice. Also the schema of documents, and the description of the API."""

from __future__ import annotations

from flask import Response, current_app

from advisor import document
from advisor.advice import advise
from advisor.web.api.openapi import description
from advisor.web.api.views.parameters import max_body, sent_document, wants_recommendations
from advisor.web.app.json_answers import json_answer
from advisor.web.app.security import csrf


@csrf.exempt  # it neither reads nor changes stored data
def advice() -> Response:
    """Return the sent plan document with its advice, or without the computed parts if ``recommendations=none``."""
    with_recommendations = wants_recommendations()
    reading = document.read(sent_document(), max_body=max_body())
    answer = advise(reading.plan, reading.notes) if with_recommendations else reading.plan
    return json_answer(answer)


def schema() -> Response:
    """Return the JSON Schema of plan documents."""
    return json_answer(document.schema(), "application/schema+json")


def openapi() -> Response:
    """Return the OpenAPI description of this API."""
    return json_answer(description(current_app.session_interface.get_cookie_name(current_app)))
