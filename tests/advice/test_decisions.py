"""A team's decision: the calls follow it, pages and exports show both, and one whose advice changed is flagged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.formats import EXPORTS
from advisor.model import Against, Decision, Destination, Event, Plan, Recommendation
from owned_plans import PIXEL, SHOP, event_ids, own, plan_of
from page_client import PageClient

PAID = SHOP.events[1]
"""Advised on both sides, while its answers stay."""
DECIDED = Decision(placement="client", reason="No backend before spring", author="Ann", date="2026-11-24")


def _decide(app: Flask, client: PageClient) -> tuple[str, str]:
    """Send the form that decides, on the page of the event, and return the id of the plan and the address of the event."""
    plan_id = own(app, client)
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[1]}"
    client.get(path)
    client.submit(path, placement="client", decision_reason=DECIDED.reason, decision_author=DECIDED.author)
    return plan_id, path


def test_a_decision_changes_the_calls_but_not_the_advice(app: Flask, client: PageClient) -> None:
    """The calls follow the placement that was decided; the recommendation and its reasons stay the same."""
    plan_id, _ = _decide(app, client)
    before, after = (advise(plan).events[1] for plan in (SHOP, plan_of(app, plan_id)))
    assert isinstance(before.recommendation, Recommendation)
    assert isinstance(after.recommendation, Recommendation)
    for field in ("placement", "strength", "settled", "reasons", "tradeoffs", "decisive", "flips"):
        assert getattr(after.recommendation, field) == getattr(before.recommendation, field)
    assert {call.side for call in before.recommendation.calls} == {"client", "server"}
    assert {call.side for call in after.recommendation.calls} == {"client"}


def test_the_page_shows_the_decision_beside_the_advice(app: Flask, client: PageClient) -> None:
    """The page shows who decided what, when and why, and the advice still comes first."""
    _, path = _decide(app, client)
    client.get(path)
    said = client.page.root.by_class("verdict")[0].text
    assert DECIDED.reason in said
    assert "Ann" in said
    assert "Your team sends" in said
    assert "client" in said
    assert "both" in client.page.root.by_id("advice").text.lower()


@pytest.mark.parametrize("key", EXPORTS)
def test_exports_show_the_advice_and_the_decision(key: str) -> None:
    """Every format that has room for decisions shows the recommendation, the decision, its reason and its author."""
    plan = advise(replace(SHOP, events=(replace(PAID, decision=DECIDED),)))
    written = EXPORTS[key].write(plan).decode()
    assert DECIDED.reason in written
    assert DECIDED.author in written
    assert "both" in written.lower()
    assert "client" in written.lower()


CHANGES: dict[str, Callable[[Plan], Plan]] = {
    "an answer": lambda plan: replace(
        plan, events=(replace(plan.events[0], answers=plan.events[0].answers | {"sensitive": "yes"}),)
    ),
    "a destination": lambda plan: replace(plan, destinations=(Destination(key="Mixpanel"),)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_decision_whose_advice_changed_is_flagged(app: Flask, client: PageClient, what: str) -> None:
    """The plan's findings and the event's page flag the decision until someone confirms it or follows the advice."""
    advised = advise(replace(SHOP, events=(PAID,))).events[0].recommendation
    assert isinstance(advised, Recommendation)
    made = replace(DECIDED, against=Against(placement=advised.placement, ruleset=advised.ruleset))
    plan = replace(SHOP, events=(replace(PAID, decision=made),))
    assert _flags(plan) == []
    changed = CHANGES[what](plan)
    assert _flags(changed) == ["/events/0/decision"]
    plan_id = own(app, client, changed)
    client.get(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}")
    assert "Look again" in client.page.root.by_id("advice").text
    client.get(f"/plans/{plan_id}/findings")
    pressed = next(
        form
        for form in client.page.root.all("form")
        if form.all("button") and form.first("button").text == "Keep the decision"
    )
    client.post(
        pressed["action"], data={each["name"]: each["value"] for each in pressed.all("input")}, follow_redirects=True
    )
    kept = plan_of(app, plan_id)
    assert _flags(kept) == []
    assert kept.events[0].decision is not None
    assert replace(kept.events[0].decision, against=made.against) == made


def _flags(plan: Plan) -> list[str]:
    event: Event = advise(plan).events[0]
    assert isinstance(event.recommendation, Recommendation)
    return [item.pointer for item in event.recommendation.findings if item.code == "decision-outdated"]


def test_a_decision_against_a_must_is_obeyed_and_flagged(app: Flask, client: PageClient) -> None:
    """A decision may take a payment off the server; the plan then has an error that says so."""
    plan_id, _ = _decide(app, client)
    client.get(f"/plans/{plan_id}/findings")
    assert "takes a payment off the server" in client.page.root.by_id("findings").text
    assert PIXEL in {item.destination for item in advise(plan_of(app, plan_id)).events[1].recommendation.deliveries}  # type: ignore[union-attr]  # advised
