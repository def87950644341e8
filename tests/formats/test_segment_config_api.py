"""The legacy Config API: which block becomes what, where descriptions stay, and what another format of Segment makes of it."""

from __future__ import annotations

import json
from typing import Any

from brought import SAMPLES, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, formats, read_files, recognise
from advisor.model import Event, Plan, Property

FORM = formats()["segment-config-api"]
PUBLIC = formats()["segment-public-api"]
BLOCKS = SAMPLES / "segment-config-api" / "blocks.json"


def _value(files: dict[str, bytes]) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(next(iter(files.values())))
    return value


def test_blocks_become_events_and_common_properties() -> None:
    """Blocks come first; entries that can be no event are left out with the reason and the place."""
    reading = read_files(tree_of(BLOCKS))
    assert [(event.call, event.name, event.version) for event in reading.events] == [
        ("identify", "Identify", None),
        ("group", "Group", None),
        ("track", "Ticket Bought", 1),
        ("track", "Ticket Bought", 2),
        ("track", "Gate Passed", 1),
        ("track", "Two Texts", 3),
        ("track", "Trailing ", 1),
        ("track", "Bare", None),
    ]
    assert [each.name for each in reading.common] == ["build"]
    assert {each.what for each in reading.left_out} == {"an entry of “rules.events”", "event “No schema”", "event “ ”"}
    assert all(each.place.line for each in reading.left_out)


def test_a_description_is_read_from_the_event_or_else_from_its_schema() -> None:
    """And an edit is written where it was."""
    plan, reading = brought(BLOCKS, FORM)
    assert [event.description for event in reading.events[2:6]] == [
        "Paid for",
        "Only the schema says so",
        "Only the event says so",
        "One",
    ]
    edited = replace(plan, events=tuple(replace(event, description="New") for event in plan.events))
    events = [each for each in _value(written(edited, FORM))["rules"]["events"] if isinstance(each, dict)]
    said = {
        (each["name"], each.get("version")): (each.get("description"), each["rules"].get("description"))
        for each in events
        if "rules" in each
    }
    assert said["Ticket Bought", 1] == ("New", "New")
    assert said["Ticket Bought", 2] == (None, "New")
    assert said["Gate Passed", 1] == ("New", None)
    assert said["Two Texts", 3] == ("New", "Other")


def test_the_public_api_gets_every_description() -> None:
    """The same plan in both formats has the same events."""
    plan, _ = brought(BLOCKS, FORM)
    schemas = {(rule["key"], rule["version"]): rule["jsonSchema"] for rule in _value(written(plan, PUBLIC))["rules"]}
    assert schemas["Ticket Bought", 2]["description"] == "Only the schema says so"
    assert schemas["Gate Passed", 1]["description"] == "Only the event says so"
    assert schemas["Two Texts", 3]["description"] == "One"
    assert "create_time" not in _value(written(plan, PUBLIC))


def test_labels_are_practice() -> None:
    """As in every format of Segment."""
    practice = read_files(tree_of(BLOCKS)).events[2].practice
    assert practice is not None
    assert (practice.placement, practice.evidence) == ("server", "labels.source = backend")


def test_what_has_no_block_is_in_the_report() -> None:
    """A page, a screen, and a second identify."""
    events = (
        Event(name="Home", call="page"),
        Event(name="Who", call="identify", properties=(Property(name="mail", required=True),)),
        Event(name="Who else", call="identify"),
        Event(name="Paid"),
    )
    assert FORM.write is not None
    done = FORM.write(Plan(name="Ours", events=events), WriteOptions(verdict=True))
    assert {(loss.event, loss.what) for loss in done.losses} >= {
        ("Home", "the event: there are no rules for page calls"),
        ("Who else", "the event: there is one block for identify calls"),
    }
    value = _value(done.files)
    assert value["rules"]["identify"]["properties"]["traits"]["required"] == ["mail"]
    assert value["rules"]["events"][0]["rules"]["labels"] == {"tracked": "server"}
    assert recognise(FileTree.of(done.files)).format is FORM


def test_a_removed_identify_takes_its_block_along() -> None:
    """All other keys stay in their places."""
    plan, _ = brought(BLOCKS, FORM)
    value = _value(written(replace(plan, events=plan.events[1:]), FORM))
    assert list(value["rules"]) == ["events", "group", "global", "identify_traits", "group_traits"]
