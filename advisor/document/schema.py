"""Builds the JSON Schema of plan documents from the model, and adds the rules that the model cannot express."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from advisor.knowledge.libraries import spellings
from advisor.knowledge.questions import QUESTIONS
from advisor.model import FORMAT, PROPERTY_TYPES, Plan, Side

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ISO_DATE = r"^\d{4}-?(\d{2}|W\d{2}|\d{3})"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every exported document validates against."""
    return {
        "$schema": DIALECT,
        "$id": "urn:tracking-plan:1",
        "title": "Tracking plan",
        "$ref": "#/$defs/Plan",
        "$defs": definitions("#/$defs/{name}"),
    }


def definitions(ref_template: str) -> dict[str, Any]:
    """Return the schemas of the model's structs by name. ``ref_template`` is the form of their references."""
    # Decoded each time, so that the caller may change the result.
    return msgspec.json.decode(_encoded_definitions(ref_template), type=dict[str, Any])


@cache
def _encoded_definitions(ref_template: str) -> bytes:
    _, found = msgspec.json.schema_components([Plan], ref_template=ref_template)
    for name, complete in _COMPLETIONS.items():
        complete(found[name])
    return msgspec.json.encode(found)


def _plan(definition: dict[str, Any]) -> None:
    pattern = "^" + FORMAT.replace("/", "\\/") + r"(\.\d+)?$"
    definition["properties"]["format"] = {"type": "string", "pattern": pattern, "examples": [FORMAT]}
    definition["required"] = ["format"]


def _sources(definition: dict[str, Any]) -> None:
    members = definition["properties"]
    members["client"] |= {"items": _library("client"), "uniqueItems": True}
    members["server"]["anyOf"][0] = _library("server")


def _library(side: Side) -> dict[str, Any]:
    """Return the schema of a library's name: a key, or a spelling that the reader replaces by a key."""
    return {"enum": list(spellings(side))}


def _event(definition: dict[str, Any]) -> None:
    members = definition["properties"]
    answer = members["answers"]["additionalProperties"]
    members["answers"] |= {
        "properties": {question.key: {"description": question.asks} | answer for question in QUESTIONS},
        "additionalProperties": False,
    }
    members["suggested"]["items"] = {"enum": [question.key for question in QUESTIONS]}
    for names in (members["sources"], members["destinations"]):
        names["anyOf"][1]["uniqueItems"] = True


def _property(definition: dict[str, Any]) -> None:
    name = "(" + "|".join(PROPERTY_TYPES) + ")"
    definition["properties"]["type"]["pattern"] = rf"^{name}(\|{name})*$"


def _dated(definition: dict[str, Any]) -> None:
    definition["properties"]["date"]["anyOf"][0]["pattern"] = ISO_DATE


def _closed(definition: dict[str, Any]) -> None:
    definition["additionalProperties"] = False


def _dismissal(definition: dict[str, Any]) -> None:
    _dated(definition)
    _closed(definition)


_COMPLETIONS = {
    "Plan": _plan,
    "Sources": _sources,
    "Event": _event,
    "Property": _property,
    "Decision": _dated,
    "Dismissal": _dismissal,
    "Against": _closed,
    "Naming": _closed,
}
