"""Avo: the JSON of its export and of its import, and the CSV in its own columns and in those of its templates."""

from __future__ import annotations

import json

import pytest
from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import FormatError, WriteOptions, format_named, read_files, recognise
from advisor.formats.reading import PlanReading
from advisor.model import Event, Plan, Property

JSON = format_named("avo-json")
CSV = format_named("avo-csv")


def _read(key: str, name: str) -> PlanReading:
    return read_files(tree_of(SAMPLES / key / name))


def test_the_platform_of_its_sources_is_the_practice_of_an_event() -> None:
    """Sources are a map by id, or a list; the name of a source tells where its platform does not."""
    practices = [event.practice for event in _read("avo-json", "export.json").events]
    assert [each and (each.placement, each.evidence) for each in practices] == [
        ("server", "sources = Backend (Python)"),
        ("client", "sources = Website (Web), Android app"),
    ]
    listed = _read("avo-json", "lists.json").events[0].practice
    assert listed is not None
    assert listed.placement == "client"


def test_user_properties_and_personal_data_are_read() -> None:
    """System properties, too; what is no text among the tags is kept beside them; variants are no events."""
    reading = _read("avo-json", "export.json")
    sold = reading.events[0]
    assert sold.labels == {"tags": ["Tier 1", "money"]}
    assert [(each.name, each.personal) for each in sold.properties] == [
        ("price", ""),
        ("method", ""),
        ("build", ""),
        ("email", "contact"),
    ]
    assert sold.properties[1].values == ("card", "bank, transfer")
    assert ["variant" in entry.reason for entry in reading.left_out] == [False, True]


def test_an_added_user_property_of_an_event_is_of_the_event_itself() -> None:
    """And those that were there stay in their own section."""
    plan, _ = brought(SAMPLES / "avo-json" / "export.json", JSON)
    event = replace(plan.events[0], properties=(*plan.events[0].properties, Property(name="length")))
    rules = json.loads(written(replace(plan, events=(event,)), JSON)["avo.json"])["events"][0]["rules"]
    assert [*rules["properties"]["properties"]["properties"]] == ["price", "method", "build", "length"]
    assert [*rules["properties"]["userProperties"]["properties"]] == ["email"]


def test_schema_wins_over_events() -> None:
    """As in Avo's import; a name of the file is no name of the plan then, and comes back."""
    reading = _read("avo-json", "schema.json")
    assert [event.name for event in reading.events] == ["Ticket Sold", "Seat Chosen"]
    assert reading.events[0].properties[0].types == ("number", "null")


def test_the_verdict_is_a_tag_once() -> None:
    """A second export replaces it."""
    plan, _ = brought(SAMPLES / "avo-json" / "export.json", JSON)
    assert JSON.write is not None
    once = again(JSON.write(plan, WriteOptions(verdict=True)).files, JSON)
    twice = json.loads(JSON.write(once, WriteOptions(verdict=True)).files["avo.json"])
    tags = twice["events"][0]["tags"]
    assert [each for each in tags if str(each).startswith("tracked")] == ["tracked: server"]


def test_rows_of_an_event_become_its_properties() -> None:
    """A title above the heading, short rows, arrays, enums, user properties, and a variant that is left out."""
    reading = _read("avo-csv", "own.csv")
    sold, seat, door = reading.events
    assert [(each.name, each.types, each.required, each.values) for each in sold.properties] == [
        ("price", ("number",), True, ()),
        ("method", ("string",), True, ("card", "invoice")),
        ("email", ("string",), False, ()),
        ("seats", ("array",), False, ()),
    ]
    assert sold.labels == {"category": "Orders", "tags": ["Tier 1", "money"], "sources": ["Backend"]}
    assert [event.practice and event.practice.placement for event in (sold, seat, door)] == [
        "server",
        "client",
        "server",
    ]
    assert [(entry.place.line, "variant" in entry.reason) for entry in reading.left_out] == [(7, True)]


AMPLITUDE = (
    "Event Name,Trigger + Event Description,Event Category,Platform,Property Name,Property Description,Property Type,Sample"
    " Values"
)
MIXPANEL = "Event Name,Event Definition,Platform,Property Name,Property Definition,Data Type,Sample Values"


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (AMPLITUDE, 'Paid,When paid,Money,"Web, iOS",total,Major units,number,"1, 2"'),
        (MIXPANEL, 'Paid,When paid,"Web, iOS",total,Major units,number,"1, 2"'),
    ],
    ids=["amplitude", "mixpanel"],
)
def test_the_templates_that_avo_takes_are_read(heading: str, row: str) -> None:
    """Sample values are none of the allowed values; what has no column is named as lost."""
    data = f"{heading}\n{row}\n".encode()
    tree = FileTree.of({"x": data})
    assert recognise(tree).format is CSV
    plan = again({"x": data}, CSV)
    event = plan.events[0]
    assert (event.description, event.properties[0].type, event.properties[0].values) == ("When paid", "number", ())
    assert [*written(plan, CSV).values()] == [data]
    assert CSV.write is not None
    required = replace(event, properties=(replace(event.properties[0], required=True),))
    losses = CSV.write(replace(plan, events=(required,)), WriteOptions()).losses
    assert [(loss.what, loss.done) for loss in losses] == [
        ("property “total”: required", "left out: the table has no column for it")
    ]


def test_a_changed_description_is_changed_on_every_row_that_repeats_it() -> None:
    """A file may say what is of the event on each of its rows, or leave it blank."""
    heading = "Event Name,Event Description,Property Name,Property Value Type,Is Property Required?"
    data = f"{heading}\nPaid,Old,a,string,true\nPaid,Old,b,string,false\n,,c,string,false\n".encode()
    plan = again({"x": data}, CSV)
    event = replace(plan.events[0], description="New")
    assert [*written(replace(plan, events=(event,)), CSV).values()] == [data.replace(b"Old", b"New")]
    renamed = replace(plan.events[0], name="Settled")
    assert [*written(replace(plan, events=(renamed,)), CSV).values()] == [data.replace(b"Paid", b"Settled")]


def test_rows_of_an_event_that_are_apart_are_put_together_with_a_warning() -> None:
    """With the line."""
    heading = "Event Name,Property Name,Property Value Type,Is Property Required?"
    data = f"{heading}\nPaid,a,string,true\nSeen,b,string,true\nPaid,c,string,true\n".encode()
    reading = read_files(FileTree.of({"x": data}))
    assert [(event.name, len(event.properties)) for event in reading.events] == [("Paid", 2), ("Seen", 1)]
    assert [(notice.line, "apart" in notice.message) for notice in reading.warnings] == [(4, True)]


def test_what_a_cell_cannot_hold_is_named() -> None:
    """A comma in a value, a value that is no text, several types, properties inside others, a blank name."""
    prop = Property(
        name="total", type="string|number", values=("a,b", 1), properties=(Property(name="inner"),), required=True
    )
    assert CSV.write is not None
    done = CSV.write(Plan(events=(Event(name="Paid", call="page", properties=(prop,)),)), WriteOptions())
    assert {loss.what for loss in done.losses} == {
        "the call page",
        "property “total”: properties inside",
        "property “total”: a value with a comma",
        "property “total”: values that are no texts",
        "property “total”: the type string|number",
    }


def test_the_domain_that_owns_an_event_is_its_owner() -> None:
    """Another owner takes its place; all other domains stay, and one that is not there yet is added."""
    plan, _ = brought(SAMPLES / "avo-json" / "export.json", JSON)
    assert [event.owner for event in plan.events] == ["Billing", ""]
    changed = replace(plan, events=tuple(replace(event, owner="Checkout") for event in plan.events))
    written_events = json.loads(written(changed, JSON)["avo.json"])["events"]
    assert written_events[0]["stakeholderDomains"] == [
        {"id": "dom1", "name": "Billing", "isOwner": False},
        {"name": "Checkout", "isOwner": True},
    ]
    assert [event.owner for event in again(written(changed, JSON), JSON).events] == ["Checkout", "Checkout"]
    back = again(written(changed, JSON), JSON)
    event = replace(back.events[0], owner="Billing")
    domains = json.loads(written(replace(back, events=(event,)), JSON)["avo.json"])["events"][0]["stakeholderDomains"]
    assert [(each["name"], each["isOwner"]) for each in domains] == [("Billing", True), ("Checkout", False)]
    nobody = replace(plan.events[0], owner="")
    assert again(written(replace(plan, events=(nobody,)), JSON), JSON).events[0].owner == ""


def test_the_owner_column_is_the_owner_of_an_event() -> None:
    """Of its first row; a table without that column names an owner as lost."""
    plan, _ = brought(SAMPLES / "avo-csv" / "own.csv", CSV)
    assert plan.events[0].owner == "Billing"
    changed = replace(plan, events=(replace(plan.events[0], owner="Checkout"), *plan.events[1:]))
    assert again(written(changed, CSV), CSV).events[0].owner == "Checkout"
    template, _ = brought(SAMPLES / "avo-csv" / "template.csv", CSV)
    assert CSV.write is not None
    owned = replace(template.events[0], owner="Ann")
    losses = CSV.write(replace(template, events=(owned,)), WriteOptions()).losses
    assert "the owner" in {loss.what for loss in losses}


def test_lines_of_json_are_an_export() -> None:
    """The object around an event comes back, and so do lines without one; an added event is a line of its own."""
    plan, reading = brought(SAMPLES / "avo-json" / "lines.ndjson", JSON)
    assert [event.name for event in plan.events] == ["ticket_sold", "seat_chosen"]
    assert [(entry.place.line, "variant" in entry.reason) for entry in reading.left_out] == [(1, False), (4, True)]
    added = replace(plan, events=(*plan.events, Event(name="left")))
    lines = written(added, JSON)["avo.ndjson"].decode().splitlines()
    assert [json.loads(line).get("type") for line in lines] == ["workspace", "event", "event", "event", None]
    assert [event.name for event in again(written(added, JSON), JSON).events] == ["ticket_sold", "seat_chosen", "left"]


def test_a_broken_line_is_named() -> None:
    """Lines that are not JSON, or that hold no event of Avo's, are refused with their place."""
    data = (SAMPLES / "avo-json" / "lines.ndjson").read_bytes()
    with pytest.raises(FormatError) as refused:
        read_files(FileTree.of({"x": data + b"{]"}), "avo-json")
    assert refused.value.problems[0].line == 2
