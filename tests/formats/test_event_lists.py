"""The lists of wizards and agents: which key means what, which paths say a side, and where our own data go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from brought import SAMPLES, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import PlanReading, WriteOptions, format_named, read_files, recognise
from advisor.model import Event, Plan, Property

POSTHOG, AMPLITUDE = "posthog-events", "amplitude-events"


def _read(key: str, name: str) -> PlanReading:
    return read_files(tree_of(SAMPLES / key / name))


def _list(plan: Plan, key: str, options: WriteOptions) -> list[dict[str, Any]]:
    form = format_named(key)
    assert form.write is not None
    (data,) = form.write(plan, options).files.values()
    value: list[dict[str, Any]] = json.loads(data)
    return value


def test_the_path_of_the_code_is_the_practice() -> None:
    """With the path as evidence; a path that could be either says nothing."""
    practice = [event.practice for event in _read(POSTHOG, "list.json").events]
    assert [each and (each.placement, each.evidence) for each in practice] == [
        ("server", "app/api/tents/route.ts"),
        ("client", "src/components/site-map.tsx"),
        None,
        None,
    ]
    camel = _read(POSTHOG, "other-keys.json").events
    assert [each.practice and each.practice.placement for each in camel] == ["server", "client", None]
    assert [each.description for each in camel] == ["Server-side", "Opened", ""]


def test_properties_are_read_in_each_spelling() -> None:
    """Names, objects, an object by name; a list that holds anything else is only kept."""
    booked, opened, chosen, bare = _read(POSTHOG, "list.json").events
    assert [each.name for each in booked.properties] == ["tent_id", "nights", ""]
    assert [(each.name, each.description) for each in opened.properties] == [("zoom", "Level"), ("layer", "")]
    assert [(each.name, each.description) for each in chosen.properties] == [("size", "S to XL"), ("rank", "")]
    assert bare.properties == []


def test_entries_without_a_name_are_left_out_with_the_reason() -> None:
    """And with their place."""
    left = _read(POSTHOG, "list.json").left_out
    assert [(each.reason, each.place.line is not None) for each in left] == [
        ("It has no name.", True),
        ("It is no object.", True),
    ]


@pytest.mark.parametrize(("key", "sample"), [(POSTHOG, "other-keys.json"), (AMPLITUDE, "list.json")])
def test_a_renamed_event_is_renamed_under_the_key_that_it_had(key: str, sample: str) -> None:
    """For every event; nothing else changes."""
    form = format_named(key)
    plan, _ = brought(SAMPLES / key / sample, form)
    before = (SAMPLES / key / sample).read_text()
    for index, event in enumerate(plan.events):
        events = (*plan.events[:index], replace(event, name="Renamed"), *plan.events[index + 1 :])
        (after,) = written(replace(plan, events=events), form).values()
        assert after.decode() == before.replace(f'"{event.name}"', '"Renamed"', 1)


def test_a_property_more_or_less_is_written_as_the_others_are() -> None:
    """A name among names, an object among objects, a member among members."""
    form = format_named(POSTHOG)
    plan, _ = brought(SAMPLES / POSTHOG / "list.json", form)
    edited = [replace(event, properties=(*event.properties[:1], Property(name="more"))) for event in plan.events]
    entries = _list(replace(plan, events=tuple(edited)), POSTHOG, WriteOptions())
    named = {each["event"]: each.get("properties") for each in entries if isinstance(each, dict)}
    assert named["tent_booked"] == ["tent_id", "more"]
    assert named["map_opened"] == [{"name": "zoom", "type": "number", "description": "Level"}, {"name": "more"}]
    assert named["Größe gewählt"] == {"size": "S to XL", "more": ""}


OURS = Plan(
    name="Ours",
    events=(
        Event(
            name="Paid",
            answers={"payment": "yes"},
            labels={"team": "money"},
            properties=(Property(name="total", type="number", required=True, sensitive=True),),
        ),
        Event(name="Home", call="page"),
    ),
)


@pytest.mark.parametrize("key", [POSTHOG, AMPLITUDE])
def test_verdict_and_our_own_data_go_and_come(key: str) -> None:
    """Each under a key of its own. The list is still recognised, and comes back."""
    form = format_named(key)
    assert form.write is not None
    files = form.write(OURS, WriteOptions(verdict=True, advisor_data=True)).files
    (entry,) = json.loads(next(iter(files.values())))
    assert entry["tracked"] == "server"
    tree = FileTree.of(files)
    assert recognise(tree).format.key == AMPLITUDE if key == AMPLITUDE else POSTHOG
    (event,) = read_files(tree, key).events
    assert event.answers == {"payment": "yes"}
    assert event.practice is not None
    assert event.practice.placement == "server"


def test_what_a_list_cannot_hold_is_in_the_report() -> None:
    """Calls other than track as a whole; of an event its labels, and of properties all but the name."""
    form = format_named(POSTHOG)
    assert form.write is not None
    assert {(loss.event, loss.what) for loss in form.write(OURS, WriteOptions()).losses} == {
        ("", "the name and description of the plan"),
        ("Paid", "answers"),
        ("Paid", "labels"),
        ("Paid", "property “total”: sensitive"),
        ("Paid", "property “total”: type number"),
        ("Paid", "property “total”: required"),
        ("Home", "the event: a list of events has no page calls"),
    }
    amplitude = format_named(AMPLITUDE)
    assert amplitude.write is not None
    assert ("Paid", "properties") in {(loss.event, loss.what) for loss in amplitude.write(OURS, WriteOptions()).losses}


def test_a_plan_document_beside_the_list_fills_it() -> None:
    """By name."""
    beside = {"format": "tracking-plan/1", "events": [{"name": "a", "answers": {"sensitive": "no"}}]}
    files = {"list.json": b'[{"event": "a", "file": "x"}]', "tracking-advisor.json": json.dumps(beside).encode()}
    assert read_files(FileTree.of(files), POSTHOG).events[0].answers == {"sensitive": "no"}
