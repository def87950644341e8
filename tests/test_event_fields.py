"""The list of fields is complete: every member of the document has its entry, which reads, replaces and shows it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from advisor.event_fields import (
    EVENT_FIELD,
    EVENT_FIELDS,
    EVENT_FORM_FIELDS,
    PROPERTY_FIELD,
    PROPERTY_FIELDS,
    SETTINGS_FIELDS,
    Fields,
    event_fields,
)
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.wording import WORDINGS
from advisor.model import Decision, Destination, Dismissal, Event, Naming, Plan, Practice, Property, Sources
from advisor.web.forms.property_form import PropertyForm
from advisor.web.plans.grid.cells import FIELDS, TITLES

COMPUTED = {"recommendation", "findings"}
OTHER_THINGS = {"events"}
"""The events of a plan are no setting of it: each is a thing of its own."""

EVENT = Event(name="Order Completed")
ANSWERED = replace(EVENT, answers={"payment": "yes"})
DISMISSED = (Dismissal(code="unsettled"),)
EXTRA = {"x": 1}
CHANGES: list[tuple[Fields[Any], Any, str, dict[str, Any]]] = [
    (EVENT_FIELDS, EVENT, "name", {"name": "Order Refunded"}),
    (EVENT_FIELDS, EVENT, "call", {"call": "page"}),
    (EVENT_FIELDS, EVENT, "description", {"description": "The charge succeeded"}),
    (EVENT_FIELDS, EVENT, "labels", {"labels": {"team": "checkout"}}),
    (EVENT_FIELDS, EVENT, "labels", {"labels": {"team": ("checkout", "billing")}}),
    (EVENT_FIELDS, EVENT, "version", {"version": 2}),
    (EVENT_FIELDS, replace(EVENT, version=2), "version", {"version": "2"}),
    (EVENT_FIELDS, EVENT, "practice", {"practice": Practice(placement="client", evidence="source = web")}),
    (EVENT_FIELDS, EVENT, "status", {"status": "agreed"}),
    (EVENT_FIELDS, EVENT, "owner", {"owner": "Ada"}),
    *((EVENT_FIELDS, EVENT, "answers", {"answers": {key: "yes"}}) for key in QUESTION_KEYS),
    (EVENT_FIELDS, ANSWERED, "suggested", {"suggested": ("payment",)}),
    (EVENT_FIELDS, EVENT, "sources", {"sources": ("swift",)}),
    (EVENT_FIELDS, EVENT, "destinations", {"destinations": ("Mixpanel",)}),
    (EVENT_FIELDS, EVENT, "properties", {"properties": (Property(name="total"),)}),
    (EVENT_FIELDS, EVENT, "decision", {"decision": Decision(placement="client")}),
    (EVENT_FIELDS, EVENT, "dismissed", {"dismissed": DISMISSED}),
    (EVENT_FIELDS, EVENT, "extra", {"extra": EXTRA}),
    (PROPERTY_FIELDS, Property(name="total"), "name", {"name": "revenue"}),
    (PROPERTY_FIELDS, Property(name="total"), "type", {"type": "number"}),
    (PROPERTY_FIELDS, Property(name="total"), "required", {"required": True}),
    (PROPERTY_FIELDS, Property(name="total"), "sensitive", {"sensitive": True}),
    (PROPERTY_FIELDS, Property(name="total"), "personal", {"personal": "contact"}),
    (PROPERTY_FIELDS, Property(name="total"), "known_by", {"known_by": "server"}),
    (PROPERTY_FIELDS, Property(name="total"), "values", {"values": (1, 2)}),
    (PROPERTY_FIELDS, Property(name="total"), "description", {"description": "In euros"}),
    (PROPERTY_FIELDS, Property(name="total"), "properties", {"properties": (Property(name="net"),)}),
    (PROPERTY_FIELDS, Property(name="total"), "extra", {"extra": EXTRA}),
    (SETTINGS_FIELDS, Plan(), "format", {"format": "tracking-plan/1.1"}),
    (SETTINGS_FIELDS, Plan(), "name", {"name": "Shop"}),
    (SETTINGS_FIELDS, Plan(), "description", {"description": "Of the web shop"}),
    (SETTINGS_FIELDS, Plan(), "sources", {"sources": Sources(client=("swift",))}),
    (SETTINGS_FIELDS, Plan(), "sources", {"sources": Sources(server="http-api")}),
    (SETTINGS_FIELDS, Plan(), "destinations", {"destinations": (Destination(key="Mixpanel"),)}),
    (SETTINGS_FIELDS, Plan(), "warehouse", {"warehouse": True}),
    (SETTINGS_FIELDS, Plan(), "naming", {"naming": Naming()}),
    (SETTINGS_FIELDS, Plan(), "dismissed", {"dismissed": DISMISSED}),
    (SETTINGS_FIELDS, Plan(), "common", {"common": (Property(name="app_version"),)}),
    (SETTINGS_FIELDS, Plan(), "extra", {"extra": EXTRA}),
]
"""For every member of the document: the fields, a thing, and a change of this member alone."""
STRUCTS = [(EVENT_FIELDS, Event), (PROPERTY_FIELDS, Property), (SETTINGS_FIELDS, Plan)]


def _members(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)} - COMPUTED - OTHER_THINGS


@pytest.mark.parametrize(("fields", "struct"), STRUCTS, ids=["event", "property", "plan"])
def test_every_member_of_the_document_is_in_the_list_of_fields(
    fields: Fields[Any], struct: type[msgspec.Struct]
) -> None:
    """A member that is added to the document fails here until it has an entry and a change to try it with."""
    assert {member for field in fields for member in field.members} == _members(struct)
    assert {member for of, _, member, _ in CHANGES if of is fields} == _members(struct)
    assert len({field.key for field in fields}) == len(fields)
    assert len({field.label for field in fields}) == len(fields)


@pytest.mark.parametrize(("fields", "thing", "member", "change"), CHANGES)
def test_a_member_has_exactly_one_field(fields: Fields[Any], thing: Any, member: str, change: dict[str, Any]) -> None:
    """Changing a member changes the value, the lines and the facts of one field, which puts the value back."""
    changed = replace(thing, **change)
    (field,) = [field for field in fields if field.get(thing) != field.get(changed)]
    assert member in field.members
    assert field.put(changed, field.get(thing)) == thing
    assert field.put(thing, field.get(changed)) == changed
    assert field.show(field.get(thing)) != field.show(field.get(changed))
    assert dict(field.facts(field.get(thing))) != dict(field.facts(field.get(changed)))


@pytest.mark.parametrize("fields", [EVENT_FIELDS, PROPERTY_FIELDS, SETTINGS_FIELDS], ids=["event", "property", "plan"])
def test_a_value_is_always_shown_in_words(fields: Fields[Any]) -> None:
    """An empty value is shown, too, so that a choice between two versions never has an empty side."""
    thing = {id(EVENT_FIELDS): EVENT, id(PROPERTY_FIELDS): Property(name="total")}.get(id(fields), Plan())
    for field in fields:
        lines = field.show(field.get(thing))
        assert lines
        assert all(lines)


def test_the_questions_are_fields_in_the_wording_of_the_plan() -> None:
    """A question has the same key in every plan, and a heading short enough for a column."""
    for wording in WORDINGS:
        assert [field.key for field in event_fields(wording)] == [field.key for field in EVENT_FIELDS]
    assert [field.key for field in EVENT_FIELDS if field.members == ("answers", "suggested")] == list(QUESTION_KEYS)


def test_the_grid_and_the_forms_name_fields_like_the_list() -> None:
    """The columns of the grid are fields of the form of an event, and a property has the same labels everywhere."""
    assert {field.key for field in EVENT_FORM_FIELDS} >= {*FIELDS}
    assert {key: EVENT_FIELD[key].heading for key in FIELDS} == TITLES
    labels = {field.name: field.label.text for field in PropertyForm()}
    assert {key: label for key, label in labels.items() if key in PROPERTY_FIELD} == {
        key: PROPERTY_FIELD[key].label for key in labels if key in PROPERTY_FIELD
    }
