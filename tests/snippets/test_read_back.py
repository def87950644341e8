"""The check reads every snippet and finds exactly the integrations object of the advice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.explain import Inquiry, explain
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Event, Plan, Recommendation
from advisor.snippets import snippet
from advisor.snippets.content import content_of
from advisor.snippets.values import Handed, Settings

from .golden_plan import plan as golden_plan
from .samples import advised, calls_of, handed_plan, hostile_plan, properties, shop, texts

SERVERS = [key for key, library in LIBRARIES.items() if library.side == "server"]


def _reads_back(plan: Plan, library: str) -> int:
    """Assert it for all calls of the library. Returns how many there were."""
    count = 0
    for event in plan.events:
        assert isinstance(event.recommendation, Recommendation)
        for call in event.recommendation.calls:
            if call.library == library and event.call in LIBRARIES[library].code.calls:
                text = snippet(plan, event, call).text
                found = explain(Inquiry(object=text, library=library))
                assert found.effective is not None, text
                assert _known(found.effective) == _meant(dict(content_of(event, call).integrations)), text
                assert found.call == event.call
                count += 1
    return count


def _meant(value: Any) -> Any:
    """Return what the code says. Values of the hand-off are known at run time only; settings of them are an object or true."""
    if isinstance(value, Settings):
        return _meant(value.options)
    if isinstance(value, dict):
        return {key: _meant(each) for key, each in value.items()}
    return "unknown" if isinstance(value, Handed) else value


def _known(value: Any) -> Any:
    """The answer, with every name as ``unknown``; the objects of the advice hold no texts."""
    if isinstance(value, dict):
        return {key: _known(each) for key, each in value.items()}
    return "unknown" if isinstance(value, str) else value


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_snippet_is_read_back(library: str) -> None:
    """In all call types, with open and closed objects, with any names."""
    assert _reads_back(hostile_plan(library), library) >= len(calls_of(library))
    assert _reads_back(golden_plan(library), library)


@pytest.mark.parametrize("library", SERVERS)
def test_snippets_with_a_hand_off_are_read_back(library: str) -> None:
    """What the hand-off gives at run time is unknown, and everything else is as the advice has it."""
    assert _reads_back(handed_plan(library), library)
    assert _reads_back(shop(library), library)


def test_snippets_of_the_client_half_are_read_back() -> None:
    """Beside a server half, with ids that both share."""
    assert _reads_back(shop("analytics-node"), "analytics.js")


@given(st.sampled_from(list(LIBRARIES)), texts, properties(1), st.booleans())
def test_any_names_are_read_back(library: str, name: str, items: tuple[Any, ...], sensitive: bool) -> None:
    """Names that try to end a text, a comment or a call leave the object where it is."""
    answers = {"sensitive": "yes"} if sensitive else {}
    calls = [call for call in calls_of(library) if call in LIBRARIES[library].code.calls]
    events = (
        Event(name=name, call=call, properties=items, answers=answers, destinations=("Mixpanel",)) for call in calls
    )
    assert _reads_back(advised(library, *events), library)
