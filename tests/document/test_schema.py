"""The JSON Schema of plan documents: it is valid, complete, and accepts everything that the reader accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import fields

from advisor import document, model
from advisor.knowledge.libraries import LIBRARIES, find_library
from advisor.knowledge.questions import QUESTION_KEYS

SCHEMA = document.schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_valid_json_schema() -> None:
    """Draft 2020-12."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_the_format_is_described() -> None:
    """The schema has exactly the keys of the model, struct by struct."""
    for name, definition in SCHEMA["$defs"].items():
        assert list(definition["properties"]) == [each.encode_name for each in fields(getattr(model, name))]


def test_the_questions_and_libraries_are_named() -> None:
    """An editor that knows the schema can complete them."""
    event, sources = SCHEMA["$defs"]["Event"]["properties"], SCHEMA["$defs"]["Sources"]["properties"]
    assert tuple(event["answers"]["properties"]) == QUESTION_KEYS
    client, server = sources["client"]["items"]["enum"], sources["server"]["anyOf"][0]["enum"]
    assert [key for key in (*client, *server) if key in LIBRARIES] == list(LIBRARIES)
    assert all(find_library(name) for name in (*client, *server))


def test_the_schema_of_each_caller_is_its_own() -> None:
    """Changing it does not change the schema of other callers."""
    document.schema()["$defs"].clear()
    assert document.schema() == SCHEMA


def test_the_examples_are_valid() -> None:
    """What a person writes by hand, with most keys left out."""
    for path in (Path(__file__).parents[1] / "examples").glob("*.json"):
        VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "accepted",
    [
        {"format": "tracking-plan/1.2"},
        {"format": "tracking-plan/1", "unknown": 1, "extra": {"x": 1}},
        {"format": "tracking-plan/1", "sources": {"server": "node"}},
        {"format": "tracking-plan/1", "destinations": [{"key": "facebook pixel", "unknown": 1}]},
        {"format": "tracking-plan/1", "events": [{"name": "a", "answers": {"payment": "unsure"}}]},
        {
            "format": "tracking-plan/1",
            "events": [{"name": "a", "decision": {"placement": "both", "date": "2026-11-24"}}],
        },
        {
            "format": "tracking-plan/1",
            "events": [{"name": "a", "properties": [{"name": "b", "type": "string|object"}]}],
        },
    ],
)
def test_every_accepted_document_is_valid(accepted: dict[str, Any]) -> None:
    """Unknown keys, other spellings and short forms are not the schema's to refuse."""
    document.read(json.dumps(accepted).encode())
    VALIDATOR.validate(accepted)
