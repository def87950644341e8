"""A document stays the same, byte for byte, after any number of readings and writings."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import bare, check, json_text, pieces, read, schema, write
from advisor.model import Event, Plan
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


@given(plans, st.integers(0, 350))
def test_the_pieces_of_a_document_are_the_document_written_at_once(plan: Plan, events: int) -> None:
    """With any number of events, and with texts and other fields that look like the place where pieces meet."""
    seam = '\n  "events": []'
    longer = replace(
        plan,
        description=seam,
        destinations=tuple(replace(each, extra={"events": []}) for each in plan.destinations),
        events=plan.events + tuple(Event(name=f"{number}", description=seam) for number in range(events)),
        extra={"events": [], seam: [{"events": []}]},
    )
    canonical, _ = check(longer)
    assert b"".join(pieces(canonical)) == write(canonical) == json_text(canonical)


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
    """Any content of the computed parts is ignored, also content that no version would write."""
    filled = tree | {"findings": findings, "events": [event | {"recommendation": advice} for event in tree["events"]]}
    assert read(msgspec.json.encode(filled)) == read(msgspec.json.encode(tree))


@settings(max_examples=20)
@given(plan_trees())
def test_the_order_of_known_keys_has_no_meaning(tree: dict[str, Any]) -> None:
    """A document with its keys in another order is read as the same plan; the inside of an `extra` stays as it is."""
    assert write(read(json.dumps(_turned(tree)).encode()).plan) == write(read(msgspec.json.encode(tree)).plan)


@settings(max_examples=25)
@given(plans)
def test_checking_a_plan_equals_reading_its_document(plan: Plan) -> None:
    """A plan that a program built gives the same plan and the same notes as its document."""
    reading = read(msgspec.json.encode(plan))
    assert check(plan) == (reading.plan, reading.notes)
    assert write(check(plan)[0]) == write(reading.plan)


@settings(max_examples=15)  # jsonschema takes a millisecond for each event
@given(plans)
def test_every_export_validates_against_the_schema(plan: Plan) -> None:
    """The schema accepts the bare form and the advised form."""
    canonical, notes = check(plan)
    for exported in (canonical, advise(canonical, notes)):
        VALIDATOR.validate(json.loads(write(exported)))


def test_a_document_may_begin_with_a_byte_order_mark() -> None:
    """A byte order mark, which some editors write, is accepted on reading and never written."""
    document = b'{"format": "tracking-plan/1"}'
    assert read(b"\xef\xbb\xbf" + document) == read(document)
    assert not write(read(document).plan).startswith(b"\xef\xbb\xbf")


def _told_apart(value: Any) -> Any:
    """Return a value in which 1, 1.0 and true, and 0.0 and -0.0, are different."""
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
