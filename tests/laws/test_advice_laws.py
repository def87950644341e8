"""What the advice does not depend on: names, orders, the other events, a decision, and which libraries a plan has."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from advisor.advice import advise, advise_event
from advisor.model import Decision, Event, Plan, Recommendation, Sources

from .archetypes import SOURCES, plans, systematic_plans

THE_ADVICE = ("ruleset", "placement", "strength", "settled", "reasons", "tradeoffs", "decisive", "flips")
"""The parts of a recommendation that ignore a decision."""
THE_CALLS = ("relay", "handoff", "calls", "deliveries", "unreachable", "shared_ids", "setup")
"""The parts that follow the placement in force."""


def recommended(plan: Plan) -> list[Recommendation]:
    """What is recommended for each event of a plan."""
    found = [event.recommendation for event in advise(plan).events]
    assert all(isinstance(item, Recommendation) for item in found)
    return [item for item in found if isinstance(item, Recommendation)]


def parts(recommendation: Recommendation, names: tuple[str, ...]) -> dict[str, Any]:
    """Some parts of a recommendation."""
    return {name: getattr(recommendation, name) for name in names}


def as_sets(recommendation: Recommendation) -> dict[str, Any]:
    """A recommendation without any order, and without the words of its findings and reasons, which list by order."""
    calls = [
        (call.side, call.library, frozenset((key, str(value)) for key, value in call.integrations.items()))
        for call in recommendation.calls
    ]
    return {
        **parts(recommendation, ("placement", "strength", "settled", "decisive", "flips", "relay")),
        "rules": [reason.rule for reason in (*recommendation.reasons, *recommendation.tradeoffs)],
        "calls": calls,
        "deliveries": frozenset(tuple(asdict(item).values()) for item in recommendation.deliveries),
        "unreachable": frozenset((item.destination, item.reason) for item in recommendation.unreachable),
        "shared_ids": frozenset(recommendation.shared_ids),
        "findings": sorted(item.code for item in recommendation.findings),
    }


@settings(max_examples=40, deadline=None)
@given(plans(), st.text(min_size=1, max_size=30).filter(str.strip), st.text(max_size=30))
def test_names_descriptions_and_labels_never_change_the_advice(plan: Plan, name: str, words: str) -> None:
    """An event called Payment Refunded is not a payment: only answers, properties, sources and destinations count.
    A name only decides whether a preset acts on it, and that is a finding.
    """
    named = [replace(event, name=name, description=words, labels={"team": words}) for event in plan.events]
    # Separate plans: two events of one name would be reported as duplicates, in the plan's findings.
    renamed = replace(plan, name=name, description=words, events=tuple(named))
    assert [_unnamed(each) for each in recommended(renamed)] == [_unnamed(each) for each in recommended(plan)]


def _unnamed(advice: Recommendation) -> Recommendation:
    return replace(advice, findings=tuple(item for item in advice.findings if item.code != "not-subscribed"))


@settings(max_examples=40, deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_destinations_never_changes_the_advice(plan: Plan, dice: random.Random) -> None:
    """It only changes the order of lists and keys."""
    shuffled = dice.sample(plan.destinations, len(plan.destinations))
    other = replace(plan, destinations=tuple(shuffled))
    assert [as_sets(item) for item in recommended(other)] == [as_sets(item) for item in recommended(plan)]


@settings(max_examples=40, deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_answers_never_changes_the_advice(plan: Plan, dice: random.Random) -> None:
    """Nor does it make a difference whether a question is answered unsure or not answered."""

    def reordered(event: Event) -> Event:
        given_answers = dice.sample(list(event.answers.items()), len(event.answers))
        unsure = {} if "accuracy" in event.answers else {"accuracy": "unsure"}
        return replace(event, answers={**unsure, **dict(given_answers)})

    def untold(items: list[Recommendation]) -> list[Recommendation]:
        # A finding about an open question may point at the answer that was given as unsure.
        return [replace(item, findings=()) for item in items]

    other = replace(plan, events=tuple(map(reordered, plan.events)))
    assert untold(recommended(other)) == untold(recommended(plan))


@settings(max_examples=40, deadline=None)
@given(plans())
def test_each_event_gets_the_same_advice_alone_and_in_the_plan(plan: Plan) -> None:
    """Advice is deterministic and does not depend on the other events."""
    whole = advise(plan)
    assert whole == advise(plan)
    for index, event in enumerate(whole.events):
        assert advise_event(plan, index) == event
        alone = advise(replace(plan, events=(plan.events[index],))).events[0]
        assert parts(alone.recommendation, THE_ADVICE + THE_CALLS) == parts(
            event.recommendation, THE_ADVICE + THE_CALLS
        )


@settings(max_examples=40, deadline=None)
@given(plans())
def test_advising_again_changes_nothing(plan: Plan) -> None:
    """Computed parts are never read."""
    assert advise(advise(plan)) == advise(plan)


@pytest.mark.parametrize("placement", ["client", "server", "both"])
def test_a_decision_changes_the_calls_and_never_the_advice(placement: str) -> None:
    """A decision that equals the advice changes neither."""
    changed = 0
    for plan in list(systematic_plans(2, events=2))[::9]:
        free = recommended(replace(plan, events=tuple(replace(event, decision=None) for event in plan.events)))
        decided = [replace(event, decision=Decision(placement=placement)) for event in plan.events]
        for ours, theirs in zip(free, recommended(replace(plan, events=tuple(decided))), strict=True):
            assert parts(ours, THE_ADVICE) == parts(theirs, THE_ADVICE)
            if ours.placement == placement:
                assert parts(ours, THE_CALLS) == parts(theirs, THE_CALLS)
            changed += ours.calls != theirs.calls
    assert changed


def test_a_missing_server_library_does_not_change_the_law() -> None:
    """A plan without one is advised like a plan with one (law, part 2.2).

    Otherwise a destination that servers reach well would count as accepting calls from the browser only.
    """
    without = [sources for sources in SOURCES if sources.server is None]
    assert without
    found = []
    for plan in list(systematic_plans(2, events=2))[::9]:
        for sources in without:
            missing = replace(plan, sources=sources)
            there = replace(plan, sources=Sources(client=sources.client, server="analytics-node"))
            pairs = zip(missing.events, recommended(missing), recommended(there), strict=True)
            found += [
                f"{plan.destinations}, {sources}, {event.call}, {event.answers}: {ours.placement}, not {theirs.placement}"
                for event, ours, theirs in pairs
                if (ours.placement, ours.reasons, ours.flips) != (theirs.placement, theirs.reasons, theirs.flips)
            ]
    assert not found, f"{len(found)} events, for example:\n" + "\n".join(found[:3])


def test_a_duplicate_event_is_a_finding_of_the_plan() -> None:
    """Two events with the same call and name; another call of that name is another event."""
    events = (Event(name="Home Seen", call="page"), Event(name="Home Seen"), Event(name="Home Seen", call="page"))
    findings = advise(Plan(events=events)).findings
    assert [(item.code, item.pointer) for item in findings or ()] == [("duplicate-event", "/events/2")]
