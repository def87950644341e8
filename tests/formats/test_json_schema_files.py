"""A schema carries the name of its event in a field, as its title or in its path: each is written, read back or reported."""

from __future__ import annotations

from brought import again, read_plan
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named
from advisor.model import Plan, Property

FORM = format_named("json-schema")


def _edited(text: str, properties: tuple[Property, ...], name: str = "seat_chosen") -> tuple[Plan, list[str]]:
    """The plan that is read from a schema whose event was given these properties and this name, and what the report says."""
    event = read_plan(FileTree.of({"a/seat.json": text.encode()}), FORM).events[0]
    assert FORM.write is not None
    done = FORM.write(Plan(events=(replace(event, name=name, properties=properties),)), WriteOptions())
    return again(done.files, FORM), [loss.what for loss in done.losses]


NAMED = '{"type": "object", "properties": {"event": {"type": "string", "enum": ["seat_chosen"]}, "row": {"type": "integer"}}}'
ROW, FIELD = Property(name="row", type="integer"), Property(name="event", type="string", values=("seat_chosen",))


def test_other_values_of_the_field_that_carries_the_name_are_reported() -> None:
    """The field says the name of the event, and nothing else."""
    plan, lost = _edited(NAMED, (replace(FIELD, values=("a", "b")), ROW))
    assert plan.events[0].properties[0].values == ("seat_chosen",)
    assert lost == ["property “event”: its changed values"]
    assert _edited(NAMED, (FIELD, ROW))[1] == []


def test_the_name_of_an_event_is_written_wherever_its_field_went() -> None:
    """Into the field while it is there, else as the title; a property that would be read as the name is reported."""
    assert _edited(NAMED, (FIELD, ROW), "seat_taken")[0].events[0].name == "seat_taken"
    assert _edited(NAMED, (ROW,), "seat_taken")[0].events[0].name == "seat_taken"
    plan, lost = _edited(NAMED, (Property(name="event_name", type="string", values=("other",)),))
    assert plan.events[0].name == "other"
    assert lost == ["the name of the event"]


def test_an_event_whose_last_property_was_removed_is_read_again() -> None:
    """The schema stays that of an object."""
    plan, lost = _edited('{"title": "seat_chosen", "properties": {"row": {}}, "type": "object"}', ())
    assert [event.name for event in plan.events] == ["seat_chosen"]
    assert lost == []
