"""*Suggested* means one thing: in counts, lists, the grid, the page of an event, and wherever it is accepted."""

from __future__ import annotations

from itertools import combinations

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.starters import starter_plan, starters
from advisor.model import Decision, Event, Plan, Recommendation
from advisor.presentation.states import open_questions, place_of, state_of, tally
from owned_plans import SHOP, event_ids, own, plan_of
from page_client import PageClient

GUESSED = {
    "stored_in_database": "no",
    "computed_from_database": "no",
    "payment": "no",
    "sensitive": "no",
    "accuracy": "no",
    "browser_only": "yes",
    "user_absent": "no",
    "needs_client_context": "yes",
}


def _advised(*events: Event) -> tuple[Event, ...]:
    return advise(replace(SHOP, events=events)).events


def test_an_event_is_suggested_exactly_if_accepting_settles_it() -> None:
    """An event is suggested if accepting its suggestions settles it, for every set of them, also beside an open answer."""
    seen = set()
    for keys in (keys for size in range(len(GUESSED) + 1) for keys in combinations(GUESSED, size)):
        for missing in ("", "payment", "user_absent"):
            answers = {key: answer for key, answer in GUESSED.items() if key != missing}
            event, accepted = _advised(
                Event(name="E", answers=answers, suggested=keys), Event(name="E", answers=answers)
            )
            seen.add(state_of(event))
            assert place_of(event).word.removesuffix("?") == place_of(accepted).word.removesuffix("?")
            if state_of(event) == "suggested":
                assert state_of(accepted) == "settled"
            if state_of(accepted) == "unsettled":
                assert state_of(event) == "unsettled"
            assert not set(open_questions(event)) & set(keys) & set(answers)
    assert seen == {"settled", "suggested", "unsettled"}


def test_a_decision_is_settled_despite_suggestions() -> None:
    """After a decision of the team, no answer can change the placement."""
    decided = Event(name="E", answers=GUESSED, suggested=tuple(GUESSED), decision=Decision(placement="server"))
    (event,) = _advised(decided)
    assert state_of(event) == "settled"
    assert place_of(event).word == "Server"
    assert open_questions(event) == ()


@pytest.mark.parametrize("key", starters())
def test_a_template_has_the_same_states_on_every_page(app: Flask, client: PageClient, key: str) -> None:
    """The plan's page, the list of templates, the overview, the grid and each event count and name the same states."""
    plan = advise(starter_plan(key))
    counts = tally(plan.events)
    assert counts.suggested == len(plan.events)
    client.get(f"/plans/templates/{key}")
    said = client.page.root.text
    for placement, count in counts.guesses:
        where = "from both sides" if placement == "both" else f"from the {placement}"
        assert f"{count} {where}, if the suggestions hold" in said.replace("\xa0", " ")
    plan_id = own(app, client, starter_plan(key))
    client.get(f"/plans/{plan_id}")
    stats = [one.text for one in client.page.root.by_class("stat")]
    assert f"{counts.suggested}suggested" in stats
    answers = sum(len(set(event.suggested) - {"client_only_destination"}) for event in plan.events)
    summary = client.page.root.by_id("audit").text
    assert f"0 settled, {counts.suggested} if the suggestions hold, 0 open." in summary
    assert f"{answers:,} answers are suggestions" in client.page.root.by_id("suggested").text
    rows = client.page.root.by_class("matrix")[0].first("tbody").all("tr")
    places = [f"{place_of(event).word}, if the suggestions hold" for event in plan.events]
    assert [row.all("td")[0].text for row in rows] == places
    client.get(f"/plans/{plan_id}/grid")
    grid = [row for row in client.page.root.all("tr") if row["data-id"]]
    assert [row.by_class("p")[0].text for row in grid] == places
    client.get(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}")
    assert client.page.root.by_class("verdict__line")[0].text.startswith("If the suggestions hold, send")


def _suggested(plan: Plan) -> list[int]:
    return [len(event.suggested) for event in plan.events]


def test_all_suggestions_of_a_plan_are_accepted_at_once_and_that_is_undone(app: Flask, client: PageClient) -> None:
    """The button says how many answers it accepts, and afterwards the same answers settle every event."""
    plan = starter_plan("video")
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}")
    assert f"Accept all {sum(_suggested(plan)):,}" in client.page.root.by_id("suggested").text
    client.submit("/accept")
    stored = plan_of(app, plan_id)
    assert set(_suggested(stored)) == {0}
    assert [event.answers for event in stored.events] == [event.answers for event in plan.events]
    assert tally(advise(stored).events).suggested == 0
    client.submit("/undo")
    assert plan_of(app, plan_id) == plan


def test_accepting_with_a_filter_accepts_only_matching_events(app: Flask, client: PageClient) -> None:
    """The suggestions of events that the filter hides stay suggestions."""
    plan = starter_plan("video")
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}?find=ad")
    form = next(form for form in client.page.root.by_class("chosen")[0].all("form"))
    count = sum(len(event.suggested) for event in plan.events if "ad" in event.name.casefold())
    assert form.text.startswith(f"Accept all {count:,}")
    client.post(form["action"], data={"find": "ad"}, follow_redirects=True)
    for before, after in zip(plan.events, plan_of(app, plan_id).events, strict=True):
        assert after.suggested == (() if "ad" in before.name.casefold() else before.suggested)


def test_accepting_on_an_event_accepts_only_its_answers(app: Flask, client: PageClient) -> None:
    """One button accepts all suggestions, and another one of them; open questions stay open."""
    plan_id = own(app, client, replace(SHOP, events=(Event(name="E", answers=GUESSED, suggested=tuple(GUESSED)),)))
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
    client.get(path)
    assert "8 usual answers to accept" in client.page.root.text
    client.submit(path, "accepted=payment")
    assert "payment" not in plan_of(app, plan_id).events[0].suggested
    client.submit(path, "accept_all=yes")
    event = plan_of(app, plan_id).events[0]
    assert event.suggested == ()
    assert event.answers == GUESSED
    (advised,) = _advised(event)
    assert isinstance(advised.recommendation, Recommendation)
