"""The OpenAPI 3.1 description of the API, generated from the structs of its responses."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import msgspec

from advisor.document.schema import DIALECT, definitions
from advisor.explain import Explanation, Inquiry
from advisor.formats import EXPORTS
from advisor.formats.tool_formats import ADDITIONS, written_for_tools
from advisor.knowledge.libraries import LIBRARIES
from advisor.privacy import Lens
from advisor.privacy.filter import DATA_KINDS
from advisor.web.api.views.errors import ErrorBody
from advisor.web.api.views.exports import ToolExport
from advisor.web.api.views.knowledge import (
    DestinationEntry,
    DestinationList,
    FindingList,
    LibraryList,
    QuestionList,
    RuleList,
)
from advisor.web.api.views.plans import CommentList, PlanList
from advisor.web.api.views.snippets import CodeFiles
from advisor.web.api.views.tickets import TicketList

_REF = "#/components/schemas/{name}"
_ANSWERS = (
    ErrorBody,
    QuestionList,
    RuleList,
    LibraryList,
    DestinationEntry,
    DestinationList,
    FindingList,
    PlanList,
    CommentList,
    ToolExport,
    CodeFiles,
    TicketList,
    Lens,
)
_CHECK = (Inquiry, Explanation)
_ERRORS = {
    400: "Not JSON (bad UTF-8, NaN, a doubled key, nested deeper than 64), or a parameter without meaning here.",
    404: "There is no such thing; someone else's plan looks the same.",
    409: "A part of the stored plan is damaged in the database.",
    413: "More bytes than this installation reads.",
    415: "Not application/json, or compressed.",
    422: "JSON, but not a valid plan: every problem with a JSON pointer.",
    503: "The plans cannot be reached.",
}
_RECOMMENDATIONS = {
    "name": "recommendations",
    "in": "query",
    "description": "`none` leaves the computed parts out.",
    "schema": {"type": "string", "enum": ["none"]},
}
_LIBRARIES = {
    "name": "library",
    "in": "query",
    "description": "A library of the plan, several times for several; all of the plan's if none.",
    "schema": {"type": "array", "items": {"enum": list(LIBRARIES)}},
}
_SEARCH = {
    "name": "q",
    "in": "query",
    "description": "Part of a name, a previous name or a key.",
    "schema": {"type": "string"},
}
_KINDS = {
    "name": "kind",
    "in": "query",
    "description": "A kind of data, several times for several; all if none.",
    "schema": {"type": "array", "items": {"enum": list(DATA_KINDS)}},
}
_SIDE = {
    "name": "by",
    "in": "query",
    "description": "Only the calls of this side.",
    "schema": {"enum": ["client", "server"]},
}
_WITH = {
    "name": "with",
    "in": "query",
    "description": "What the files say of ours: the side of each event, everything, or nothing.",
    "schema": {"type": "string", "enum": list(ADDITIONS)},
}


def description(cookie_name: str) -> dict[str, Any]:
    """Return the description. ``cookie_name`` is the name of the cookie that identifies the owner of plans."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {"title": "Tracking Advisor", "version": version("advisor")},
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"owner": {"type": "apiKey", "in": "cookie", "name": cookie_name}},
        },
    }


def _paths() -> dict[str, Any]:
    """Return what each address answers."""
    return {
        "/api/v1/advice": {"post": _post("Advise a plan", "Plan", "PlanInput", _RECOMMENDATIONS)},
        "/api/v1/explain": {"post": _post("Explain an integrations object", "Explanation", "Inquiry")},
        "/api/v1/snippets": {"post": _post("The calls of a plan as code", "CodeFiles", "PlanInput", _LIBRARIES)},
        "/api/v1/privacy": {
            "post": _post("Who receives which personal data of a plan", "Lens", "PlanInput", _KINDS, _SIDE)
        },
        "/api/v1/tickets": {"post": _post("What there is to build, event by event", "TicketList", "PlanInput")},
        "/api/v1/questions": {"get": _get("The questions", "QuestionList")},
        "/api/v1/rules": {"get": _get("The rules", "RuleList")},
        "/api/v1/libraries": {"get": _get("The libraries", "LibraryList")},
        "/api/v1/destinations": {"get": _get("The catalogue, searched", "DestinationList", _SEARCH)},
        "/api/v1/destinations/{key}": {
            "get": _get("One destination by its exact key", "DestinationEntry", _in_path("key"), errors=(404,))
        },
        "/api/v1/findings": {"get": _get("The kinds of findings", "FindingList")},
        "/api/v1/plans": {"get": _get("My plans", "PlanList", errors=(503,)) | _BY_COOKIE},
        "/api/v1/plans/{plan_id}": {
            "get": _get("One plan", "Plan", _in_path("plan_id"), _RECOMMENDATIONS, errors=(400, 404, 409, 503))
            | _BY_COOKIE
        },
        "/api/v1/plans/{plan_id}/privacy": {
            "get": _get("Who receives what", "Lens", _in_path("plan_id"), _KINDS, _SIDE, errors=(400, 404, 409, 503))
            | _BY_COOKIE
        },
        "/api/v1/plans/{plan_id}/tickets": {
            "get": _get("What there is to build", "TicketList", _in_path("plan_id"), errors=(404, 409, 503))
            | _BY_COOKIE
        },
        "/api/v1/plans/{plan_id}/comments": {
            "get": _get("What people wrote about events", "CommentList", _in_path("plan_id"), errors=(404, 503))
            | _BY_COOKIE
        },
        "/api/v1/plans/{plan_id}/export/{format_key}": {"get": _export()},
        "/api/v1/plans/{plan_id}/export/for/{tool_key}": {"get": _export_for()},
        "/api/v1/openapi.json": {"get": _get("This description")},
        "/schemas/tracking-plan-1.json": {"get": _schema("The JSON Schema of plan documents")},
        "/schemas/integrations-check-1.json": {"get": _schema("The JSON Schema of checks of an object")},
    }


_BY_COOKIE: dict[str, Any] = {"security": [{"owner": []}, {}]}


def _schemas() -> dict[str, Any]:
    _, answers = msgspec.json.schema_components(_ANSWERS, ref_template=_REF)
    _, check = msgspec.json.schema_components(_CHECK, ref_template=_REF)
    plan = definitions(_REF)
    check["Inquiry"]["properties"]["library"] = {"enum": list(LIBRARIES)}
    return answers | check | plan | _inputs(plan)


def _inputs(plan: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas of a plan and its events as input, where the computed parts accept any value and are ignored."""
    whole, event = dict(plan["Plan"]), dict(plan["Event"])
    event["properties"] = event["properties"] | {"recommendation": {}}
    events = whole["properties"]["events"] | {"items": {"$ref": _REF.format(name="EventInput")}}
    whole["properties"] = whole["properties"] | {"findings": {}, "events": events}
    return {"PlanInput": whole | {"title": "PlanInput"}, "EventInput": event | {"title": "EventInput"}}


def _post(summary: str, answer: str, body: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    operation = _get(summary, answer, *parameters, errors=(400, 413, 415, 422))
    return operation | {"requestBody": {"required": True, "content": _json(body)}}


def _get(
    summary: str, answer: str | None = None, *parameters: dict[str, Any], errors: tuple[int, ...] = ()
) -> dict[str, Any]:
    refusals = {str(code): {"description": _ERRORS[code], "content": _json("ErrorBody")} for code in errors}
    found = {"200": {"description": summary, "content": _json(answer)}}
    return {"summary": summary, "parameters": list(parameters), "responses": found | refusals}


def _export() -> dict[str, Any]:
    described = _get("One plan as a file", None, _in_path("plan_id"), _in_path("format_key"), errors=(404, 409, 503))
    described["parameters"][1]["schema"] = {"type": "string", "enum": list(EXPORTS)}
    types: dict[str, Any] = {each.media_type.partition(";")[0]: {"schema": {}} for each in EXPORTS.values()}
    described["responses"]["200"]["content"] = types
    return described | _BY_COOKIE


def _export_for() -> dict[str, Any]:
    names = (_in_path("plan_id"), _in_path("tool_key"), _WITH)
    described = _get("One plan for another tool", "ToolExport", *names, errors=(400, 404, 409, 422, 503))
    described["parameters"][1]["schema"] = {"type": "string", "enum": [each.key for each in written_for_tools()]}
    return described | _BY_COOKIE


def _schema(summary: str) -> dict[str, Any]:
    content = {"application/schema+json": {"schema": {"type": "object"}}}
    return {
        "summary": summary,
        "responses": {"200": {"description": "The schema", "content": content}},
    }


def _json(name: str | None) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name=name)} if name else {"type": "object"}
    return {"application/json": {"schema": schema}}


def _in_path(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1}
    if name == "plan_id":
        schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
    return {"name": name, "in": "path", "required": True, "schema": schema}
