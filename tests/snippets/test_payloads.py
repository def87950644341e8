"""The code says what the advice promises: exact names, exact objects, in the place where the library reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Event
from advisor.snippets import snippet

from .evaluation import COMMANDS, HANDOFF, evaluator, pixel_calls, python_calls, shell_calls
from .promises import arrived, keeps
from .samples import HOSTILE, advised, calls_of, events_with_all_objects, properties, shop, single_call, texts

Calls = Callable[[str], list[Any]]
WITHOUT_PROCESS: dict[str, Calls] = {"python": python_calls, "shell": shell_calls, "html": pixel_calls}
EVALUATED = [key for key, library in LIBRARIES.items() if library.code.language in {*COMMANDS, *WITHOUT_PROCESS}]
HANDED = ["analytics-node", "analytics-python", "analytics-ruby", "analytics-php"]


@pytest.fixture(scope="module")
def calls(request: pytest.FixtureRequest) -> Iterator[tuple[str, Calls]]:
    """A library, and what runs its snippets."""
    language = LIBRARIES[request.param].code.language
    if language in WITHOUT_PROCESS:
        yield request.param, WITHOUT_PROCESS[language]
    else:
        with evaluator(language) as process:
            yield request.param, process.calls


def _kept(library: str, run: Calls, event: Event) -> None:
    plan = advised(library, event)
    (advised_event,) = plan.events
    call = single_call(advised_event)
    code = snippet(plan, advised_event, call).text
    keeps(arrived(library, run(code)), advised_event, call)


@pytest.mark.parametrize("calls", EVALUATED, indirect=True)
def test_hostile_names_arrive_as_they_are(calls: tuple[str, Calls]) -> None:
    """Every hostile text, as name of an event in every call type and with every kind of object."""
    library, run = calls
    for text in HOSTILE:
        for event in events_with_all_objects(library, text):
            _kept(library, run, event)


@pytest.mark.parametrize("calls", EVALUATED, indirect=True)
@given(data=st.data())
def test_any_event_arrives_as_promised(calls: tuple[str, Calls], data: st.DataObject) -> None:
    """Any names, values, types and nestings arrive, and nothing else does."""
    library, run = calls
    event = Event(
        name=data.draw(texts),
        call=data.draw(st.sampled_from(calls_of(library))),
        properties=data.draw(properties()),
        answers=data.draw(st.sampled_from([{}, {"sensitive": "yes"}])),
        destinations=data.draw(st.sampled_from(["all", ("Mixpanel",), ()])),
    )
    _kept(library, run, event)


@pytest.mark.parametrize("calls", HANDED, indirect=True)
def test_the_server_passes_the_hand_off_on(calls: tuple[str, Calls]) -> None:
    """Ids, context, vendor ids and properties that only the client knows come from the hand-off; the messageId does
    not.
    """
    library, run = calls
    plan = shop(library)
    order = plan.events[0]
    server = next(call for call in order.recommendation.calls if call.side == "server")
    said = arrived(library, run(snippet(plan, order, server).text))
    assert (said["anonymousId"], said["userId"]) == (HANDOFF["anonymousId"], HANDOFF["userId"])
    assert said["context"] == HANDOFF["context"]
    assert (
        said["properties"] | {"fbp": "handed-fbp", "event_id": "handed-event", "coupon seen": False}
        == said["properties"]
    )
    assert "fbc" not in said["properties"], "what was not sent is left out: a null would be a value"
    assert said["integrations"]["Actions Amplitude"] == {"session_id": 7}
    assert "messageId" not in said
