"""Ids that a destination reads from the integrations object replace true there, in every server library."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.advice import advise
from advisor.knowledge.handed_values import VALUES
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Destination, Event, Plan, Recommendation, Sources
from advisor.snippets import snippet
from advisor.snippets.content import content_of, setting_of
from advisor.snippets.values import Handed, Settings

from .evaluation import evaluator, python_calls, shell_calls
from .promises import arrived

READ_AMONG_INTEGRATIONS = ("Reddit Conversions Api", "Snap Conversions Api", "Actions Amplitude")
SERVERS = tuple(key for key, library in LIBRARIES.items() if library.side == "server")
EXPECTED = {
    "Reddit Conversions Api": True,
    "Snap Conversions Api": {"click_id": "handed-click"},
    "Actions Amplitude": {"session_id": 7},
}
"""Of Reddit's ids none was sent, of Snapchat's one."""


def advised(*keys: str, server: str = "analytics-node", **event: Any) -> tuple[Plan, Event, Call]:
    """A plan with these destinations, its event, and the server's call."""
    answers = {"payment": "yes", "needs_cookies": "yes"}
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server=server),
            destinations=tuple(Destination(key=key) for key in keys),
            events=(Event(name="Order Completed", answers=answers, **event),),
        )
    )
    (found,) = plan.events
    assert isinstance(found.recommendation, Recommendation)
    return plan, found, found.recommendation.calls[-1]


@pytest.mark.parametrize("library", ["analytics-node", "analytics-python", "analytics-ruby", "analytics-php"])
def test_handed_over_ids_are_written_and_other_entries_stay_true(library: str) -> None:
    """The entry is an object with the ids that were handed over, or true without any."""
    text = snippet(*advised(*READ_AMONG_INTEGRATIONS, server=library)).text
    if library == "analytics-python":
        calls = python_calls(text)
    else:
        with evaluator({"analytics-node": "javascript"}.get(library, library.removeprefix("analytics-"))) as language:
            calls = language.calls(text)
    assert arrived(library, calls)["integrations"] == EXPECTED


def test_the_body_of_a_request_has_a_place_for_each_id() -> None:
    """Where nothing can be computed, the comment says what to do with the rest."""
    plan, event, call = advised(*READ_AMONG_INTEGRATIONS, server="http-api")
    text = snippet(plan, event, call).text
    ((_, body),) = shell_calls(text)
    assert body["integrations"]["Snap Conversions Api"] == {
        "click_id": "[handoff.ids ScCid]",
        "uuid_c1": "[handoff.ids scid]",
    }
    assert "it is true" in text


@pytest.mark.parametrize("library", SERVERS)
def test_every_library_reads_every_id(library: str) -> None:
    """None is lost because another one goes to the same destination."""
    text = snippet(*advised(*READ_AMONG_INTEGRATIONS, server=library)).text
    assert all(name in text for name in ("rdt_cid", "rdt_uuid", "ScCid", "scid", "amplitude_session_id"))


@pytest.mark.parametrize(
    "key", sorted({key for value in VALUES if setting_of(value.to) and value.web for key in value.fields})
)
def test_the_document_has_true_where_the_code_has_the_id(key: str) -> None:
    """Values of the document are booleans; a closed object stays closed but for what it names."""
    _, event, call = advised(key, "Mixpanel", destinations=(key,))
    assert all(isinstance(value, bool) for value in call.integrations.values())
    told = content_of(event, call).integrations
    wanted = {name: value for name, value in call.integrations.items() if name != key}
    assert {name: value for name, value in told.items() if name != key} == wanted
    options = told[key]
    assert isinstance(options, Settings)
    assert set(options.options.values()) == {Handed("ids", value.value) for value in VALUES if key in value.fields}


def test_excluded_destinations_stay_false() -> None:
    """An id never switches a destination on that this call must not reach."""
    _, event, call = advised("Actions Amplitude", "Mixpanel", destinations=("Mixpanel",))
    told = content_of(event, call).integrations
    assert told.get("Actions Amplitude") in (None, False)


@pytest.mark.parametrize("library", SERVERS)
def test_the_comment_of_the_server_call_says_what_to_set(library: str) -> None:
    """In the Segment workspace, for what this call delivers."""
    both = ("Facebook Pixel", "Facebook Conversions API (Actions)")
    plan, event, call = advised(*both, server=library)
    of_server = " ".join(snippet(plan, event, call).notes)
    assert "Event ID: $.properties.event_id (default $.messageId)" in of_server
    assert "External ID" not in of_server
    assert isinstance(event.recommendation, Recommendation)
    of_client = " ".join(snippet(plan, event, event.recommendation.calls[0]).notes)
    assert "External ID: on (default off)" in of_client
    assert "$.messageId" not in of_client
