"""The losses of a side are shown with their source, and what the code does about them is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import advise
from advisor.advice.losses import losses
from advisor.knowledge.citations import ADVERTISING_FUNNEL, CITATIONS, COMMON_FIELDS
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event, Plan, Property, Sources, placement_in_force

answers = st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]))


@given(given_answers=answers, client=st.sampled_from([("analytics.js",), ("kotlin",), ("analytics.js", "swift")]))
def test_each_side_that_makes_a_call_gives_something_up(given_answers: dict, client: tuple[str, ...]) -> None:
    """Losses are those of the sides in force and of no other; every one is cited, and says what it costs."""
    plan = advise(
        Plan(sources=Sources(client=client, server="analytics-node"), events=(Event(name="E", answers=given_answers),))
    )
    (event,) = plan.events
    told = losses(plan, event)
    assert {loss.side for loss in told} == (
        {"client", "server"} if placement_in_force(event) == "both" else {placement_in_force(event)}
    )
    assert all(loss.citation in CITATIONS and loss.what and loss.cost for loss in told)


def _told(event: Event) -> dict[str, str]:
    plan = advise(Plan(sources=Sources(client=("analytics.js",), server="analytics-node"), events=(event,)))
    return {loss.citation: loss.answer for loss in losses(plan, plan.events[0])}


def test_context_is_lost_unless_it_is_handed_off() -> None:
    """The loss names what the hand-off carries, or nothing without a hand-off."""
    with_it = _told(Event(name="E", answers={"payment": "yes", "needs_client_context": "yes"}))
    without = _told(Event(name="E", answers={"payment": "yes"}))
    assert with_it[COMMON_FIELDS].startswith("The server call carries campaign, page and referrer, browser, IP address")
    assert without[COMMON_FIELDS] == ""


def test_for_an_absent_user_only_stored_values_are_left() -> None:
    """Values of the hand-off are those of an earlier visit where the user is absent."""
    told = _told(Event(name="E", answers={"user_absent": "yes", "needs_cookies": "yes"}))
    assert "stored while the user was present" in told[COMMON_FIELDS]


def test_blockers_have_no_remedy_without_a_server_call() -> None:
    """Only a server call replaces the lost client calls."""
    assert _told(Event(name="E", answers={"browser_only": "yes"}))[ADVERTISING_FUNNEL] == ""
    both = _told(Event(name="E", answers={"payment": "yes", "client_only_destination": "yes"}))
    assert both[ADVERTISING_FUNNEL]


def test_withheld_properties_are_counted() -> None:
    """What the client call leaves out is said."""
    hidden = (Property(name="email", sensitive=True), Property(name="phone", sensitive=True))
    told = _told(Event(name="E", answers={"browser_only": "yes"}, properties=hidden))
    assert "2 properties are left out of the client call, and its comment names them." in told.values()


def test_an_event_without_advice_has_no_losses_yet() -> None:
    """Losses belong to calls, and calls come from advice."""
    with pytest.raises(TypeError):
        losses(Plan(), Event(name="E"))
