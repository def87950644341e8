"""Typewriter's flat schemas: what of them is understood, and how they become wrapped ones of Segment and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import FormatError, WriteOptions, formats, read_files, recognise
from advisor.model import Event, Plan, Property

FORM = formats()["typewriter"]
PUBLIC = formats()["segment-public-api"]
FLAT = SAMPLES / "typewriter" / "flat.json"


def _rules(files: dict[str, bytes]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = json.loads(next(iter(files.values())))["rules"]
    return rules


def test_flat_fields_are_properties() -> None:
    """``eventMetadata`` says that a schema is flat, and has the name that Typewriter cut."""
    clap, trap = read_files(tree_of(FLAT)).events
    assert (clap.name, [each.name for each in clap.properties]) == ("Clap #1", ["loud", "list"])
    assert [each.name for each in trap.properties] == ["properties", "context", "traits"]


def test_a_renamed_flat_event_is_renamed_wherever_its_name_is() -> None:
    """In the key, without the first number sign, in the id and in the metadata."""
    plan, _ = brought(FLAT, FORM)
    event = replace(plan.events[0], name="Cheer #2")
    rule = _rules(written(replace(plan, events=(event,)), FORM))[0]
    assert (rule["key"], rule["jsonSchema"]["$id"]) == ("Cheer 2", "Cheer #2")
    assert rule["jsonSchema"]["eventMetadata"] == {"name": "Cheer #2", "type": "TRACK"}


def test_a_flat_plan_is_wrapped_again_for_segment() -> None:
    """Its key is the real name, and nothing of Typewriter is left in the schema."""
    plan, _ = brought(FLAT, FORM)
    rule = _rules(written(plan, PUBLIC))[0]
    schema = rule["jsonSchema"]
    assert rule["key"] == "Clap #1"
    assert not {"eventMetadata", "$id"} & schema.keys()
    assert list(schema["properties"]) == ["context", "traits", "properties"]
    assert schema["properties"]["properties"]["required"] == ["loud"]
    assert rule["createdAt"] == "2026-02-01T10:00:00.000Z"


def test_a_wrapped_plan_becomes_flat_for_typewriter_with_a_configuration_beside_it() -> None:
    """The configuration names the plan's id; what a flat schema has no place for is in the report."""
    plan, _ = brought(SAMPLES / "segment-public-api" / "plan.json", PUBLIC)
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions())
    assert list(done.files) == ["plan.json", "typewriter.yml"]
    assert b"  - id: tp_" in done.files["typewriter.yml"]
    schemas = [rule["jsonSchema"] for rule in _rules(done.files)[:9] if isinstance(rule, dict) and "key" in rule]
    assert any("eventMetadata" in schema and "context" not in schema["properties"] for schema in schemas)
    assert recognise(FileTree.of(done.files)).format is FORM


def test_a_configuration_beside_a_wrapped_plan_is_passed_over() -> None:
    """Those files are the Public API's, and the plan in them is read."""
    data = (SAMPLES / "segment-public-api" / "rules.json").read_bytes()
    config = (SAMPLES / "typewriter" / "with-config" / "typewriter.yml").read_bytes()
    reading = read_files(FileTree.of({"a/plan.json": data, "typewriter.yml": config}))
    assert reading.format == "segment-public-api"
    assert len(reading.events) == len(read_files(FileTree.of({"x": data})).events)


def test_a_wrapped_rule_among_flat_ones_stays_wrapped() -> None:
    """And an event that was added is flat."""
    value = json.loads(FLAT.read_bytes())
    schema = {"type": "object", "properties": {"context": {}, "traits": {}, "properties": {"type": "object"}}}
    value["rules"].append({"key": "Old", "type": "TRACK", "version": 1, "jsonSchema": schema})
    data = json.dumps(value).encode()
    plan = again({"plan.json": data}, FORM)
    assert written(plan, FORM) == {"plan.json": data}
    added = written(replace(plan, events=(*plan.events, Event(name="New"))), FORM)
    assert "eventMetadata" in _rules(added)[-1]["jsonSchema"]


def test_what_the_context_must_hold_is_lost_in_a_flat_schema_and_reported() -> None:
    """It has no place there."""
    schema = {"properties": {"context": {"type": "object", "required": ["ip"]}, "properties": {}}, "type": "object"}
    data = json.dumps({"rules": [{"key": "a", "type": "TRACK", "version": 1, "jsonSchema": schema}]}).encode()
    assert PUBLIC.read is not None
    assert FORM.write is not None
    extra = PUBLIC.read(FileTree.of({"x": data})).events[0].extra
    plan = Plan(events=(Event(name="a", extra=extra, properties=(Property(name="b"),)),))
    assert [(loss.event, loss.what) for loss in FORM.write(plan, WriteOptions()).losses] == [
        ("a", "the fields of “context” in the schema")
    ]


def test_a_second_configuration_is_left_out() -> None:
    """And a configuration alone is no plan."""
    config = (SAMPLES / "typewriter" / "with-config" / "typewriter.yml").read_bytes()
    reading = read_files(FileTree.of({"plan.json": FLAT.read_bytes(), "a.yml": config, "b.yml": config}))
    assert [entry.what for entry in reading.left_out] == ["the configuration b.yml"]
    with pytest.raises(FormatError, match=r"Bring plan\.json"):
        read_files(FileTree.of({"a.yml": config}))


@pytest.mark.parametrize(
    ("name", "description", "said"),
    [
        ("Delete", "", "the reserved word delete"),
        ("new!", "", "the reserved word new"),
        ("Track Message", "", "the code has that name already"),
        ("Paid\nTwice", "", "a line end or a backslash"),
        ("C:\\paid", "", "a line end or a backslash"),
        ("Paid */", "", "ends a comment"),
        ("Paid", "Not by /* this */ one.", "ends a comment"),
    ],
)
def test_what_typewriter_cannot_compile_is_named_with_what_to_do(name: str, description: str, said: str) -> None:
    """It writes names into code as they are. A plan without such names says nothing of it."""
    event = Event(name=name, description=description, properties=(Property(name="delete", description="*/"),))
    assert FORM.write
    found = [
        each for each in FORM.write(Plan(name="Shop", events=(event,)), WriteOptions()).losses if said in each.what
    ]
    assert [each.event for each in found] == [name]
    assert all(each.done.startswith("written; Typewriter’s code") for each in found)
    usual = Plan(name="Shop", events=(Event(name="Delete Item"), Event(name="Delete", call="page")))
    assert not FORM.write(usual, WriteOptions()).losses
