"""Three laws of corrections: they never widen delivery, never contradict the call, and never come without a problem."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st
from test_explain_corrections import OBJECTS, inquiries

from advisor.advice.reach.network import tool
from advisor.explain import Explanation, Inquiry, explain
from advisor.explain.judge.names import name_keys
from advisor.explain.judge.truthiness import meant_boolean
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination

TOOLS = ("Facebook Pixel", "Mixpanel", "Actions Amplitude", "Braze Web Mode (Actions)", "Slack", "Salesforce")
NAMES = (
    *TOOLS,
    *(CATALOGUE[key].name for key in TOOLS),
    "facebook pixel",
    "Facebok Pixel",
    "Mixpanel - EU",
    "GA4",
    "Engage",
)
KEYS = st.sampled_from(["All", "all", "Segment.io", *NAMES])
VALUES = st.sampled_from([True, False, None, 0, 1, "true", "false", {}, {"id": 1}, []])
DENSE = st.dictionaries(KEYS, VALUES, max_size=4)
TEXTS = st.dictionaries(
    KEYS, st.sampled_from(["true", "false", "null", "undefined", "0", "1", "'false'", "{}"]), max_size=4
)
BY_THE_OBJECT = {"key", "all", "salesforce-default", "second-name", "other-name"}


def _code(entries: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{msgspec.json.encode(key).decode()}: {value}" for key, value in entries.items()) + " }"


@st.composite
def dense_inquiries(draw: st.DrawFn) -> Inquiry:
    """Questions in which call and load-time object speak of the same few tools."""
    library = draw(st.sampled_from(["analytics.js", "analytics.js", "analytics-node", "react-native", "ios"]))
    objects = DENSE | TEXTS.map(_code)
    load = draw(st.none() | objects) if library == "analytics.js" else None
    keys = draw(st.lists(st.sampled_from(TOOLS), max_size=4, unique=True))
    return Inquiry(object=draw(objects), library=library, load=load, destinations=tuple(keys))


ANY = inquiries(OBJECTS) | dense_inquiries()


def _corrected(inquiry: Inquiry, answer: Explanation) -> Explanation:
    """The answer to the same question about the corrected objects."""
    named = tuple(Destination(key=each.key) for each in answer.destinations if each.key in CATALOGUE)
    changed = {
        "object": inquiry.object if answer.corrected is None else answer.corrected,
        "load": inquiry.load if answer.corrected_load is None else answer.corrected_load,
        "destinations": inquiry.destinations or named,
    }
    return explain(msgspec.structs.replace(inquiry, **changed))


def _says_yes(key: str, inquiry: Inquiry, answer: Explanation) -> bool:
    tools = {each.key: tool(Destination(key=each.key)) for each in answer.destinations if each.key in CATALOGUE}
    for entries in map(_entries, (inquiry.object, inquiry.load)):
        names = name_keys(entries, tools if inquiry.destinations else {})
        for name, value in entries.items():
            naming = names.naming(name)
            if (naming.meant or name) == key and meant_boolean(value):
                return True
    return False


def _entries(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        from advisor.explain import read_literal

        value = read_literal(given).value
        return value if isinstance(value, dict) else {}
    return given if isinstance(given, dict) else {}


@given(ANY)
@example(
    Inquiry(
        object="{}",
        library="analytics.js",
        load="{ integrations: { Mixpanel: undefined } }",
        destinations=("Mixpanel",),
    )
)
def test_a_correction_never_widens_delivery(inquiry: Inquiry) -> None:
    """Destinations that the object excluded stay excluded, unless the author switched them on under another name."""
    answer = explain(inquiry)
    after = {each.key: each for each in _corrected(inquiry, answer).destinations}
    for before in answer.destinations:
        if before.verdict != "does-not" or before.rule not in BY_THE_OBJECT or before.key not in after:
            continue
        if after[before.key].verdict == "receives":
            assert _says_yes(before.key, inquiry, answer), (
                before,
                after[before.key],
                answer.corrected,
                answer.corrected_load,
            )


@given(ANY)
@example(Inquiry(object={"Actions Amplitude": True}, library="analytics.js", load={"All": False, "Segment.io": True}))
def test_a_correction_never_contradicts_the_call(inquiry: Inquiry) -> None:
    """The correction repeats what the call clearly says of a destination, and the corrected load-time object does
    not deny it.
    """
    answer = explain(inquiry)
    asked = {each.key for each in answer.destinations}
    for key, value in _entries(inquiry.object).items():
        if key in asked and key in CATALOGUE and isinstance(value, bool):
            if answer.corrected is not None and key in answer.corrected:
                assert answer.corrected[key] is value
            if answer.corrected_load is not None and value and _entries(inquiry.load).get(key) is not False:
                assert answer.corrected_load.get(key) is not False


@given(ANY)
def test_a_correction_never_comes_without_a_problem(inquiry: Inquiry) -> None:
    """Without a problem there is no corrected object."""
    answer = explain(inquiry)
    if answer.corrected is not None or answer.corrected_load is not None:
        assert any(each.severity in ("error", "warning") for each in answer.problems), answer
