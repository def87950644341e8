"""Projects of rudder-cli: what references lead to, and what an edit of the plan changes in which file."""

from __future__ import annotations

from typing import Any

import pytest
from brought import SAMPLES, again, brought, read_plan, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import FormatError, WriteOptions, formats, read_files
from advisor.formats.reading import PropertyReading
from advisor.model import Event, Plan, Property

FORM = formats()["rudder-cli"]
SAMPLE = SAMPLES / "rudder-cli"
V1, OLD = SAMPLE / "fair-v1", SAMPLE / "fair-v0.1"


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, set[str]]:
    """The lines of each file that are only in one of both, without blanks around them."""
    found: dict[str, set[str]] = {}
    for path, data in after.items():
        one, other = ({line.strip() for line in each.decode().splitlines()} for each in (before.get(path, b""), data))
        if before.get(path) != data:
            found[path] = one ^ other
    return found


def _with_property(plan: Plan, event: int, number: int, **edit: Any) -> Plan:
    old = plan.events[event]
    properties = [*old.properties]
    properties[number] = replace(properties[number], **edit)
    events = [*plan.events]
    events[event] = replace(old, properties=tuple(properties))
    return replace(plan, events=tuple(events))


def _by_name(properties: list[PropertyReading]) -> dict[str, PropertyReading]:
    return {each.name: each for each in properties}


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_all_files_come_back(path: Any) -> None:
    """With their comments, quotes and blank lines."""
    plan, _ = brought(path, FORM)
    assert written(plan, FORM) == {file.path: file.data for file in tree_of(path).files}


def test_rules_become_events_after_those_that_no_rule_uses() -> None:
    """What refers to nothing is left out, or kept with a warning, with its place."""
    reading = read_files(tree_of(V1))
    assert (reading.name, reading.description) == ("Fair", "By hand.")
    assert [(event.call, event.name, len(event.properties)) for event in reading.events] == [
        ("track", "{{ .EVENT_NAME }}", 0),
        ("track", "Ticket Bought", 9),
        ("identify", "Identify", 2),
        ("track", "Door Opened", 0),
    ]
    practice = reading.events[3].practice
    assert practice is not None
    assert practice.placement == "client"
    assert [entry.what for entry in reading.left_out] == ["a rule", "event “nameless”"]
    assert all(entry.place.line for entry in reading.left_out)
    assert ["nowhere" in notice.message or "gone" in notice.message for notice in reading.warnings] == [True, True]


def test_references_lead_to_definitions_custom_types_and_nested_entries() -> None:
    """A type inside itself is followed once."""
    found = _by_name(read_files(tree_of(V1)).events[1].properties)
    assert found["price"].types == ("number",)
    assert found["price"].required
    assert found["price"].extra["json-schema"] == {"rest": {"minimum": 0, "exclusiveMaximum": 1000}}
    assert found["code"].types == ("string", "null")
    assert found["kind"].values == ("day", "week", "day, week")
    assert [(each.name, each.required) for each in found["seats"].properties] == [("city", True), ("seats", False)]
    assert found["seats"].properties[1].properties == []
    assert [each.required for each in found["place"].properties] == [True]
    assert found["bought_at"].types == ("datetime",)
    assert found["odd"].types == found["free"].types == ()
    mail = read_files(tree_of(V1)).events[2].properties[0]
    assert (mail.types, mail.values) == (("string",), ("a@example.org", "b@example.org"))


def test_version_0_1_is_read_with_its_own_references_and_words() -> None:
    """Types with commas, and limits in capitals."""
    reading = read_files(tree_of(OLD))
    assert [(event.call, event.name) for event in reading.events] == [("track", "Ticket Bought"), ("page", "Page")]
    price, seat = reading.events[0].properties
    assert (price.types, price.required) == (("number", "null"), True)
    assert price.extra["json-schema"] == {"rest": {"minimum": 0, "multipleOf": 0.5}}
    assert [(each.name, each.required) for each in seat.properties] == [("price", True)]
    assert [entry.reason for entry in reading.left_out] == ["It names no event."]


def test_an_edit_of_an_event_changes_its_definition_alone() -> None:
    """Its name, and its description."""
    plan, _ = brought(V1, FORM)
    before = written(plan, FORM)
    event = replace(plan.events[1], name="Seat Bought", description="Sold at the gate.")
    after = written(replace(plan, events=(plan.events[0], event, *plan.events[2:])), FORM)
    assert _changed(before, after) == {
        "events.yaml": {
            "name: Ticket Bought",
            "name: Seat Bought",
            "description: Paid for at the gate.",
            "description: Sold at the gate.",
        }
    }


def test_an_edit_of_a_property_changes_its_definition_for_all_that_use_it() -> None:
    """The report says for which events that was not meant."""
    plan, _ = brought(OLD, FORM)
    edited = _with_property(plan, 0, 0, description="In cents")
    assert FORM.write is not None
    done = FORM.write(edited, WriteOptions())
    assert _changed(written(plan, FORM), done.files) == {
        "properties.yaml": {'description: "Whole"', 'description: "In cents"'}
    }
    assert [(loss.event, loss.what) for loss in done.losses if "price" in loss.what] == [
        ("Page", "property “price”: its description, values or limits")
    ]


def test_another_type_needs_another_definition_unless_all_uses_have_it() -> None:
    """RudderStack refuses two definitions of the same name and type."""
    plan, _ = brought(OLD, FORM)
    before = written(plan, FORM)
    one = _with_property(plan, 0, 0, type="string")
    text = written(one, FORM)["properties.yaml"].decode()
    assert "- id: price-string\n      name: price\n      type: string\n" in text
    assert "#/properties/fair/price-string" in written(one, FORM)["plan.yaml"].decode()
    both = _with_property(one, 1, 0, type="string")
    changed = _changed(before, written(both, FORM))
    assert changed == {"properties.yaml": {'type: "number,null"', 'type: "string"'}}
    found = again(written(one, FORM), FORM)
    assert [event.properties[0].type for event in found.events] == ["string", plan.events[1].properties[0].type]


def test_a_changed_field_of_a_custom_type_is_written_into_the_rule() -> None:
    """The custom type itself stays as it is for the others."""
    plan, _ = brought(OLD, FORM)
    edited = _with_property(plan, 0, 1, properties=(Property(name="row", type="integer", required=True),))
    after = written(edited, FORM)
    assert "rest.yaml" not in _changed(written(plan, FORM), after)
    seat = again(after, FORM).events[0].properties[1]
    assert (seat.type, [(each.name, each.type, each.required) for each in seat.properties]) == (
        "object",
        [("row", "integer", True)],
    )
    assert FORM.write is not None
    said = [loss for loss in FORM.write(edited, WriteOptions()).losses if "custom type" in loss.what]
    assert [loss.event for loss in said] == [plan.events[0].name]
    assert "stays as it was" in said[0].done


def test_a_removed_event_takes_its_definition_and_rule_along() -> None:
    """And nothing else: properties may be used elsewhere."""
    plan, _ = brought(V1, FORM)
    after = written(replace(plan, events=plan.events[:1]), FORM)
    assert [event.name for event in again(after, FORM).events] == ["{{ .EVENT_NAME }}"]
    assert after["properties.yaml"] == written(plan, FORM)["properties.yaml"]
    assert b"nameless" in after["events.yaml"]
    assert b"#event:gone" in after["plan.yaml"]


def test_a_plan_from_elsewhere_becomes_three_files() -> None:
    """One definition for each name and type; limits of other formats become configurations."""
    price = Property(name="Total Price", type="number", extra={"json-schema": {"rest": {"minLength": 2, "default": 1}}})
    place = Property(name="place", type="object", properties=(price,))
    events = (
        Event(name="Paid", description="Money came in", properties=(price, replace(price, type="string"), place)),
        Event(name="Them", call="identify", properties=(replace(price, description="Other", required=True),)),
        Event(name="Old", call="alias"),
    )
    assert FORM.write is not None
    done = FORM.write(Plan(name="Our shop", events=events), WriteOptions(verdict=True))
    assert list(done.files) == ["events.yaml", "properties.yaml", "tracking-plan.yaml"]
    properties = done.files["properties.yaml"].decode()
    assert [line.strip() for line in properties.splitlines() if "- id:" in line] == [
        "- id: total_price",
        "- id: total_price-string",
        "- id: place",
    ]
    assert "min_length: 2" in properties
    assert "identity_section: traits" in done.files["tracking-plan.yaml"].decode()
    assert "Tracked on: server." in done.files["events.yaml"].decode()
    losses = {(loss.event, loss.what) for loss in done.losses}
    assert losses >= {
        ("Paid", "property “Total Price”: default"),
        ("Them", "property “Total Price”: its description, values or limits"),
        ("Them", "its name"),
        ("Old", "the event: there are no alias events"),
    }
    assert [event.name for event in again(done.files, FORM).events] == ["Paid", "Identify"]


def test_versions_of_an_event_share_its_definition() -> None:
    """The report says that the text of one was written for both."""
    events = (Event(name="Paid", description="First text"), Event(name="Paid", description="Second text"))
    assert FORM.write is not None
    done = FORM.write(Plan(events=events), WriteOptions())
    assert ("Paid", "its text") in {(loss.event, loss.what) for loss in done.losses}
    assert done.files["events.yaml"].count(b"- id:") == 1
    assert [event.description for event in again(done.files, FORM).events] == ["First text", "First text"]


def test_types_that_hold_each_other_many_times_do_not_grow_without_end() -> None:
    """Each level doubles; only so many are followed."""
    types = "".join(
        f"    - id: t{number}\n      name: T{number}\n      type: object\n      properties:\n"
        f'        - property: "#property:a{number + 1}"\n        - property: "#property:b{number + 1}"\n'
        for number in range(40)
    )
    properties = "".join(
        f"    - id: {letter}{number}\n      name: {letter}\n      type: '#custom-type:t{number}'\n"
        for number in range(41)
        for letter in "ab"
    )
    head = "version: rudder/v1\nkind: {}\nmetadata:\n  name: x\nspec:\n"
    files = {
        "t.yaml": head.format("custom-types") + "  types:\n" + types,
        "p.yaml": head.format("properties") + "  properties:\n" + properties,
        "e.yaml": head.format("events") + "  events:\n    - id: e\n      name: E\n      event_type: track\n",
        "tp.yaml": head.format("tracking-plan")
        + "  rules:\n    - type: event_rule\n      id: r\n      event: '#event:e'\n      properties:\n"
        + "        - property: '#property:a0'\n",
    }
    reading = read_files(FileTree.of({path: text.encode() for path, text in files.items()}))
    assert 1 < reading.property_count() < 2_000


def test_other_files_of_a_folder_are_left_out() -> None:
    """And those that can't be read, such as one of two documents, with the reason and its line."""
    files = {file.path: file.data for file in tree_of(OLD).files}
    twice = b"version: rudder/v1\nkind: tp\n---\nversion: rudder/v1\nkind: tp\n"
    reading = read_files(FileTree.of(files | {"README.md": b"# Read me\n", "twice.yaml": twice}))
    left = {str(entry.place): entry.reason for entry in reading.left_out if entry.what.startswith("file ")}
    assert left["twice.yaml, line 4, column 1"].startswith("The file holds 2 documents")
    assert "README.md" in left


@pytest.mark.parametrize("odd", [b"[1]", b"{a: 1}", b"null", b"[[]]"])
def test_values_of_the_wrong_kind_are_kept_or_left_out(odd: bytes) -> None:
    """In any member; what was read can be written, and an event can be added."""
    files = {file.path: file.data for file in tree_of(V1).files}
    for path, data in files.items():
        for line in data.splitlines():
            key, mark, value = line.partition(b": ")
            if mark and value:
                tree = FileTree.of(files | {path: data.replace(line, key + mark + odd, 1)})
                try:
                    plan = read_plan(tree, FORM)
                except FormatError:
                    continue
                once = written(replace(plan, events=(*plan.events, Event(name="Zebra"))), FORM)
                assert again(once, FORM).events[-1].name == "Zebra"
