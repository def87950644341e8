"""What answers can still do for an event: the outlook says what the advice says once they are given."""

from __future__ import annotations

from hypothesis import given
from msgspec.structs import replace

from advisor.advice import advise
from advisor.advice.outlook import Outlooks
from advisor.knowledge.questions import with_answer
from advisor.model import Decision, Plan, Recommendation, recommendation_of
from answered_plans import some_plans
from owned_plans import SHOP


def advice_of(plan: Plan, index: int) -> Recommendation:
    """Return the advice for one event of a plan."""
    return recommendation_of(advise(plan).events[index])


@given(some_plans())
def test_where_an_answer_leads_is_what_the_advice_says_after_it(plan: Plan) -> None:
    """Every outcome is the advice for the event with that answer, accepted; the questions are those that decide."""
    advised = advise(plan).events
    outlooks = Outlooks(plan)
    for index, event in enumerate(plan.events):
        outlook = outlooks.of(event)
        if event.decision:
            assert outlook.outcomes == {}
            continue
        assert tuple(outlook.outcomes) == advised[index].recommendation.decisive
        for question, outcomes in outlook.outcomes.items():
            for answer, outcome in outcomes.items():
                then = advise(replace(plan, events=(with_answer(event, question, answer),))).events[0].recommendation
                assert (outcome.placement, outcome.settled) == (then.placement, then.settled)


@given(some_plans())
def test_an_event_needs_answers_if_none_would_leave_it_open(plan: Plan) -> None:
    """An undecided event is settled as its advice is, and needs answers if its advice without any is not settled."""
    bare = replace(plan, events=tuple(replace(event, answers={}, suggested=()) for event in plan.events))
    outlooks = Outlooks(plan)
    for index, event in enumerate(plan.events):
        if event.decision is None:
            outlook = outlooks.of(event)
            assert outlook.settled == advice_of(plan, index).settled
            assert outlook.needs_answers != advice_of(bare, index).settled


@given(some_plans())
def test_events_that_share_an_outlook_have_the_one_of_their_own(plan: Plan) -> None:
    """What was computed for one event is only used for events that it holds for, in whichever order they come."""
    alone = [Outlooks(plan).of(event) for event in plan.events]
    together = Outlooks(plan)
    assert [together.of(event) for event in reversed(plan.events)] == alone[::-1]


def test_no_answer_matters_where_the_team_decided() -> None:
    """A decided event is settled, has no open question, and needs no answers."""
    event = replace(SHOP.events[0], answers={}, decision=Decision(placement="server"))
    outlook = Outlooks(replace(SHOP, events=(event,))).of(event)
    assert (outlook.needs_answers, outlook.settled, outlook.outcomes) == (False, True, {})
