"""The reading model becomes a plan document, and what is wrong with that has its place in the file."""

from __future__ import annotations

import json

import pytest

from advisor.document_limits import MAX_PROBLEMS
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import (
    EventReading,
    FormatError,
    Notice,
    Place,
    PlanReading,
    Practice,
    PropertyReading,
    read_files,
    to_plan,
)
from advisor.formats.limits import MAX_NOTICES
from advisor.formats.places import refusal


def test_a_full_reading_has_every_field_of_the_document() -> None:
    """In the words and the shape of the contract."""
    prop = PropertyReading(
        "",
        ("string", "null"),
        required=True,
        sensitive=True,
        personal="contact",
        known_by="server",
        values=("a", None),
        description="What",
        properties=[PropertyReading("inner")],
        extra={"x": {"y": 1}},
    )
    event = EventReading(
        " Paid ",
        "page",
        description="When",
        version=2,
        labels={"team": ["a", "b"]},
        practice=Practice("server", "labels.source = backend"),
        owner="Ann",
        answers={"payment": "yes"},
        suggested=["payment"],
        sources=[],
        destinations=["Mixpanel"],
        properties=[prop],
        decision={"placement": "server"},
        dismissed=[{"code": "unsettled"}],
        extra={"x": 1},
    )
    reading = PlanReading(
        "x",
        "Shop",
        "Text",
        client=["swift"],
        server="analytics-go",
        destinations=[{"key": "Mixpanel"}],
        warehouse=True,
        common=[PropertyReading("build")],
        events=[event],
        extra={"x": {}},
    )
    assert reading.document() == {
        "format": "tracking-plan/1",
        "name": "Shop",
        "sources": {"client": ["swift"], "server": "analytics-go"},
        "description": "Text",
        "destinations": [{"key": "Mixpanel"}],
        "warehouse": True,
        "common": [{"name": "build"}],
        "events": [
            {
                "name": " Paid ",
                "call": "page",
                "version": 2,
                "sources": [],
                "destinations": ["Mixpanel"],
                "description": "When",
                "labels": {"team": ["a", "b"]},
                "practice": {"placement": "server", "evidence": "labels.source = backend"},
                "owner": "Ann",
                "answers": {"payment": "yes"},
                "suggested": ["payment"],
                "properties": [
                    {
                        "name": "",
                        "type": "string|null",
                        "required": True,
                        "sensitive": True,
                        "personal": "contact",
                        "known_by": "server",
                        "values": ["a", None],
                        "description": "What",
                        "properties": [{"name": "inner"}],
                        "extra": {"x": {"y": 1}},
                    }
                ],
                "decision": {"placement": "server"},
                "dismissed": [{"code": "unsettled"}],
                "extra": {"x": 1},
            }
        ],
        "extra": {"x": {}},
    }
    assert [each.name for each in reading.each_property()] == ["build", "", "inner"]
    assert reading.property_count() == 3


def test_an_empty_reading_is_an_empty_plan() -> None:
    """With the name that plans without one have."""
    plan = to_plan(PlanReading("x"), FileTree([])).plan
    assert (plan.name, plan.events) == ("Untitled plan", ())


def test_what_the_plan_document_refuses_has_its_place_in_the_file() -> None:
    """The line and column where the event begins, and the pointer into the plan."""
    rules = [
        {"type": "TRACK", "key": key, "version": 1, "jsonSchema": {}} for key in ("fits", "x" * 501, "too", "y" * 502)
    ]
    tree = FileTree.of({"plan.json": json.dumps({"rules": rules}, indent=2).encode()})
    with pytest.raises(FormatError) as refused:
        to_plan(read_files(tree), tree)
    assert [(problem.file, problem.line, problem.column, problem.pointer) for problem in refused.value.problems] == [
        ("plan.json", 9, 5, "/events/1/name"),
        ("plan.json", 21, 5, "/events/3/name"),
    ]


def test_problems_and_warnings_are_limited() -> None:
    """A file of a million faults gives a list that one can read; how many more there were is known."""
    assert len(FormatError(Notice.at(Place("x"), str(number)) for number in range(1_000)).problems) == MAX_PROBLEMS
    reading = PlanReading("x")
    for number in range(MAX_NOTICES + 5):
        reading.warn(Place("x"), str(number))
    assert (len(reading.warnings), reading.more_warnings) == (MAX_NOTICES, 5)


def test_a_place_is_shown_in_words() -> None:
    """As far as it is known; nothing invisible gets into a message."""
    assert str(Place("a\u202eb.json", 3, 5, "/a")) == "a\\u202eb.json, line 3, column 5"
    assert str(Place(pointer="/a/0")) == "/a/0"
    assert str(refusal(Place(), "No.")) == "No."
