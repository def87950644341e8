"""Practice against advice: the sentence of the plan's page, its differences, and what one can do about them."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.model import Decision, Event, Placement, Plan, Practice, placement_in_force, recommendation_of
from advisor.presentation.matrix import event_line
from advisor.presentation.receivers import Receivers
from advisor.web.app.current import today
from advisor.web.plans.overview.practice_answers import said_placements, with_practice
from advisor.web.plans.start.examples import example_plan
from advisor.web.plans.summary.practice import WORST, audit, said_practice
from markup import Element
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

PLACEMENTS: tuple[Placement, ...] = get_args(Placement)
PRACTICES = [None, *(Practice(placement=placement, evidence="labels.source = x") for placement in PLACEMENTS)]


def _practised(plan: Plan) -> Plan:
    """Return the plan with each kind of practice in turn, and some events agreed."""
    events = [
        replace(event, practice=PRACTICES[number % 4], status="agreed" if number % 5 == 3 else "proposed")
        for number, event in enumerate(plan.events)
    ]
    return replace(plan, events=tuple(events))


MIXED = _practised(example_plan("shop"))


def _line(client: PageClient) -> str:
    return client.page.root.by_id("audit-title").text


def _differences(client: PageClient) -> list[Element]:
    lists = client.page.root.by_class("audit__list")
    return lists[0].all("li") if lists else []


def _numbers(plan: Plan) -> Counter[str]:
    found = Counter[str]()
    for event in plan.events:
        if event.practice is None:
            found["unknown"] += 1
        elif event.practice.placement == placement_in_force(event):
            found["agrees"] += 1
        else:
            found["moving" if event.status == "agreed" else "differs"] += 1
    return found


def test_the_page_opens_with_practice_against_advice(app: Flask, client: PageClient) -> None:
    """One sentence has the number of each kind, they add up to the events, and each number is a filter that finds as many."""
    plan_id, counts = own(app, client, MIXED), _numbers(advise(MIXED))
    client.get(f"/plans/{plan_id}")
    assert _line(client) == (
        f"12 events: {counts['agrees']} as advised, {counts['differs']} differ, "
        f"{counts['moving']} agreed to move, {counts['unknown']} unknown."
    )
    for link in client.page.root.by_id("audit-title").all("a"):
        kind = re.findall(r"practice=(\w+)", link["href"])[0]
        client.get(link["href"].partition("#")[0])
        rows = client.page.root.by_class("matrix")[0].first("tbody").all("tr")
        assert len(rows) == counts[kind] == int(link.text.split()[0])


def test_without_practice_the_page_opens_with_what_is_settled(app: Flask, client: PageClient) -> None:
    """The sentence says how many are settled and open, both are filters, and a link asks where events are tracked today."""
    plan = example_plan("shop")
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}")
    settled = sum(recommendation_of(event).settled for event in advise(plan).events)
    assert _line(client) == f"12 events: {settled} settled, {12 - settled} open."
    for link in client.page.root.by_id("audit-title").all("a"):
        client.get(link["href"].partition("#")[0])
        rows = client.page.root.by_class("matrix")[0].first("tbody").all("tr")
        assert len(rows) == int(link.text.split()[0])
    client.get(f"/plans/{plan_id}")
    link = next(one for one in client.page.root.all("a") if one.text == "Say where they are tracked today")
    assert link["href"] == f"/plans/{plan_id}/practice"


EVENTS = st.builds(
    Event,
    name=st.sampled_from(["A", "B", "C"]),
    answers=st.dictionaries(st.sampled_from(["payment", "browser_only", "sensitive"]), st.sampled_from(["yes", "no"])),
    practice=st.sampled_from(PRACTICES),
    status=st.sampled_from(["proposed", "agreed", "implemented"]),
    decision=st.sampled_from([None, Decision(placement="client", reason="-")]),
)


@given(st.lists(EVENTS, max_size=8))
def test_every_difference_is_a_finding_and_the_other_way_round(events: list[Event]) -> None:
    """An event differs or is agreed to move if and only if the advice has the finding *practice-differs* for it."""
    plan = advise(replace(SHOP, events=tuple(events)))
    receivers = Receivers(plan.destinations)
    lines = tuple(event_line(str(number), event, receivers) for number, event in enumerate(plan.events))
    found = {item.event for item in open_findings(plan) if item.finding.code == "practice-differs"}
    assert {number for number, line in enumerate(lines) if line.agreement in ("differs", "moving")} == found
    compared = audit(plan, lines)
    assert compared.agrees + compared.differs + compared.moving + compared.unknown == len(events)
    assert sum(compared.moves.values()) == compared.differs
    assert len(compared.worst) == min(WORST, compared.differs)
    states = [("settled", "suggested", "unsettled").index(item.line.state) for item in compared.worst]
    assert states == sorted(states), "what can still change comes last"


def test_a_difference_says_both_sides_and_a_reason(app: Flask, client: PageClient) -> None:
    """Each of the differences has today's side, the advised one, a sentence of the advice, and the two things to do."""
    plan_id, plan = own(app, client, MIXED), advise(MIXED)
    by_name = {event.name: event for event in plan.events}
    client.get(f"/plans/{plan_id}")
    assert 0 < len(_differences(client)) <= WORST
    for item in _differences(client):
        event = by_name[item.by_class("audit__event")[0].text]
        assert event.practice is not None
        assert item.by_class("move")[0].text.startswith(f"Today {event.practice.placement.capitalize()} advised ")
        sentence = item.by_class("audit__why")[0].text.removesuffix(".")
        assert any(sentence in reason.text for reason in recommendation_of(event).reasons) or "either way" in sentence
        assert "Follow the advice" in item.text or "Settle it first" in item.text
        assert "Keep today’s" in item.text


def test_a_difference_from_a_decision_speaks_of_the_decision(app: Flask, client: PageClient) -> None:
    """Where the team decided on the side that is compared, the row says so and does not call it advice."""
    decided = Decision(placement="server", reason="The page is slow")
    event = replace(
        MIXED.events[0], practice=Practice(placement="client"), decision=decided, answers={"payment": "yes"}
    )
    plan_id = own(app, client, replace(MIXED, events=(event,)))
    client.get(f"/plans/{plan_id}")
    (item,) = _differences(client)
    assert "decided" in item.by_class("move")[0].text
    assert item.by_class("audit__why")[0].text == "The page is slow"
    assert "Follow the advice" not in item.text


def test_following_the_advice_agrees_to_move_and_the_difference_leaves(app: Flask, client: PageClient) -> None:
    """The status becomes *agreed* and nothing else changes; the row leaves, the number falls by one, and it can be undone."""
    plan_id = own(app, client, MIXED)
    client.get(f"/plans/{plan_id}")
    before = _numbers(advise(MIXED))["differs"]
    form = next(form for item in _differences(client) for form in item.all("form"))
    (event_id,) = (field["value"] for field in form.all("input") if field["name"] == "event")
    client.post(form["action"], data={"event": event_id}, follow_redirects=True)
    index = event_ids(app, plan_id).index(event_id)
    expected = list(MIXED.events)
    expected[index] = replace(expected[index], status="agreed")
    assert plan_of(app, plan_id).events == tuple(expected)
    assert f"{MIXED.events[index].name}: " in client.page.root.by_class("note--undo")[0].text
    assert f"{before - 1} differ" in client.page.root.by_class("note--undo")[0].text
    assert event_id not in {
        field["value"] for item in _differences(client) for field in item.all("input") if field["name"] == "event"
    }
    client.submit("/undo")
    assert plan_of(app, plan_id) == MIXED
    client.post(f"/plans/{plan_id}/follow", data={"event": "0" * 32}, status=404)


def test_keeping_today_asks_for_a_reason_and_becomes_a_decision(app: Flask, client: PageClient) -> None:
    """Without a reason nothing is saved; with one, the decision has today's side, who, when and against what."""
    plan_id, plan = own(app, client, MIXED), advise(MIXED)
    client.get(f"/plans/{plan_id}")
    link = next(link for link in _differences(client)[0].all("a") if link.text.startswith("Keep today’s"))
    index = event_ids(app, plan_id).index(link["href"].partition("event=")[2])
    client.get(link["href"])
    client.submit("/keep", reason=" ")
    assert client.page.root.by_id("reason-error")
    assert plan_of(app, plan_id) == MIXED
    client.submit("/keep", reason="The page is all we have", author="Ana")
    decision = plan_of(app, plan_id).events[index].decision
    event = plan.events[index]
    assert decision is not None
    assert event.practice is not None
    assert (decision.placement, decision.reason) == (event.practice.placement, "The page is all we have")
    assert (decision.author, decision.date) == ("Ana", today())
    assert decision.against is not None
    assert decision.against.placement == recommendation_of(event).placement
    assert _numbers(advise(plan_of(app, plan_id)))["differs"] == _numbers(plan)["differs"] - 1
    client.submit("/undo")
    assert plan_of(app, plan_id) == MIXED


def test_there_is_nothing_to_keep_where_practice_is_unknown_or_agrees(app: Flask, client: PageClient) -> None:
    """The address leads on to the event; an unknown event is not found."""
    plan_id = own(app, client)
    event_id = event_ids(app, plan_id)[0]
    client.get(f"/plans/{plan_id}/keep?event={event_id}", follow_redirects=True)
    assert client.address == f"/plans/{plan_id}/events/{event_id}"
    client.get(f"/plans/{plan_id}/keep?event={'0' * 32}", status=404)
    client.get(f"/plans/{plan_id}/keep", status=404)


@pytest.mark.parametrize("author", ["Ana", "", *HOSTILE])
def test_a_person_says_where_many_events_are_tracked(app: Flask, client: PageClient, author: str) -> None:
    """One form says it for many, as one step of the history, and the person is the evidence; known evidence stays."""
    known = Practice(placement="server", evidence="labels.source = backend")
    plan = replace(SHOP, events=(*SHOP.events[:3], replace(SHOP.events[3], practice=known)))
    plan_id = own(app, client, plan)
    first, second, third, _ = event_ids(app, plan_id)
    client.get(f"/plans/{plan_id}/practice")
    client.submit("/practice", **{f"today-{first}": "client", f"today-{second}": "both", "author": author[:100]})
    events = plan_of(app, plan_id).events
    said = [event.practice.placement if event.practice else None for event in events]
    assert said == ["client", "both", None, "server"]
    assert events[0].practice == said_practice("client", author[:100])
    assert events[3].practice == known
    client.submit("/undo")
    assert plan_of(app, plan_id) == plan
    client.get(f"/plans/{plan_id}/practice")
    client.submit("/practice", **{f"today-{third}": "client", "rest": "server"})
    said = [event.practice.placement if event.practice else None for event in plan_of(app, plan_id).events]
    assert said == ["server", "server", "client", "server"]


def test_saying_nothing_changes_nothing(app: Flask, client: PageClient) -> None:
    """The form as it is shown saves nothing, and what others said meanwhile stays."""
    plan_id = own(app, client)
    store = the_store(app)
    client.get(f"/plans/{plan_id}/practice")
    store.save_event(
        "me", plan_id, event_ids(app, plan_id)[0], 1, replace(SHOP.events[0], practice=Practice(placement="both"))
    )
    point = store.history.latest("me", plan_id)
    client.submit("/practice")
    assert store.history.latest("me", plan_id) == point
    assert plan_of(app, plan_id).events[0].practice == Practice(placement="both")
    assert "Nothing was changed" in client.page.root.first("main").text


VALUES = st.sampled_from(["client", "server", "both", "unknown", "", "nonsense"])


@given(st.dictionaries(st.sampled_from("abc"), st.tuples(VALUES, VALUES)), VALUES)
def test_only_what_differs_from_what_was_shown_is_said(rows: dict[str, tuple[str, str]], rest: str) -> None:
    """A value that was shown is never sent back as someone's word, and nonsense is never stored."""
    sent = {"rest": rest, "author": "x"}
    for key, (shown, value) in rows.items():
        sent |= {f"shown-{key}": shown, f"today-{key}": value}
    said = said_placements(sent)
    for key, (shown, value) in rows.items():
        if value == shown == "unknown":
            assert said.get(key) == (rest if rest in PLACEMENTS else None)
        elif value == shown or value not in (*PLACEMENTS, "unknown"):
            assert key not in said
        else:
            assert said[key] == (None if value == "unknown" else value)


@given(st.sampled_from([None, *PLACEMENTS]), st.sampled_from(PRACTICES))
def test_ones_word_replaces_evidence_only_if_it_differs(said: Placement | None, before: Practice | None) -> None:
    """The same placement keeps the event as it is; another has the person as its evidence; unknown has none."""
    event = Event(name="E", practice=before)
    changed = with_practice(event, said, "Ana")
    assert (changed.practice.placement if changed.practice else None) == said
    if said == (before.placement if before else None):
        assert changed is event
    elif said:
        assert changed.practice == Practice(placement=said, evidence="said by Ana")


def test_who_may_only_look_sees_the_comparison_without_its_buttons(
    app: Flask, client: PageClient, other_client: PageClient
) -> None:
    """A viewer of a share sees the sentence and the differences, no form and no next step, and may not say anything."""
    plan_id = own(app, client, MIXED)
    client.get(f"/plans/{plan_id}")
    line, count = _line(client), len(_differences(client))
    client.get(f"/plans/{plan_id}/share")
    client.submit("/share", may="view", label="")
    link = next(link["href"] for link in client.page.root.all("a") if "data-copy-link" in link)
    other_client.get(re.sub(r"^https?://[^/]+", "", link), follow_redirects=True)
    assert (_line(other_client), len(_differences(other_client))) == (line, count)
    audit_card = other_client.page.root.by_id("audit")
    assert not list(audit_card.all("form"))
    assert "Next" not in audit_card.text
    assert "Keep" not in audit_card.text
    other_client.get(f"/plans/{plan_id}/practice", status=403)
    other_client.get(f"/plans/{plan_id}/keep?event={event_ids(app, plan_id)[0]}", status=403)


def test_hostile_evidence_and_names_are_shown_as_text(app: Flask, client: PageClient) -> None:
    """Names, evidence and reasons of decisions may hold anything."""
    events = [
        Event(name=name, answers={"payment": "yes", "user_absent": "yes", "sensitive": "no"},
              practice=Practice(placement="client", evidence=name))
        for name in HOSTILE
    ]  # fmt: skip
    plan_id = own(app, client, replace(SHOP, events=tuple(events)))
    client.get(f"/plans/{plan_id}")
    assert len(_differences(client)) == WORST
    client.get(f"/plans/{plan_id}/practice")
    for event_id in event_ids(app, plan_id):
        client.get(f"/plans/{plan_id}/keep?event={event_id}")
