"""A document stays the same, byte for byte, after any number of readings and writings."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
from hypothesis import given, settings

from advisor.advice import advise
from advisor.document import bare, check, read, schema, write
from advisor.model import Plan
from plan_documents import json_values, plan_trees, plans

VALIDATOR = jsonschema.Draft202012Validator(schema())


@given(plans)
def test_canonical_documents_round_trip_byte_for_byte(plan: Plan) -> None:
    """A written document is read as the same plan and written as the same bytes, with any texts."""
    canonical, _ = check(plan)
    document = write(canonical)
    assert read(document).plan == canonical
    assert write(read(document).plan) == document
    assert check(canonical)[0] == canonical


@given(plan_trees())
def test_nothing_of_a_document_is_lost(tree: dict[str, Any]) -> None:
    """Every value of a document that spells every key out is in what is written, with its type."""
    written = json.loads(write(read(msgspec.json.encode(tree)).plan))
    assert _told_apart(written) == _told_apart(tree)


@settings(max_examples=25)
@given(plans)
def test_advised_documents_round_trip_byte_for_byte(plan: Plan) -> None:
    """Computed parts are ignored on reading and come out the same again."""
    canonical, notes = check(plan)
    document = write(advise(canonical, notes))
    reading = read(document)
    assert reading.plan == canonical
    assert write(advise(reading.plan, reading.notes)) == document
    assert bare(advise(canonical)) == canonical


@settings(max_examples=20)
@given(plan_trees(), json_values, json_values)
def test_the_content_of_computed_parts_is_ignored(tree: dict[str, Any], findings: object, advice: object) -> None:
    """Even what no version would write there."""
    filled = tree | {"findings": findings, "events": [event | {"recommendation": advice} for event in tree["events"]]}
    assert read(msgspec.json.encode(filled)) == read(msgspec.json.encode(tree))


@settings(max_examples=20)
@given(plan_trees())
def test_the_order_of_known_keys_has_no_meaning(tree: dict[str, Any]) -> None:
    """A document with its keys in another order is the same document; what is inside an extra is kept as it is."""
    assert write(read(json.dumps(_turned(tree)).encode()).plan) == write(read(msgspec.json.encode(tree)).plan)


@settings(max_examples=25)
@given(plans)
def test_checking_a_plan_equals_reading_its_document(plan: Plan) -> None:
    """The same plan and the same notes, whether a program built it or a document was read."""
    reading = read(msgspec.json.encode(plan))
    assert check(plan) == (reading.plan, reading.notes)
    assert write(check(plan)[0]) == write(reading.plan)


@settings(max_examples=15)  # jsonschema takes a millisecond for each event
@given(plans)
def test_every_export_validates_against_the_schema(plan: Plan) -> None:
    """The bare form and the advised one."""
    canonical, notes = check(plan)
    for exported in (canonical, advise(canonical, notes)):
        VALIDATOR.validate(json.loads(write(exported)))


def test_a_document_may_begin_with_a_byte_order_mark() -> None:
    """Some editors write one; none is written."""
    document = b'{"format": "tracking-plan/1"}'
    assert read(b"\xef\xbb\xbf" + document) == read(document)
    assert not write(read(document).plan).startswith(b"\xef\xbb\xbf")


def _told_apart(value: Any) -> Any:
    """A value in which 1, 1.0 and true, and 0.0 and -0.0, are different."""
    if isinstance(value, dict):
        return {key: _told_apart(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_told_apart(item) for item in value]
    return (type(value), repr(value))


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        members = reversed(value.items())
        # The top of an extra is sorted when it is written.
        return {key: dict(reversed(member.items())) if key == "extra" else _turned(member) for key, member in members}
    return [_turned(item) for item in value] if isinstance(value, list) else value
