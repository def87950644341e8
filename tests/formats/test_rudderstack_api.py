"""RudderStack's JSON: where fields are, what references and lists by id become, and where the verdict goes."""

from __future__ import annotations

import json
from typing import Any

from brought import SAMPLES, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, formats, read_files, recognise
from advisor.formats.reading import PlanReading
from advisor.model import Event, Plan, Property

FORM = formats()["rudderstack-api"]
SAMPLE = SAMPLES / "rudderstack-api"


def _read(name: str) -> PlanReading:
    return read_files(tree_of(SAMPLE / name))


def _events(plan: Plan, options: WriteOptions) -> list[Any]:
    assert FORM.write is not None
    value = json.loads(FORM.write(plan, options).files["plan.json"])
    events: list[Any] = value["rules"]["events"] if "rules" in value else value["events"]
    return events


def test_fields_are_read_from_the_section_that_an_event_names() -> None:
    """Events without a type are track events; what can be no event is left out with its place."""
    reading = _read("catalog.json")
    assert [(event.call, event.name, [each.name for each in event.properties]) for event in reading.events] == [
        ("track", "Ticket Bought", ["price", "code", "free"]),
        ("identify", "Identify", ["mail"]),
        ("group", "Group", ["seats"]),
        ("page", "Named page", ["url"]),
        ("screen", "Screen", []),
        ("track", "Old dump", ["x"]),
    ]
    assert [each.required for each in reading.events[0].properties] == [True, False, False]
    assert [each.what for each in reading.left_out] == [
        "an entry of “events”",
        "an entry of “events”",
        "event “Old kind”",
    ]
    assert all(each.place.line for each in reading.left_out)


def test_references_to_custom_types_are_followed() -> None:
    """One that leads nowhere is a warning; an edit of what one led to is written out."""
    plan, reading = brought(SAMPLE / "typer.json", FORM)
    kind, seat, gone, many, deep = reading.events[0].properties
    assert (kind.values, seat.types, seat.properties[0].types) == (("day", "week"), ("object",), ("string",))
    assert (gone.types, many.types, deep.properties[0].properties[0].name) == ((), ("array",), "leaf")
    assert ["#/$defs/Nowhere" in notice.message for notice in read_files(tree_of(SAMPLE / "typer.json")).warnings] == [
        True
    ]
    event = plan.events[0]
    row = replace(event.properties[1], properties=(Property(name="row", type="integer"),))
    edited = replace(event, properties=(event.properties[0], row))
    schema = _events(replace(plan, events=(edited,)), WriteOptions())[0]["rules"]
    assert schema["properties"]["properties"]["properties"]["seat"]["properties"] == {"row": {"type": ["integer"]}}
    assert "Seat" in schema["$defs"]


def test_properties_that_are_listed_by_id_are_named_by_it() -> None:
    """With a warning for each, and edits go to the list."""
    plan, reading = brought(SAMPLE / "listed.json", FORM)
    assert [each.name for each in reading.each_property()] == ["prop_1", "prop_2", "prop_3"]
    assert len(reading.warnings) == 3
    event = plan.events[0]
    edited = replace(event, properties=(event.properties[0], Property(name="prop_4", required=True)))
    assert _events(replace(plan, events=(edited,)), WriteOptions())[0]["properties"] == [
        {
            "id": "prop_1",
            "required": True,
            "additionalProperties": False,
            "metadata": {"x": 1},
            "properties": [{"id": "prop_2", "required": False}],
        },
        {"id": "prop_4", "required": True},
    ]


def test_the_verdict_is_the_last_line_of_a_description_and_is_replaced() -> None:
    """It is read as practice."""
    practice = _read("catalog.json").events[0].practice
    assert practice is not None
    assert (practice.placement, practice.evidence) == ("server", "description: Tracked on = server")
    event = Event(name="Scrolled", description="Far\nTracked on: server.", answers={"browser_only": "yes"})
    assert _events(Plan(events=(event,)), WriteOptions(verdict=True))[0]["description"] == "Far\nTracked on: client."


def test_what_rudderstack_cannot_hold_is_in_the_report() -> None:
    """And in our document beside the plan, from where it comes back."""
    events = (
        Event(name="Paid", labels={"team": "a"}, answers={"payment": "yes"}),
        Event(name="Home", call="page"),
        Event(name="Old", call="alias"),
    )
    plan = Plan(events=events)
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions(advisor_data=True))
    assert {(loss.event, loss.what, loss.done) for loss in done.losses} == {
        ("Old", "the event: there are no alias events", "left out"),
        ("Paid", "answers", "kept in tracking-advisor.json"),
        ("Paid", "labels", "kept in tracking-advisor.json"),
        ("Home", "its name", "left out: only track events have names in RudderStack"),
    }
    assert list(done.files) == ["plan.json", "tracking-advisor.json"]
    tree = FileTree.of(done.files)
    assert recognise(tree).format is FORM
    assert read_files(tree).events[0].answers == {"payment": "yes"}
    assert "tracking-advisor.json" not in written(plan, FORM)
