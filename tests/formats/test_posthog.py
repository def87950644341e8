"""PostHog's replies: events, the groups of properties that they share, and what joins them."""

from __future__ import annotations

import json
from typing import Any

from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named, read_files, recognise
from advisor.model import Event, Plan, Property

KEY = "posthog"
REPLIES = SAMPLES / KEY / "replies"
FORM = format_named(KEY)


def _results(files: dict[str, bytes], name: str) -> list[Any]:
    results: list[Any] = json.loads(files[name])["results"]
    return results


def test_three_replies_are_one_plan() -> None:
    """Groups are joined by ids or by the names in them; an event that only a group names is read, too."""
    reading = read_files(tree_of(REPLIES))
    assert [(event.call, event.name, [each.name for each in event.properties]) for event in reading.events] == [
        ("track", "tent_booked", ["nights", "at", "odd"]),
        ("page", "$pageview", []),
        ("track", "map_opened", ["site"]),
        ("track", "only_joined", ["site"]),
    ]
    nights, at, odd = reading.events[0].properties
    assert [(each.types, each.required, each.description) for each in (nights, at, odd)] == [
        (("number",), True, "How many"),
        (("datetime",), False, ""),
        ((), False, ""),
    ]
    practice = reading.events[0].practice
    assert practice is not None
    assert (practice.placement, practice.evidence) == ("server", "tags = server")
    assert [entry.place.line is not None for entry in reading.left_out] == [True]


def test_an_edit_of_a_shared_property_is_written_for_all_and_reported() -> None:
    """PostHog keeps a group once."""
    plan, _ = brought(REPLIES, FORM)
    opened = plan.events[2]
    site = replace(opened.properties[0], required=True)
    edited = replace(plan, events=(*plan.events[:2], replace(opened, properties=(site,)), plan.events[3]))
    assert FORM.write is not None
    done = FORM.write(edited, WriteOptions())
    assert _results(done.files, "schema_property_groups.json")[1]["properties"][0]["is_required"] is True
    assert ("only_joined", "properties of its own: they are shared with “map_opened”") in {
        (loss.event, loss.what) for loss in done.losses
    }


def test_a_renamed_event_keeps_its_groups_and_a_removed_one_leaves_them() -> None:
    """Its name is in the definition and in the groups."""
    plan, _ = brought(REPLIES, FORM)
    renamed = [replace(event, name=f"{event.name}_2") for event in plan.events[:1]]
    files = written(replace(plan, events=(*renamed, *plan.events[1:3])), FORM)
    assert _results(files, "event_definitions.json")[0]["name"] == "tent_booked_2"
    first, second = _results(files, "schema_property_groups.json")
    assert first["events"] == [{"id": "d1", "name": "tent_booked_2"}]
    assert second["events"] == [{"id": "d4", "name": "map_opened"}]
    assert [each.name for each in again(files, FORM).events] == ["tent_booked_2", "$pageview", "map_opened"]


def test_properties_in_no_group_get_one_that_is_joined_to_their_event() -> None:
    """In a file that is added if it was not there."""
    plan, _ = brought(SAMPLES / KEY / "definitions.json", FORM)
    event = replace(plan.events[0], properties=(Property(name="new", type="boolean", required=True),))
    files = written(replace(plan, events=(event, *plan.events[1:])), FORM)
    (link,) = _results(files, "event_schemas.json")
    assert (link["event_definition"], link["property_group"]["events"]) == ("d1", [{"id": "d1", "name": "tent_booked"}])
    found = again(files, FORM).events[0].properties
    assert [(each.name, each.type, each.required) for each in found] == [("new", "boolean", True)]


def test_joined_groups_alone_are_a_plan() -> None:
    """It comes back; a description makes a definition."""
    data = (REPLIES / "event_schemas.json").read_bytes()
    plan = again({"x.json": data}, FORM)
    assert written(plan, FORM) == {"x.json": data}
    described = replace(plan, events=(replace(plan.events[0], description="Paid"),))
    files = written(described, FORM)
    assert _results(files, "event_definitions.json") == [{"name": "tent_booked", "description": "Paid"}]
    assert again(files, FORM).events[0].description == "Paid"


def test_the_schema_enforcer_comes_back_after_edits() -> None:
    """Properties have types and may be required; it has no descriptions."""
    data = (
        b'{"onlyIngestEventsFromFile":true,"eventSchemas":{"tent_booked":{"acceptOnlySchemaProps":true,'
        b'"schema":{"nights":{"type":"number","required":true},"note":{"type":"string"}}},"bare":{}}}'
    )
    assert recognise(FileTree.of({"x": data})).format.key == KEY
    plan = again({"x.json": data}, FORM)
    assert written(plan, FORM) == {"x.json": data}
    note = replace(plan.events[0].properties[1], required=True)
    event = replace(plan.events[0], name="hut_booked", properties=(plan.events[0].properties[0], note))
    after = data.replace(b"tent_booked", b"hut_booked").replace(b'"type":"string"', b'"type":"string","required":true')
    assert written(replace(plan, events=(event, plan.events[1])), FORM) == {"x.json": after}
    assert FORM.write is not None
    lost = FORM.write(replace(plan, events=(replace(event, description="x"),)), WriteOptions()).losses
    assert "its description and tags: the Schema Enforcer has only properties" in {loss.what for loss in lost}
    when = replace(note, type="datetime", description="When")
    lost = FORM.write(replace(plan, events=(replace(event, properties=(when,)),)), WriteOptions()).losses
    assert {loss.what for loss in lost} == {"property “note”: description", "property “note”: type datetime"}
    whole = data.replace(b'"number"', b'"integer"')
    assert FORM.write(again({"x.json": whole}, FORM), WriteOptions()).losses == ()


def test_the_verdict_is_among_the_tags_and_losses_are_reported() -> None:
    """A page that PostHog does not name itself has no place."""
    plan = Plan(
        events=(
            Event(
                name="paid",
                answers={"payment": "yes"},
                labels={"team": "money"},
                properties=(Property(name="list", type="array"), Property(name="n", type="integer", values=(1,))),
            ),
            Event(name="Home", call="page"),
        )
    )
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions(verdict=True, advisor_data=True))
    assert list(done.files) == ["event_definitions.json", "event_schemas.json", "tracking-advisor.json"]
    assert _results(done.files, "event_definitions.json")[0]["tags"] == ["server"]
    assert {(loss.event, loss.what) for loss in done.losses} == {
        ("paid", "answers"),
        ("paid", "label “team”"),
        ("paid", "property “list”: type array"),
        ("paid", "property “n”: type integer"),
        ("paid", "property “n”: allowed values"),
        ("Home", "the event: PostHog has only events of its own names for page calls"),
    }
