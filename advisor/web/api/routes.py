"""The HTTP API (see ``docs/api.md``). Addresses that don't use stored plans need no cookie and no CSRF token."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from advisor import document
from advisor.advice import advise
from advisor.web.api import (
    errors as api_errors,
)
from advisor.web.api import (
    explain as api_explain,
)
from advisor.web.api import (
    knowledge as api_knowledge,
)
from advisor.web.api import (
    plans as api_plans,
)
from advisor.web.api import (
    snippets as api_snippets,
)
from advisor.web.api.openapi import description
from advisor.web.api.parameters import max_body, sent_document, wants_recommendations
from advisor.web.app.json_answers import json_answer
from advisor.web.app.security import csrf

blueprint = Blueprint("api", __name__)
blueprint.register_blueprint(api_knowledge.blueprint)
blueprint.register_blueprint(api_plans.blueprint)
blueprint.register_blueprint(api_explain.blueprint)
blueprint.register_blueprint(api_snippets.blueprint)
api_errors.register(blueprint)


@blueprint.post("/api/v1/advice")
@csrf.exempt  # it neither reads nor changes stored data
def advice() -> Response:
    """Return the sent plan document with its advice, or without the computed parts if ``recommendations=none``."""
    with_recommendations = wants_recommendations()
    reading = document.read(sent_document(), max_body=max_body())
    answer = advise(reading.plan, reading.notes) if with_recommendations else reading.plan
    return json_answer(answer)


@blueprint.get("/schemas/tracking-plan-1.json")
def schema() -> Response:
    """Return the JSON Schema of plan documents."""
    return json_answer(document.schema(), "application/schema+json")


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI description of this API."""
    return json_answer(description(current_app.session_interface.get_cookie_name(current_app)))
