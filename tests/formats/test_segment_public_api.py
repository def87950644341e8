"""Segment's rules: what of them is understood, and where the verdict and our own data go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from brought import SAMPLES, again, tree_of, written

from advisor.document import check, write
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, formats, read_files
from advisor.formats.reading import PlanReading
from advisor.model import Decision, Destination, Event, Plan, Property, Sources

KEY = "segment-public-api"
SAMPLE = SAMPLES / KEY


def _read(name: str) -> PlanReading:
    return read_files(tree_of(SAMPLE / name))


def _schemas(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return [rule["jsonSchema"] for rule in json.loads(files["plan.json"])["rules"]]


def test_every_type_of_rule_becomes_what_it_is() -> None:
    """Events by their calls, common properties, and what can be neither is left out with the reason and the place."""
    reading = _read("plan.json")
    assert [(event.call, event.name, event.version) for event in reading.events] == [
        ("track", "Ticket Bought", 1),
        ("track", "Ticket Bought", 2),
        ("track", "Trailing blank ", 1),
        ("track", 'Say “hi” / \u2008 "x"', 1),
        ("track", "Bare", 1),
        ("page", "Start", 1),
        ("screen", "Screen", 1),
        ("identify", "Identify", 1),
        ("group", "Group", 1),
    ]
    assert [each.name for each in reading.common] == ["build"]
    assert [(entry.what, entry.place.line is not None) for entry in reading.left_out] == [
        ("rule “No schema”", True),
        ("rule “Odd”", True),
        ("an entry of “rules”", True),
        ("a rule without a name", True),
    ]


def test_labels_and_practice_are_read() -> None:
    """Lists stay lists, numbers become text, and a label that names a side is the practice."""
    first = _read("plan.json").events[0]
    assert first.labels == {"source": ["backend"], "team": "tickets", "rank": "1"}
    assert first.practice is not None
    assert (first.practice.placement, first.practice.evidence) == ("server", "labels.source = backend")
    assert _read("plan.json").events[3].labels == {"platform": ["web", "ios"]}


def test_traits_are_properties() -> None:
    """Of identify and group."""
    identify = _read("plan.json").events[7]
    assert [(each.name, each.types, each.required) for each in identify.properties] == [
        ("mail", ("string",), True),
        ("tier", ("string", "null"), False),
    ]


def test_a_reply_with_more_pages_says_so() -> None:
    """With the place of the page."""
    assert ["9 rules" in notice.message and notice.line for notice in _read("reply.json").warnings][-1]


def test_several_pages_are_one_plan() -> None:
    """In the order in which they were brought."""
    pages = {name: (SAMPLE / name).read_bytes() for name in ("rules.json", "reply.json")}
    apart = [len(_read(name).events) for name in pages]
    assert len(read_files(FileTree.of(pages)).events) == sum(apart)


OURS = check(
    Plan(
        name="Ours",
        sources=Sources(client=("analytics.js",), server="analytics-node"),
        destinations=(Destination(key="Mixpanel"),),
        events=(
            Event(
                name="Paid",
                answers={"payment": "yes"},
                destinations=("Mixpanel",),
                decision=Decision(placement="server", reason="Money"),
                properties=(
                    Property(
                        name="card",
                        sensitive=True,
                        type="object",
                        properties=(Property(name="a/b", known_by="server"),),
                    ),
                ),
            ),
            Event(name="Them", call="identify", answers={"browser_only": "yes"}),
            Event(name="Old", call="alias"),
        ),
    )
)[0]


def test_the_verdict_is_a_label_where_rules_have_labels() -> None:
    """For track and page; for the others the report says that it is left out."""
    form = formats()[KEY]
    assert form.write is not None
    done = form.write(OURS, WriteOptions(verdict=True))
    paid, them = _schemas(done.files)
    assert paid["labels"] == {"tracked": "server"}
    assert "labels" not in them
    assert ("Them", "the placement client") in {(loss.event, loss.what) for loss in done.losses}


def test_what_segment_cannot_hold_is_in_the_report() -> None:
    """Of the plan and of each event."""
    form = formats()[KEY]
    assert form.write is not None
    lost = {(loss.event, loss.what) for loss in form.write(OURS, WriteOptions()).losses}
    assert lost == {
        ("", "sources"),
        ("", "destinations"),
        ("Paid", "answers"),
        ("Paid", "decision"),
        ("Paid", "destinations"),
        ("Paid", "property “card”: sensitive"),
        ("Paid", "property “a/b”: known by server"),
        ("Them", "answers"),
        ("Them", "its name"),
        ("Old", "the event: there are no rules for alias calls"),
    }


def test_our_own_data_come_back_from_their_slot() -> None:
    """All but what names sources and destinations, which this plan does not have; a warning says so."""
    form = formats()[KEY]
    assert form.write is not None
    files = form.write(OURS, WriteOptions(advisor_data=True)).files
    reading = read_files(FileTree.of(files))
    paid, them = reading.events
    assert (paid.answers, them.answers) == ({"payment": "yes"}, {"browser_only": "yes"})
    assert paid.decision is not None
    assert paid.decision["reason"] == "Money"
    assert (paid.properties[0].sensitive, paid.properties[0].properties[0].known_by) == (True, "server")
    assert ["names destinations" in notice.message for notice in reading.warnings] == [True]
    once = written(again(files, form), form)
    assert written(again(once, form), form) == once
    assert _schemas(once)[1] == _schemas(files)[1]


def test_our_own_data_come_back_from_the_file_beside() -> None:
    """Everything, by call, name and version."""
    form = formats()[KEY]
    assert form.write is not None
    files = form.write(OURS, WriteOptions()).files | {"tracking-advisor.json": write(OURS)}
    reading = read_files(FileTree.of(files))
    assert (reading.client, reading.server) == (["analytics.js"], "analytics-node")
    assert reading.events[0].destinations == ["Mixpanel"]
    assert reading.events[0].properties[0].sensitive
    assert reading.warnings == []


@pytest.mark.parametrize(
    "slot", [None, 1, "text", "[]", '{"answers": {"odd": "yes", "payment": "maybe"}, "suggested": 3}']
)
def test_a_slot_of_others_is_kept_or_passed_over(slot: object) -> None:
    """It never makes a plan invalid."""
    rule = {"key": "a", "type": "TRACK", "version": 1, "jsonSchema": {"x-tracking-advisor": slot}}
    reading = read_files(FileTree.of({"x": json.dumps({"rules": [rule]}).encode()}))
    assert reading.events[0].answers == {}
    if not isinstance(slot, str) or not slot.startswith("{"):
        form = formats()[KEY]
        data = json.dumps({"rules": [rule]}).encode()
        assert written(again({"x": data}, form), form)["plan.json"] == data
