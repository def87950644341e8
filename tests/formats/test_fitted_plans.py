"""What only one format understands never leaves in another: expressions of Terraform, and keywords that are not valid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from brought import read_plan, written
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator, Draft202012Validator
from jsonschema.protocols import Validator
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.json_text import write_json
from advisor.formats.exchange import Format, FormatError, WriteOptions, format_named, formats
from advisor.formats.json_schema import CONSTRAINTS
from advisor.formats.segment_rule_diff import rules_to_push
from advisor.model import Plan

TERRAFORM = """
resource "segment_tracking_plan" "shop" {
  name = "Shop"
  rules = [
    { key = "Paid", type = "TRACK", version = 1, json_schema = jsonencode({
        labels = { team = var.team, source = "backend" }
        properties = { properties = { type = "object", required = [var.field, "total"], properties = {
            total = { type = ["number"], maximum = var.most, default = max(1, 2) }
            size  = { type = ["string"], enum = [var.small, "large"], description = "for ${local.who}" }
            cart  = { type = ["object"], properties = var.cart }
            whole = var.whole
            codes = { type = ["array"], items = { type = "string", pattern = local.code } }
        } } }
    }) },
    { key = "Listed", type = "TRACK", version = 1, json_schema = jsonencode({
        labels = merge(local.labels, { a = "b" }), properties = { properties = var.fields }
    }) },
    { type = "COMMON", json_schema = jsonencode({
        properties = { properties = { type = "object", properties = { user = { default = local.user } } } }
    }) }
  ]
}
"""
WRITING = pytest.mark.parametrize(
    "form", [form for form in formats().values() if form.writes], ids=lambda form: form.key
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(0.5, 2) | st.text("ab(", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("type", "a", "$ref")), inner, max_size=2)
    ),
    max_leaves=4,
)
DRAFTS: dict[str, type[Validator]] = {
    "json-schema": Draft202012Validator,
    "segment-public-api": Draft7Validator,
    "typewriter": Draft7Validator,
    "snowplow-iglu": Draft4Validator,
    "reflekt": Draft7Validator,
}


def _terraform_plan() -> Plan:
    return read_plan(FileTree.of({"plan.tf": TERRAFORM.encode()}), format_named("segment-terraform"))


def _iglu_plan(keywords: dict[str, Any]) -> Plan:
    schema = {
        "$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
        "self": {"vendor": "com.shop", "name": "paid", "format": "jsonschema", "version": "1-0-0"},
        "type": "object",
        "properties": {"total": {"type": "number"} | keywords},
    }
    return read_plan(FileTree.of({"com.shop/paid/jsonschema/1-0-0": write_json(schema)}), format_named("snowplow-iglu"))


def _field_schemas(value: Any) -> Iterator[dict[str, Any]]:
    """The schemas of the field ``total``, wherever they are in a file."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "total" and isinstance(member, dict):
                yield member
            else:
                yield from _field_schemas(member)
    elif isinstance(value, list):
        for each in value:
            yield from _field_schemas(each)


@WRITING
def test_expressions_of_terraform_stay_in_terraform(form: Format) -> None:
    """In all other formats, each is a loss with its place; Terraform's own file has them again."""
    assert form.write
    plan = _terraform_plan()
    done = form.write(plan, WriteOptions(verdict=form.key != "segment-terraform"))
    lost = [(each.event, each.what) for each in done.losses if "only Terraform can evaluate" in each.done]
    if form.key == "tracking-plan":
        assert not lost
    elif form.key == "segment-terraform":
        assert not lost
        text = done.files["plan.tf"].decode()
        for each in (
            "var.team",
            "var.most",
            "max(1, 2)",
            "var.cart",
            "var.whole",
            "local.code",
            "merge(",
            "local.user",
        ):
            assert each in text
    else:
        assert not any(b"$hcl" in data or b"var." in data for data in done.files.values())
        named = "\n".join(f"{event}/{what}" for event, what in lost)
        for each in (
            "labels: team",
            "required",
            "“total”: maximum",
            "“total”: default",
            "“size”: enum",
            "“whole”",
            "pattern",
        ):
            assert each in named
        assert ("", "property “user”: default: an expression of Terraform") in lost
        assert ("Listed", "the schema: labels: an expression of Terraform") in lost


def test_a_verdict_that_takes_the_place_of_an_expression_is_named() -> None:
    """Labels are one value in Terraform: an expression and a label of ours can't both be there."""
    write = format_named("segment-terraform").write
    assert write
    losses = write(_terraform_plan(), WriteOptions(verdict=True)).losses
    assert ("Listed", "labels: an expression of Terraform", "replaced by the labels of the plan") in [
        (each.event, each.what, each.done) for each in losses
    ]


def test_expressions_become_neither_properties_nor_labels() -> None:
    """What only Terraform can evaluate says nothing here."""
    plan = _terraform_plan()
    assert [list(event.labels) for event in plan.events] == [["source"], []]
    assert [[prop.name for prop in event.properties] for event in plan.events] == [
        ["total", "size", "cart", "whole", "codes"],
        [],
    ]
    assert not any(prop.properties for event in plan.events for prop in event.properties)


def test_a_push_refuses_expressions_with_their_places() -> None:
    """Segment would take the object for a value."""
    with pytest.raises(FormatError) as refused:
        rules_to_push(_terraform_plan(), WriteOptions())
    places = [problem.pointer for problem in refused.value.problems]
    fields = [f"/events/0/properties/{index}" for index in range(5)]
    assert {*places} == {"/events/0", *fields, "/events/1", "/common/0"}


@pytest.mark.parametrize("key", DRAFTS)
@given(keywords=st.dictionaries(st.sampled_from(CONSTRAINTS), JSON, max_size=3))
def test_no_invalid_keyword_reaches_another_format(key: str, keywords: dict[str, Any]) -> None:
    """What is written is valid, what is left out is named, and the file itself comes back as it was."""
    plan = _iglu_plan(keywords)
    own = json.loads(next(iter(written(plan, format_named("snowplow-iglu")).values())))
    assert own["properties"]["total"] == {"type": "number"} | keywords
    form = format_named(key)
    if key == "snowplow-iglu":
        segment = format_named("segment-public-api")
        plan = read_plan(FileTree.of(written(plan, segment)), segment)
    assert form.write
    done = form.write(plan, WriteOptions())
    found = [schema for data in done.files.values() for schema in _field_schemas(_json(data))]
    assert found
    for schema in found:
        DRAFTS[key].check_schema(schema)
        if key != "snowplow-iglu":
            missing = {name for name, value in keywords.items() if name not in schema and value is not False}
            named = " ".join(each.what for each in done.losses)
            is_merged = any(keywords.get(name) is True for name in ("exclusiveMinimum", "exclusiveMaximum"))
            assert is_merged or all(f": {name} " in named for name in missing)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def test_limits_that_draft_4_marks_as_exclusive_are_numbers_elsewhere() -> None:
    """In draft 4 ``exclusiveMaximum`` is a mark of ``maximum``, in later drafts it is the limit."""
    plan = _iglu_plan({"maximum": 10, "exclusiveMaximum": True, "minimum": 0, "exclusiveMinimum": False})
    done = format_named("json-schema").write
    assert done
    (schema,) = [
        each for data in done(plan, WriteOptions()).files.values() for each in _field_schemas(json.loads(data))
    ]
    assert {key: value for key, value in schema.items() if key != "type"} == {"minimum": 0, "exclusiveMaximum": 10}


def test_a_maximum_that_is_a_text_is_named() -> None:
    """With what it has to be."""
    write = format_named("segment-public-api").write
    assert write
    losses = write(_iglu_plan({"maximum": "ten"}), WriteOptions()).losses
    assert ("property “total”: maximum “ten”", "left out: it has to be a number") in [
        (each.what, each.done) for each in losses
    ]


REFERRED = {
    "rudderstack-api": {
        "events": [
            {
                "name": "Paid",
                "eventType": "track",
                "rules": {
                    "type": "object",
                    "properties": {
                        "properties": {"type": "object", "properties": {"total": {"$ref": "#/$defs/Money"}}}
                    },
                    "$defs": {"Money": {"type": "object", "properties": {"amount": {"type": "number"}}}},
                },
            }
        ]
    },
    "json-schema": {
        "title": "Paid",
        "type": "object",
        "properties": {"total": {"$ref": "#/$defs/Money"}},
        "$defs": {"Money": {"type": "object", "properties": {"amount": {"type": "number"}}}},
    },
}


@pytest.mark.parametrize("key", REFERRED)
def test_a_reference_that_an_edit_writes_out_is_reported(key: str) -> None:
    """What it led to may be used elsewhere, so that the edit is written in one place, and the report says so."""
    form = format_named(key)
    assert form.write is not None
    plan = read_plan(FileTree.of({"plan.json": json.dumps(REFERRED[key]).encode()}), form)
    assert form.write(plan, WriteOptions()).losses == ()
    (event,) = plan.events
    (total,) = event.properties
    (amount,) = total.properties
    edited = replace(total, properties=(replace(amount, required=True),))
    done = form.write(replace(plan, events=(replace(event, properties=(edited,)),)), WriteOptions())
    assert [(loss.event, loss.what) for loss in done.losses] == [
        ("Paid", "property “total”: the reference “#/$defs/Money”")
    ]
    (text,) = done.files.values()
    assert b'"required"' in text
    assert b'"$defs"' in text
