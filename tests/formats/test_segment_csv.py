"""Segment-style CSV: what headings, rows and cells mean, that a file comes back, and what is lost of other plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.exchange import WriteOptions, formats, read_files
from advisor.formats.reading import PlanReading, PropertyReading
from advisor.model import Event, Plan, Property

FORM = formats()["segment-csv"]
SAMPLE = SAMPLES / "segment-csv"
QUIRKS = SAMPLE / "quirks.csv"


def _properties(reading: PlanReading, index: int) -> dict[str, PropertyReading]:
    return {each.name: each for each in reading.events[index].properties}


def test_rows_become_events_and_properties() -> None:
    """A row without a property is the event's; one that names no event belongs to the event before it."""
    reading = read_files(tree_of(QUIRKS))
    assert [(event.call, event.name, event.version, len(event.properties)) for event in reading.events] == [
        ("track", "Ticket Bought", 1, 6),
        ("track", "Ticket Bought", 2, 1),
        ("page", "Start", 1, 0),
        ("identify", "Identify", None, 1),
    ]
    assert [each.name for each in reading.common] == ["build"]
    first = reading.events[0]
    assert (first.description, first.labels) == ("Paid for", {"source": "backend", "team": ["gate", "shop"]})
    assert first.practice is not None
    assert first.practice.evidence == "labels.source = backend"
    assert [(entry.what, entry.place.line) for entry in reading.left_out] == [("row 13", 13), ("row 17", 17)]


def test_cells_say_types_values_and_what_is_required() -> None:
    """A pattern is kept for other formats; a dotted name is inside the property that a row before it was for."""
    found = _properties(read_files(tree_of(QUIRKS)), 0)
    assert {name: (each.types, each.required, each.values) for name, each in found.items()} == {
        "price": (("number",), True, ()),
        "code": (("string", "null"), False, ()),
        "size": (("integer",), False, (1, 2, 3)),
        "kind": (("string",), True, ("day", "week")),
        "place": (("object",), False, ()),
        "dotted.name": (("datetime",), False, ()),
    }
    assert found["code"].extra["json-schema"] == {"rest": {"pattern": "^[A-Z]+$"}}
    assert [each.name for each in found["place"].properties] == ["city"]


def test_without_a_status_what_can_be_null_is_optional() -> None:
    """As importers of such files take it."""
    plan, reading = brought(SAMPLE / "no-status.csv", FORM)
    assert [each.required for each in reading.events[0].properties] == [True, False]
    event = plan.events[0]
    flipped = tuple(replace(each, required=not each.required) for each in event.properties)
    text = written(replace(plan, events=(replace(event, properties=flipped),)), FORM)["tracking-plan.csv"].decode()
    assert text.splitlines()[2:] == [
        '1,Track,Door Opened,door,,,"string,null","a,b"',
        "1,Track,Door Opened,note,,,string,",
    ]


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_a_file_that_was_not_edited_comes_back(path: Path) -> None:
    """Unknown columns, titles, blank and left out rows, and the spelling of each cell."""
    plan, _ = brought(path, FORM)
    assert written(plan, FORM)["tracking-plan.csv"] == path.read_bytes()


def test_an_edit_changes_its_cells_alone() -> None:
    """A renamed event is renamed in all of its rows that name it, and an added one comes after the others."""
    plan, _ = brought(QUIRKS, FORM)
    before = QUIRKS.read_text().splitlines()
    event = replace(plan.events[0], name="Seat Bought")
    new = Event(name="New", properties=(Property(name="a", type="boolean", required=True),))
    after = (
        written(replace(plan, events=(event, *plan.events[1:], new)), FORM)["tracking-plan.csv"].decode().splitlines()
    )
    assert after[:2] == before[:2]
    assert after[2] == before[2].replace("Ticket", "Seat")
    assert [line for line in after if "Ticket" in line] == [line for line in before if "Ticket" in line][3:]
    added = [line for line in after if line.startswith("New,")]
    assert [line.rstrip(",") for line in added] == ["New,Track,1", "New,Track,1,a,,,boolean,,,required"]


def test_nested_properties_are_read_as_they_were_written() -> None:
    """Their rows have names with dots, which the report says."""
    inside = Property(
        name="rows", type="array", properties=(Property(name="seat", type="object", properties=(Property(name="no"),)),)
    )
    plan = Plan(events=(Event(name="Sold", properties=(inside,)),))
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions())
    assert "rows.seat.no" in done.files["tracking-plan.csv"].decode()
    assert ("Sold", "property “rows”: the properties inside it") in {(loss.event, loss.what) for loss in done.losses}
    found = again(done.files, FORM).events[0].properties[0]
    assert (found.name, found.properties[0].name, found.properties[0].properties[0].name) == ("rows", "seat", "no")


def test_what_cells_cannot_hold_is_in_the_report() -> None:
    """Values with commas, labels with colons, constraints, and events of other calls."""
    odd = Property(name="a", values=("x,y",), extra={"json-schema": {"rest": {"minimum": 1, "pattern": "^a"}}})
    events = (Event(name="Paid", labels={"a:b": "c"}, properties=(odd,)), Event(name="Old", call="alias"))
    assert FORM.write is not None
    done = FORM.write(Plan(events=events), WriteOptions(verdict=True))
    assert {(loss.event, loss.what) for loss in done.losses} == {
        ("Paid", "labels with commas, colons or lists of one text"),
        ("Paid", "property “a”: values that a list with commas can't hold"),
        ("Paid", "property “a”: minimum"),
        ("Old", "the event: there are no rows for alias calls"),
    }
    assert "tracked:server" in done.files["tracking-plan.csv"].decode()


def test_the_row_of_an_event_may_come_after_those_of_its_properties() -> None:
    """It is the event's all the same, and is written before them."""
    data = b"""Event Name,Event Type,Property Name,Description,Property Data Type
A,Track,x,One,string
A,Track,,Late,
"""
    plan = again({"x.csv": data}, FORM)
    assert (plan.events[0].description, plan.events[0].properties[0].description) == ("Late", "One")
    assert b"A,Track,,Late,\nA,Track,x,One,string\n" in written(plan, FORM)["tracking-plan.csv"]
