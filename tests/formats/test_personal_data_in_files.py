"""Personal data in Avo's JSON and in OpenTrackPlan: what the plan says of it is in ``pii`` of the file, or in the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import get_args

from brought import SAMPLES, again, brought, read_plan, written
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import Format, WriteOptions, format_named
from advisor.formats.places import shown
from advisor.model import Event, Personal, Plan, Property

AVO, OPEN = format_named("avo-json"), format_named("opentrackplan")
CHOICES = [(form, path) for form in (AVO, OPEN) for path in sorted((SAMPLES / form.key).iterdir())]
KINDS = get_args(Personal)
NESTED = """{"events": [{"name": "paid", "rules": {"nameMapping": [], "definitions": {"of": {"type": "object"}},
 "properties": {"properties": {"properties": {
  "buyer": {"type": "object", "properties": {"mail": {"type": "string", "pii": {"isPii": true, "piiType": "Email"}}}},
  "seats": {"type": "array", "items": {"type": "object", "properties": {"guest": {"type": "string"}}}},
  "shared": {"$ref": "#/definitions/of"}, "any": true, "hidden": {"pii": {"isPii": true}}, "open": {"pii": {"isPii": false}}
 }}}}}]}"""
INHERITED = """opentp: 2026-01
event:
  key: seats::chosen
  payload:
    current: 1.1.0
    "1.0.0":
      schema:
        mail: {type: string, pii: {kind: email, masker: hash}}
    "1.1.0":
      $ref: 1.0.0
      schema:
        number: {type: integer}
"""


def _plans() -> list[tuple[Format, Plan]]:
    found = [(form, brought(path, form)[0]) for form, path in CHOICES]
    texts = [(AVO, "avo.json", NESTED), (OPEN, "events/chosen.yaml", INHERITED)]
    return [*found, *((form, read_plan(FileTree.of({name: text.encode()}), form)) for form, name, text in texts)]


PLANS = _plans()


@st.composite
def _edited(draw: st.DrawFn) -> tuple[Format, Plan]:
    """A plan of a file in which any property may be of any kind of personal data, or of none."""
    form, plan = draw(st.sampled_from(PLANS))

    def _property(prop: Property) -> Property:
        kind = draw(st.sampled_from((prop.personal, *KINDS)))
        return replace(prop, personal=kind, properties=tuple(map(_property, prop.properties)))

    events = (replace(event, properties=tuple(map(_property, event.properties))) for event in plan.events)
    return form, replace(plan, events=tuple(events))


def _kinds(event: Event) -> Iterator[tuple[str, str, str]]:
    stack = [("", prop) for prop in event.properties]
    while stack:
        above, prop = stack.pop()
        yield above + prop.name, prop.name, prop.personal
        stack += [(f"{above}{prop.name}.", each) for each in prop.properties]


@settings(max_examples=150, deadline=None)
@given(_edited())
def test_any_edit_of_personal_data_is_read_again_or_reported(edited: tuple[Format, Plan]) -> None:
    """And never both: a kind that comes back is no loss. What the file said before does not come back by itself."""
    form, plan = edited
    assert form.write is not None
    done = form.write(plan, WriteOptions())
    found = {event.name: event for event in again(done.files, form).events}
    lost = {(loss.event, loss.what.partition(": personal data")[0]) for loss in done.losses}
    for event in plan.events:
        now = {path: kind for path, _, kind in _kinds(found[event.name])}
        for path, name, kind in _kinds(event):
            assert (now[path] != kind) == ((event.name, f"property {shown(name)}") in lost), (path, kind, now[path])


def _with_personal(plan: Plan, name: str, kind: Personal) -> Plan:
    first = plan.events[0]
    properties = (replace(each, personal=kind) if each.name == name else each for each in first.properties)
    return replace(plan, events=(replace(first, properties=tuple(properties)), *plan.events[1:]))


def test_what_an_event_of_avo_says_of_its_personal_data_follows_its_fields() -> None:
    """Cleared, changed, added, and removed with its property."""
    plan, _ = brought(SAMPLES / "avo-json" / "export.json", AVO)

    def _of(edited: Plan) -> object:
        return json.loads(written(edited, AVO)["avo.json"])["events"][0]["pii"]

    assert _of(plan) == {"containsPii": True, "piiTypes": ["Email"]}
    assert _of(_with_personal(plan, "email", "")) == {"containsPii": False, "piiTypes": []}
    assert _of(_with_personal(plan, "email", "health")) == {"containsPii": True, "piiTypes": ["Health"]}
    assert _of(_with_personal(plan, "method", "finance")) == {"containsPii": True, "piiTypes": ["Email", "Finance"]}
    event = replace(plan.events[0], properties=plan.events[0].properties[:-1])
    assert _of(replace(plan, events=(event,))) == {"containsPii": False, "piiTypes": []}


def test_a_changed_kind_keeps_what_else_a_field_says_of_it_and_a_cleared_one_takes_it_along() -> None:
    """A masker is of use as long as the field is personal data."""
    plan, _ = brought(SAMPLES / "opentrackplan" / "shop", OPEN)
    index = next(place for place, event in enumerate(plan.events) if event.name == "ticket_sold")
    sold = replace(plan, events=(plan.events[index], *plan.events[:index], *plan.events[index + 1 :]))

    def _file(edited: Plan) -> str:
        return written(edited, OPEN)["events/tickets/sold.yaml"].decode()

    assert "kind: email, masker: hash" in _file(sold)
    changed = _file(_with_personal(sold, "mail", "identity"))
    assert "kind: identity" in changed
    assert "masker: hash" in changed
    assert "pii" not in _file(_with_personal(sold, "mail", ""))
