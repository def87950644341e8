"""A wrong document is refused with every problem and its place."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.document import DocumentError, check, read, schema
from advisor.knowledge.catalogue import CATALOGUE, STORAGE
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event, Plan, Property
from plan_documents import json_values, plan_trees

VALIDATOR = jsonschema.Draft202012Validator(schema())

NOT_JSON: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "not-json"),
    "cut off": (b'{"format": "tracking', "not-json"),
    "trailing comma": (b'{"format": "tracking-plan/1",}', "not-json"),
    "two values": (b"{} {}", "not-json"),
    "control character in a text": (b'{"a": "\n"}', "not-json"),
    "NaN": (b'{"a": NaN}', "not-json"),
    "Infinity": (b'{"a": [Infinity]}', "not-json"),
    "-Infinity": (b'{"a": -Infinity}', "not-json"),
    "a float out of range": (b'{"a": 1e400}', "number-range"),
    "a negative float out of range": (b'{"a": -1e400}', "number-range"),
    "an integer out of range": (b'{"a": ' + b"9" * 400 + b"}", "number-range"),
    "an integer that Python would not print": (b'{"a": ' + b"9" * 10_000 + b"}", "number-range"),
    "latin-1": ('{"name": "Bücher"}'.encode("latin-1"), "encoding"),
    "UTF-16": ('{"name": "Bücher"}'.encode("utf-16"), "encoding"),
    "a surrogate in UTF-8": (b'{"name": "\xed\xa0\x80"}', "encoding"),
    "an escaped high surrogate alone": (rb'{"name": "\ud800"}', "encoding"),
    "an escaped low surrogate alone": (rb'{"name": "a\udc00b"}', "encoding"),
    "a lone surrogate in a key": (rb'{"\ud800": 1}', "encoding"),
    "a doubled key": (b'{"a": 1, "a": 1}', "duplicate-key"),
    "a doubled key with escapes": (rb'{"a": 1, "\u0061": 1}', "duplicate-key"),
    "65 levels": (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", "too-deep"),
    "2,000 levels": (b"[" * 2_000 + b"]" * 2_000, "too-deep"),
    "2,000 levels of objects": (b'{"a":' * 2_000 + b"1" + b"}" * 2_000, "too-deep"),
    "a million levels": (b"[" * 1_000_000, "too-deep"),
}


def refusal(document: bytes | dict[str, Any]) -> DocumentError:
    """Return the error with which a document is refused."""
    with pytest.raises(DocumentError) as caught:
        read(document if isinstance(document, bytes) else json.dumps(document).encode())
    return caught.value


def plan_with(**members: Any) -> dict[str, Any]:
    """Return a small plan with these members."""
    return {"format": "tracking-plan/1", **members}


def event_with(**members: Any) -> dict[str, Any]:
    """Return a small plan whose only event has these members."""
    return plan_with(
        sources={"client": ["analytics.js"]},
        destinations=[{"key": "Mixpanel"}],
        events=[{"name": "Order Completed", **members}],
    )


@pytest.mark.parametrize(("document", "code"), NOT_JSON.values(), ids=NOT_JSON)
def test_input_that_is_not_json_is_refused(document: bytes, code: str) -> None:
    """Other input is refused with an error: the reader neither crashes nor guesses."""
    error = refusal(document)
    assert (error.kind, {problem.code for problem in error.errors}) == ("json", {code})


def test_every_duplicate_key_is_named() -> None:
    """A duplicate key is named with its place, at any depth."""
    error = refusal(b'{"a": [{"b": 1, "b": 2}], "c/d": {"~": 1, "~": 1}, "e": 1, "e": {"f": 1, "f": 1}}')
    assert [problem.pointer for problem in error.errors] == ["/e", "/a/0/b", "/c~1d/~0", "/e/f"]


def test_a_document_over_the_limit_is_refused_before_it_is_read() -> None:
    """The limit counts bytes, and one byte over it is refused."""
    document = b'{"format": "tracking-plan/1"}'
    assert read(document, max_body=len(document)).plan.events == ()
    with pytest.raises(DocumentError) as caught:
        read(document, max_body=len(document) - 1)
    assert caught.value.kind == "size"


def test_a_document_of_64_levels_is_read() -> None:
    """The plan counts as the first level and its `extra` as the second."""
    inside: Any = 1
    for _ in range(62):
        inside = [inside]
    assert read(json.dumps(plan_with(extra={"deep": inside})).encode()).plan.extra == {"deep": inside}
    # The same as an unknown key has 63 levels, and 64 under extra, where it moves.
    assert read(json.dumps(plan_with(deep=inside)).encode()).plan.extra == {"deep": inside}
    assert [(p.code, p.pointer) for p in refusal(plan_with(deep=[inside])).errors] == [("too-deep", "/deep")]


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no format": ({"name": "Shop"}, "format", ""),
    "another major version": ({"format": "tracking-plan/2"}, "format", "/format"),
    "another format": ({"format": "reflekt/1"}, "format", "/format"),
    "a format that is no text": ({"format": 1}, "format", "/format"),
    "plan: a number as name": (plan_with(name=3), "type", "/name"),
    "plan: a blank name": (plan_with(name=" \t\n"), "blank", "/name"),
    "plan: warehouse as text": (plan_with(warehouse="yes"), "type", "/warehouse"),
    "plan: events as an object": (plan_with(events={}), "type", "/events"),
    "plan: extra as a list": (plan_with(extra=[]), "type", "/extra"),
    "plan: the same key unknown and in extra": (plan_with(owner=1, extra={"owner": 1}), "extra-conflict", "/owner"),
    "naming: an unknown key": (plan_with(naming={"event": "x"}), "unknown-key", "/naming/event"),
    "dismissed: no code": (plan_with(dismissed=[{}]), "required", "/dismissed/0"),
    "dismissed: an unknown key": (plan_with(dismissed=[{"code": "a", "x": 1}]), "unknown-key", "/dismissed/0/x"),
    "sources: an unknown key": (plan_with(sources={"servers": []}), "unknown-key", "/sources/servers"),
    "sources: an unknown library": (plan_with(sources={"client": ["jquery"]}), "unknown-library", "/sources/client/0"),
    "sources: a server library among the client ones": (
        plan_with(sources={"client": ["node"]}),
        "wrong-side",
        "/sources/client/0",
    ),
    "sources: a client library as the server": (
        plan_with(sources={"server": "swift"}),
        "wrong-side",
        "/sources/server",
    ),
    "sources: a library twice": (
        plan_with(sources={"client": ["analytics.js", "@segment/analytics-next"]}),
        "duplicate",
        "/sources/client/1",
    ),
    "destination: no key": (plan_with(destinations=[{}]), "required", "/destinations/0"),
    "destination: a blank key": (plan_with(destinations=[{"key": " "}]), "blank", "/destinations/0/key"),
    "destination: unknown": (
        plan_with(destinations=[{"key": "Mixpanle"}]),
        "unknown-destination",
        "/destinations/0/key",
    ),
    "destination: the same with other settings": (
        plan_with(destinations=[{"key": "Mixpanel"}, {"key": "mixpanel", "web_mode": "cloud"}]),
        "duplicate",
        "/destinations/1",
    ),
    "destination: 1 is not true": (
        plan_with(destinations=[{"key": "Mixpanel", "x": 1}, {"key": "Mixpanel", "x": True}]),
        "duplicate",
        "/destinations/1",
    ),
    "destination: a mode without a choice": (
        plan_with(destinations=[{"key": "Facebook Pixel", "web_mode": "device"}]),
        "mode",
        "/destinations/0/web_mode",
    ),
    "destination: a mode of a custom one": (
        plan_with(destinations=[{"key": "Ours", "custom": {"web": "device"}, "mobile_mode": "cloud"}]),
        "mode",
        "/destinations/0/mobile_mode",
    ),
    "destination: an unknown mode": (
        plan_with(destinations=[{"key": "Mixpanel", "web_mode": "none"}]),
        "choice",
        "/destinations/0/web_mode",
    ),
    "custom: an unknown source type": (
        plan_with(destinations=[{"key": "Ours", "custom": {"desktop": "cloud"}}]),
        "unknown-key",
        "/destinations/0/custom/desktop",
    ),
    "custom: device on a server": (
        plan_with(destinations=[{"key": "Ours", "custom": {"server": "device"}}]),
        "choice",
        "/destinations/0/custom/server",
    ),
    "event: no name": (plan_with(events=[{}]), "required", "/events/0"),
    "event: no object": (plan_with(events=["Order Completed"]), "type", "/events/0"),
    "event: another call": (event_with(call="trak"), "choice", "/events/0/call"),
    "event: a label that is no text": (event_with(labels={"a/b": 1}), "type", "/events/0/labels/a~1b"),
    "event: a label without a name": (event_with(labels={"": "x"}), "blank", "/events/0/labels/"),
    "event: a number in a list of labels": (event_with(labels={"a": ["x", 1]}), "type", "/events/0/labels/a/1"),
    "event: a label that is too long in a list": (
        event_with(labels={"a": ["x", "y" * 201]}),
        "limit",
        "/events/0/labels/a/1",
    ),
    "event: too many texts in a label": (event_with(labels={"a": ["x"] * 201}), "limit", "/events/0/labels/a"),
    "event: half a version": (event_with(version=1.5), "type", "/events/0/version"),
    "event: true as a version": (event_with(version=True), "type", "/events/0/version"),
    "event: practice without a placement": (event_with(practice={}), "required", "/events/0/practice"),
    "event: an unknown key of practice": (
        event_with(practice={"placement": "client", "x": 1}),
        "unknown-key",
        "/events/0/practice/x",
    ),
    "event: an unknown status": (event_with(status="done"), "choice", "/events/0/status"),
    "event: a list of owners": (event_with(owner=["Ada"]), "type", "/events/0/owner"),
    "destination: a list of consent categories": (
        plan_with(destinations=[{"key": "Mixpanel", "consent": ["ads"]}]),
        "type",
        "/destinations/0/consent",
    ),
    "property: an unknown kind of personal data": (
        event_with(properties=[{"name": "a", "personal": "shoe size"}]),
        "choice",
        "/events/0/properties/0/personal",
    ),
    "property: a name of 501 characters": (
        event_with(properties=[{"name": "a" * 501}]),
        "limit",
        "/events/0/properties/0/name",
    ),
    "common: no list": (plan_with(common={"name": "a"}), "type", "/common"),
    "common: an unknown type": (
        plan_with(common=[{"name": "a", "type": "strng"}]),
        "property-type",
        "/common/0/type",
    ),
    "common: too many properties": (
        plan_with(common=[{"name": "a", "properties": [{"name": "b"}] * 500}]),
        "limit",
        "/common",
    ),
    "answers: an unknown question": (event_with(answers={"paymnt": "yes"}), "unknown-key", "/events/0/answers/paymnt"),
    "answers: true": (event_with(answers={"payment": True}), "type", "/events/0/answers/payment"),
    "answers: maybe": (event_with(answers={"payment": "maybe"}), "choice", "/events/0/answers/payment"),
    "suggested: an unknown question": (event_with(suggested=["paymnt"]), "unknown-question", "/events/0/suggested/0"),
    "event sources: not of the plan": (event_with(sources=["swift"]), "not-in-plan", "/events/0/sources/0"),
    "event sources: every": (event_with(sources="every"), "choice", "/events/0/sources"),
    "event destinations: not of the plan": (
        event_with(destinations=["Drift"]),
        "not-in-plan",
        "/events/0/destinations/0",
    ),
    "event destinations: All": (event_with(destinations=["All"]), "not-a-destination", "/events/0/destinations/0"),
    "event destinations: one twice": (
        event_with(destinations=["Mixpanel", "mixpanel"]),
        "duplicate",
        "/events/0/destinations/1",
    ),
    "property: no name": (event_with(properties=[{}]), "required", "/events/0/properties/0"),
    "property: an unknown type": (
        event_with(properties=[{"name": "a", "type": "string|strng"}]),
        "property-type",
        "/events/0/properties/0/type",
    ),
    "property: a list among the values": (
        event_with(properties=[{"name": "a", "values": [1, []]}]),
        "type",
        "/events/0/properties/0/values/1",
    ),
    "property inside a property: required as text": (
        event_with(properties=[{"name": "a", "properties": [{"name": "b", "required": "yes"}]}]),
        "type",
        "/events/0/properties/0/properties/0/required",
    ),
    "decision: no placement": (event_with(decision={}), "required", "/events/0/decision"),
    "decision: a date in words": (
        event_with(decision={"placement": "client", "date": "yesterday"}),
        "date",
        "/events/0/decision/date",
    ),
    "decision: an unknown key against": (
        event_with(decision={"placement": "client", "against": {"placement": "client", "x": 1}}),
        "unknown-key",
        "/events/0/decision/against/x",
    ),
}


@pytest.mark.parametrize(("document", "code", "pointer"), WRONG.values(), ids=WRONG)
def test_each_problem_is_named_with_its_place(document: dict[str, Any], code: str, pointer: str) -> None:
    """One mistake is one problem with a code, a pointer, and a sentence on one line."""
    error = refusal(document)
    assert error.kind == "plan"
    assert [(problem.code, problem.pointer) for problem in error.errors] == [(code, pointer)]
    assert error.errors[0].message.isprintable()


def test_a_refused_choice_names_the_others_in_words() -> None:
    """An empty text is named as such, and never as a gap in the list."""
    [problem] = refusal(event_with(properties=[{"name": "a", "personal": "helth"}])).errors
    assert problem.message.endswith("health, identity, location, or an empty text. Did you mean health?")
    [problem] = refusal(event_with(status="done")).errors
    assert problem.message.endswith("is not one of agreed, implemented, proposed.")


@pytest.mark.parametrize("document", [[], None, "plan", 1, True])
def test_a_plan_must_be_an_object(document: object) -> None:
    """Any other JSON value is refused with the message that it is not a plan."""
    error = refusal(json.dumps(document).encode())
    assert (error.kind, error.errors[0].pointer) == ("plan", "")


def test_all_problems_are_listed_in_the_order_of_the_document() -> None:
    """Problems of shape and problems of meaning are listed together, in the order of the document."""
    document = plan_with(
        warehouse="yes",
        events=[
            {"call": "trak", "answers": {"paymnt": "yes", "payment": 1}, "destinations": ["Drift"]},
            {"name": "Fine"},
            {"name": "", "properties": [{"name": "a", "type": "x"}, 3]},
        ],
        sources={"client": ["node"]},
    )
    assert [problem.pointer for problem in refusal(document).errors] == [
        "/warehouse",
        "/events/0",
        "/events/0/call",
        "/events/0/answers/paymnt",
        "/events/0/answers/payment",
        "/events/0/destinations/0",
        "/events/2/name",
        "/events/2/properties/0/type",
        "/events/2/properties/1",
        "/sources/client/0",
    ]


@pytest.mark.parametrize("wrong", [{"name": 3}, {"name": "a", "answers": {"x": "yes"}}], ids=["shape", "meaning"])
def test_at_most_a_hundred_problems_are_listed(wrong: dict[str, Any]) -> None:
    """Of more problems, the first hundred are listed."""
    error = refusal(plan_with(events=[wrong] * 5_000))
    assert len(error.errors) == 100
    assert error.errors[-1].pointer.startswith("/events/99/")


def test_a_refused_destination_is_not_refused_again_by_its_events() -> None:
    """One mistake is one problem, even if a thousand events repeat it."""
    slip = {"name": "a", "destinations": ["Mixpanle"], "sources": ["jquery"]}
    document = plan_with(sources={"client": ["jquery"]}, destinations=[{"key": "Mixpanle"}], events=[slip] * 1_000)
    assert [problem.pointer for problem in refusal(document).errors] == ["/sources/client/0", "/destinations/0/key"]


def test_a_number_that_must_be_whole_is_asked_for() -> None:
    """The message says which numbers are allowed."""
    (problem,) = refusal(event_with(version=1.5)).errors
    assert problem.message == "Expected a whole number, text or null, not a number."


def test_an_unknown_destination_names_the_nearest_key() -> None:
    """The message helps a person who wrote the key from memory."""
    message = refusal(plan_with(destinations=[{"key": "Facebok Pixel"}])).errors[0].message
    assert "“Facebook Pixel”" in message


def test_an_unknown_library_lists_the_keys_of_its_side() -> None:
    """The message lists all library keys of the side."""
    message = refusal(plan_with(sources={"server": "cobol"})).errors[0].message
    assert all(key in message for key, library in LIBRARIES.items() if library.side == "server")


def test_an_unknown_question_names_the_nearest() -> None:
    """The message names the nearest question and lists all questions."""
    message = refusal(event_with(answers={"paymnt": "yes"})).errors[0].message
    assert "Did you mean payment?" in message
    assert all(key in message for key in QUESTION_KEYS)


REFUSED = ["All", "all", "ALL", "Segment.io", "segment.io", "Warehouses", " warehouses "]
REFUSED += sorted({row.name for row in STORAGE})


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("custom", [None, {"server": "cloud"}], ids=["catalogue", "custom"])
def test_names_that_cannot_be_destinations_are_refused(name: str, custom: dict[str, str] | None) -> None:
    """Words of the integrations object are refused, and so are warehouses, which are one switch of the plan."""
    assert name not in CATALOGUE
    problem = refusal(plan_with(destinations=[{"key": name, "custom": custom}])).errors[0]
    assert (problem.code, problem.pointer) == ("not-a-destination", "/destinations/0/key")


def test_a_plan_built_by_a_program_is_checked_as_well() -> None:
    """Any content of its structs is checked: values that are not JSON, wrong types, and unknown names."""
    wrong = {
        "number-range": Plan(events=(Event(name="a", properties=(Property(name="b", values=(float("nan"),)),)),)),
        "encoding": Plan(name="\ud800"),
        "blank": Plan(name=" "),
        "limit": Plan(description="a" * 10_001),
        "not-in-plan": Plan(events=(Event(name="a", destinations=("Mixpanel",)),)),
    }
    for code, plan in wrong.items():
        with pytest.raises(DocumentError) as caught:
            check(plan)
        assert [problem.code for problem in caught.value.errors] == [code]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_no_bytes_cause_a_crash(document: bytes) -> None:
    """Any bytes are read as a plan or refused."""
    with pytest.raises(DocumentError):
        read(document)


@settings(max_examples=40)
@given(plan_trees(), st.data())
def test_a_value_in_the_wrong_place_is_refused_as_the_schema_refuses_it(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    """What the schema refuses is refused with a place that exists, and the schema accepts what is read."""
    holder, key = data.draw(st.sampled_from(_places(tree)))
    holder[key] = data.draw(json_values)
    refused = _refused(tree)
    assert VALIDATOR.is_valid(tree) or refused is not None
    if refused is not None:
        assert refused.kind == "plan"
        assert all(_exists(tree, problem.pointer) for problem in refused.errors)


def _refused(tree: Any) -> DocumentError | None:
    try:
        read(msgspec.json.encode(tree))
    except DocumentError as error:
        return error
    return None


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Return every place of a JSON value as its holder and key, except those inside an `extra`."""
    found = []
    for key, member in node.items() if isinstance(node, dict) else enumerate(node):
        found.append((node, key))
        if isinstance(member, dict | list) and key != "extra":
            found += _places(member)
    return found


def _exists(tree: Any, pointer: str) -> bool:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        try:
            tree = tree[int(key)] if isinstance(tree, list) else tree[key]
        except (KeyError, IndexError, ValueError, TypeError):
            return False
    return True
