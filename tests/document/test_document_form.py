"""What a document becomes when it is read: the canonical form, the limits, and notes on what was replaced."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.document import DocumentError, read, write
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Plan

SMALLEST = """{
  "format": "tracking-plan/1",
  "name": "Untitled plan",
  "description": "",
  "sources": {
    "client": [],
    "server": null
  },
  "destinations": [
    {
      "key": "Mixpanel",
      "web_mode": null,
      "mobile_mode": null,
      "custom": null,
      "consent": "",
      "contract": ""
    },
    {
      "key": "Ours",
      "web_mode": null,
      "mobile_mode": null,
      "custom": {
        "web": "none",
        "mobile": "none",
        "server": "cloud"
      },
      "consent": "",
      "contract": ""
    }
  ],
  "warehouse": false,
  "naming": null,
  "dismissed": [
    {
      "code": "duplicate-event",
      "reason": "",
      "author": "",
      "date": null
    }
  ],
  "common": [
    {
      "name": "",
      "type": "string|null",
      "required": false,
      "sensitive": false,
      "personal": "",
      "known_by": "either",
      "values": [],
      "description": "",
      "properties": []
    }
  ],
  "events": [
    {
      "name": "Übersicht 👩‍👧",
      "call": "track",
      "description": "",
      "labels": {},
      "version": null,
      "practice": {
        "placement": "client",
        "evidence": ""
      },
      "status": "proposed",
      "owner": "",
      "answers": {},
      "suggested": [],
      "sources": "all",
      "destinations": "all",
      "properties": [
        {
          "name": "a.b",
          "type": "any",
          "required": false,
          "sensitive": false,
          "personal": "",
          "known_by": "either",
          "values": [],
          "description": "",
          "properties": []
        }
      ],
      "decision": {
        "placement": "server",
        "reason": "",
        "author": "",
        "date": null,
        "against": {
          "placement": "client",
          "ruleset": null
        }
      },
      "dismissed": []
    }
  ]
}
"""
"""The canonical form of the document in the test below: every known key is there, in its order."""


def read_plan(**members: Any) -> Plan:
    """Return the plan of a document with these members."""
    return read(json.dumps({"format": "tracking-plan/1", **members}).encode()).plan


def notes_of(**members: Any) -> list[tuple[str, str]]:
    """Return code and place of the notes on a document with these members."""
    reading = read(json.dumps({"format": "tracking-plan/1", **members}).encode())
    assert {note.severity for note in reading.notes} <= {"info"}
    return [(note.code, note.pointer) for note in reading.notes]


def test_every_known_key_is_written_in_its_order() -> None:
    """Defaults are written too, with two spaces, UTF-8 as it is, and one line feed at the end."""
    plan = read_plan(
        events=[
            {
                "decision": {"against": {"placement": "client"}, "placement": "server"},
                "properties": [{"name": "a.b"}],
                "name": "Übersicht 👩‍👧",
                "practice": {"placement": "client"},
            }
        ],
        common=[{"type": "string|null", "name": ""}],
        dismissed=[{"code": "duplicate-event"}],
        destinations=[{"key": "Mixpanel"}, {"key": "Ours", "custom": {"server": "cloud"}}],
    )
    assert write(plan).decode() == SMALLEST
    assert write(read(SMALLEST.encode()).plan).decode() == SMALLEST


def test_answers_are_written_in_the_order_of_the_questions() -> None:
    """The answer unsure is not written at all, because it says nothing."""
    given = dict.fromkeys(reversed(QUESTION_KEYS), "yes") | {"payment": "unsure"}
    plan = read_plan(events=[{"name": "a", "answers": given}])
    assert list(plan.events[0].answers) == [key for key in QUESTION_KEYS if key != "payment"]


def test_labels_and_extra_are_written_sorted() -> None:
    """Labels and `extra` are sorted by key; values inside `extra` stay as they are."""
    event = {"name": "a", "labels": {"b": "1", "a": "2"}, "z": {"y": 1, "x": 2}, "extra": {"b": 1}, "c": 0}
    plan = read_plan(events=[event])
    assert json.dumps(plan.events[0].labels) == '{"a": "2", "b": "1"}'
    assert json.dumps(plan.events[0].extra) == '{"b": 1, "c": 0, "z": {"y": 1, "x": 2}}'


def test_every_value_of_a_label_a_version_and_a_name_is_kept() -> None:
    """A label is a text or a list of texts, in its order; a version a whole number or a text; a name any text."""
    labels = {"b": ["z", "a", "z"], "a": "1", "c": []}
    properties = [{"name": name} for name in ("", " ", " \t", "a ", "a")]
    event = {"name": "a", "labels": labels, "version": 10**40, "properties": properties}
    plan = read_plan(events=[event, {"name": "a", "version": "1"}, {"name": "a", "version": 1}])
    assert plan.events[0].labels == {"a": "1", "b": ("z", "a", "z"), "c": ()}
    assert [each.name for each in plan.events[0].properties] == ["", " ", " \t", "a ", "a"]
    assert [repr(each.version) for each in plan.events] == [repr(10**40), "'1'", "1"]
    written = write(plan)
    assert write(read(written).plan) == written


def test_a_document_without_the_optional_keys_means_their_defaults() -> None:
    """So that documents written before these keys existed mean the same as ever."""
    prop = {"name": "p"}
    event = {"name": "a", "properties": [prop]}
    sparse = {"destinations": [{"key": "Mixpanel"}], "events": [event]}
    full = {
        "destinations": [{"key": "Mixpanel", "consent": "", "contract": ""}],
        "common": [],
        "events": [
            event
            | {"version": None, "practice": None, "status": "proposed", "owner": ""}
            | {"properties": [prop | {"personal": ""}]}
        ],
    }
    assert write(read_plan(**sparse)) == write(read_plan(**full))


def test_unknown_keys_move_to_the_extra_of_their_object() -> None:
    """Unknown keys of a plan, destination, event, property or decision are kept there; an empty `extra` is not written."""
    decision = {"placement": "server", "ticket": 4}
    prop = {"name": "p", "pii": True, "properties": [{"name": "q", "unit": "EUR"}]}
    event = {"name": "e", "squad": "me", "decision": decision, "properties": [prop], "extra": {}}
    plan = read_plan(version=7, destinations=[{"key": "Mixpanel", "since": 2020}], events=[event])
    assert (plan.extra, plan.destinations[0].extra, plan.events[0].extra) == (
        {"version": 7},
        {"since": 2020},
        {"squad": "me"},
    )
    outer = plan.events[0].properties[0]
    assert (outer.extra, outer.properties[0].extra) == ({"pii": True}, {"unit": "EUR"})
    assert plan.events[0].decision is not None
    assert plan.events[0].decision.extra == {"ticket": 4}
    assert b'"extra": {}' not in write(plan)


def test_a_minor_version_of_the_format_is_read() -> None:
    """The keys that a minor version adds are kept in `extra`."""
    plan = read(b'{"format": "tracking-plan/1.4", "new": 1}').plan
    assert (plan.format, plan.extra) == ("tracking-plan/1", {"new": 1})


def test_every_accepted_spelling_of_a_library_becomes_its_key() -> None:
    """In the plan's sources and in an event's, each spelling becomes the key, with a note unless it is the key already."""
    for key, library in LIBRARIES.items():
        for spelling in (key, *library.aliases):
            sources = {"server": spelling} if library.side == "server" else {"client": [spelling]}
            event = {"name": "a", "sources": "all" if library.side == "server" else [spelling]}
            plan = read_plan(sources=sources, events=[event])
            assert {plan.sources.server, *plan.sources.client} - {None} == {key}
            assert plan.events[0].sources in ("all", (key,))
            codes = {code for code, _ in notes_of(sources=sources, events=[event])}
            assert codes == (set() if spelling == key else {"library-replaced"})


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("node", "analytics-node"),
        ("@segment/analytics-node", "analytics-node"),
        ("segment-analytics-python", "analytics-python"),
    ],
)
def test_short_forms_and_packages_of_libraries_are_accepted(spelling: str, key: str) -> None:
    """The names that people type for a library are accepted, such as `node` and the name of its package."""
    assert read_plan(sources={"server": spelling}).sources.server == key
    assert notes_of(sources={"server": spelling}) == [("library-replaced", "/sources/server")]


def test_every_key_of_the_catalogue_is_read_as_itself() -> None:
    """The exact key of a destination is read without a note."""
    keys = list(CATALOGUE)
    for start in range(0, len(keys), 200):
        some = keys[start : start + 200]
        reading = read(
            json.dumps({"format": "tracking-plan/1", "destinations": [{"key": key} for key in some]}).encode()
        )
        assert [entry.key for entry in reading.plan.destinations] == some
        assert reading.notes == ()


def test_a_display_name_becomes_the_key() -> None:
    """A current or previous name, in any case and with any blanks, becomes the key, in events too."""
    names = {"Amplitude (Actions)": "Actions Amplitude", "facebook   PIXEL": "Facebook Pixel"}
    destinations = [{"key": name} for name in names]
    plan = read_plan(destinations=destinations, events=[{"name": "a", "destinations": list(names)}])
    assert [entry.key for entry in plan.destinations] == list(names.values())
    assert plan.events[0].destinations == tuple(names.values())
    assert notes_of(destinations=destinations, events=[{"name": "a", "destinations": list(names)}]) == [
        ("name-replaced", "/destinations/0/key"),
        ("name-replaced", "/destinations/1/key"),
        ("name-replaced", "/events/0/destinations/0"),
        ("name-replaced", "/events/0/destinations/1"),
    ]


def test_equal_entries_of_one_key_become_one() -> None:
    """Entries are equal also under two names and with defaults written out; notes point to the entry that is left."""
    destinations = [{"key": "Drift"}, {"key": "Mixpanel"}, {"key": "mixpanel", "web_mode": None}, {"key": "hotjar"}]
    assert [entry.key for entry in read_plan(destinations=destinations).destinations] == ["Drift", "Mixpanel", "Hotjar"]
    assert notes_of(destinations=destinations) == [
        ("name-replaced", "/destinations/1/key"),
        ("key-applies-to-all-instances", "/destinations/1"),
        ("name-replaced", "/destinations/2/key"),
    ]


def test_a_custom_destination_is_taken_as_written() -> None:
    """The key of a custom destination is not looked up, even if the catalogue has it."""
    custom = {"web": "device"}
    destinations = [{"key": "mixpanel", "custom": custom}, {"key": "Facebook Pixel", "custom": custom}]
    plan = read_plan(destinations=destinations)
    assert [entry.key for entry in plan.destinations] == ["mixpanel", "Facebook Pixel"]
    assert notes_of(destinations=destinations) == []


def test_an_event_may_name_a_custom_destination_of_its_plan_in_another_case() -> None:
    """The name is accepted in another case if exactly one destination of the plan fits."""
    event = {"name": "a", "destinations": ["our  TOOL"]}
    ours = {"key": "Our Tool", "custom": {"server": "cloud"}}
    assert read_plan(destinations=[ours], events=[event]).events[0].destinations == ("Our Tool",)
    two = [ours, {"key": "OUR TOOL", "custom": {"server": "cloud"}}]
    with pytest.raises(DocumentError):
        read_plan(destinations=two, events=[event])


def test_a_mode_is_kept_where_there_is_a_choice() -> None:
    """Every destination of the catalogue with two modes keeps the chosen mode, on the web and in apps."""
    for row in CATALOGUE.values():
        for kind in ("web", "mobile"):
            for mode in ("device", "cloud"):
                destinations = [{"key": row.key, f"{kind}_mode": mode}]
                if len(row.reaches(kind)) == 2:
                    assert getattr(read_plan(destinations=destinations).destinations[0], f"{kind}_mode") == mode
                else:
                    with pytest.raises(DocumentError):
                        read_plan(destinations=destinations)


def test_notes_have_known_finding_codes() -> None:
    """The severity of a note is the one that the list of findings gives its code."""
    reading = read(b'{"format": "tracking-plan/1", "sources": {"server": "node"}}')
    assert [note.severity for note in reading.notes] == [FINDINGS["library-replaced"].severity]
    assert reading.notes[0].message == "“node” was read as “analytics-node”."


def _nested(count: int) -> dict[str, Any]:
    return {"name": "outer", "type": "object", "properties": [{"name": "inner"}] * (count - 1)}


def _custom(count: int) -> list[dict[str, Any]]:
    return [{"key": f"Ours {number}", "custom": {"server": "cloud"}} for number in range(count)]


LIMITS: dict[str, tuple[Any, int, str]] = {
    "events": (lambda n: {"events": [{"name": "a"}] * n}, 10_000, "/events"),
    "destinations": (lambda n: {"destinations": _custom(n)}, 200, "/destinations"),
    "properties": (
        lambda n: {"events": [{"name": "a", "properties": [{"name": "p"}] * n}]},
        500,
        "/events/0/properties",
    ),
    "properties, inner ones": (
        lambda n: {"events": [{"name": "a", "properties": [_nested(n)]}]},
        500,
        "/events/0/properties",
    ),
    "plan name": (lambda n: {"name": "é" * n}, 500, "/name"),
    "event name": (lambda n: {"events": [{"name": "👧" * n}]}, 500, "/events/0/name"),
    "description": (lambda n: {"description": "a" * n}, 10_000, "/description"),
    "reason": (lambda n: {"dismissed": [{"code": "a", "reason": "a" * n}]}, 10_000, "/dismissed/0/reason"),
    "labels": (lambda n: {"events": [{"name": "a", "labels": {str(i): "" for i in range(n)}}]}, 50, "/events/0/labels"),
    "label": (lambda n: {"events": [{"name": "a", "labels": {"a": "b" * n}}]}, 200, "/events/0/labels/a"),
}


@pytest.mark.parametrize(("members", "most", "pointer"), LIMITS.values(), ids=LIMITS)
def test_a_value_exactly_at_a_limit_is_accepted(members: Any, most: int, pointer: str) -> None:
    """One more than the limit is refused, with a message that states the limit."""
    assert write(read_plan(**members(most)))
    with pytest.raises(DocumentError) as caught:
        read_plan(**members(most + 1))
    assert [(problem.code, problem.pointer) for problem in caught.value.errors] == [("limit", pointer)]
    assert f"{most:,}" in caught.value.errors[0].message


def test_names_of_ten_thousand_characters_are_refused_in_one_line() -> None:
    """The message shows only the beginning of a long name."""
    long = "a" * 10_000
    members = {"sources": {"server": long}, "destinations": [{"key": long}], "events": [{"name": long, "call": long}]}
    with pytest.raises(DocumentError) as caught:
        read_plan(**members)
    assert len(caught.value.errors) == 5
    assert all(len(problem.message) < 500 for problem in caught.value.errors)
