"""The one next step of a plan's page: there is always one, it can be done, and it is the only primary button."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.starters import starter_plan
from advisor.model import Decision, Event, Plan, Practice, recommendation_of
from advisor.web.plans.start.examples import example_plan
from markup import Element
from owned_plans import SHOP, own
from page_client import PageClient

DECIDED = replace(SHOP.events[2], decision=Decision(placement="server", reason="-"))
DONE = replace(DECIDED, practice=Practice(placement="server"))
PLANS: dict[str, tuple[Plan, str]] = {
    "no destinations": (replace(SHOP, destinations=(), events=(Event(name="A"),)), "/settings#destinations"),
    "open questions": (example_plan("shop"), "/questions?question="),
    "suggestions": (starter_plan("video"), "/grid"),
    "differences": (
        replace(SHOP, events=(replace(DECIDED, practice=Practice(placement="client")),)),
        "practice=differs",
    ),
    "practice unknown": (replace(SHOP, events=(DECIDED,)), "/practice"),
    "all done": (replace(SHOP, events=(DONE,)), "/developers?show=all"),
    "agreed": (replace(SHOP, events=(DONE, replace(DONE, name="B", status="agreed"))), "/developers"),
}
"""Each state of a plan, and a part of the address that the next step leads to."""


def _primary(client: PageClient) -> list[Element]:
    return [link for link in client.page.root.first("main").all("a", "button") if "btn--primary" in link["class"]]


@pytest.mark.parametrize("state", PLANS)
def test_every_state_of_a_plan_has_one_next_step(app: Flask, client: PageClient, state: str) -> None:
    """The page has exactly one primary button, and the page that it leads to exists."""
    plan, expected = PLANS[state]
    client.get(f"/plans/{own(app, client, plan)}")
    (step,) = _primary(client)
    assert expected in step["href"]
    client.get(step["href"].partition("#")[0])


def test_the_page_for_developers_that_comes_last_is_never_empty(app: Flask, client: PageClient) -> None:
    """It lists what is agreed, or every event as long as nothing is."""
    for state in ("all done", "agreed"):
        client.get(f"/plans/{own(app, client, PLANS[state][0])}")
        (step,) = _primary(client)
        client.get(step["href"])
        assert "Nothing to build" not in client.page.root.text
        assert client.page.root.by_class("job")


def test_the_question_to_answer_next_is_open_in_most_events(app: Flask, client: PageClient) -> None:
    """The step names a question that is open in as many events as it says, and no question is open in more."""
    plan = example_plan("shop")
    client.get(f"/plans/{own(app, client, plan)}")
    (step,) = _primary(client)
    key = step["href"].rpartition("question=")[2]
    opened = [recommendation_of(event).decisive for event in advise(plan).events if not event.decision]
    counts = {question: sum(question in each for each in opened) for each in opened for question in each}
    assert counts[key] == max(counts.values())
    assert f"It is open in {counts[key]} event" in client.page.root.by_class("audit__next")[0].text


def test_a_plan_without_events_asks_for_the_first(app: Flask, client: PageClient) -> None:
    """Without events there is no comparison, and adding one is the primary button."""
    client.get(f"/plans/{own(app, client, replace(SHOP, events=()))}")
    assert [step.text for step in _primary(client)] == ["Add an event"]
    assert not client.page.root.by_class("audit")
