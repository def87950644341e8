"""How an answer of an event is set, and what an event has before and after it was advised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.questions import QUESTION_KEYS, with_answer
from advisor.model import Decision, Event, Plan, placement_in_force, recommendation_of

keys = st.sampled_from(QUESTION_KEYS)
answers = st.sampled_from(["yes", "no", "unsure"])
events = st.builds(
    lambda answers, suggested: Event(name="Order Completed", answers=answers, suggested=tuple(suggested)),
    st.dictionaries(keys, st.sampled_from(["yes", "no"])),
    st.lists(keys, unique=True),
)


@given(events, keys, answers, st.booleans())
def test_an_answer_is_set_and_unsure_removes_it(event: Event, key: str, answer: Any, is_suggested: bool) -> None:
    """The answer is the given one, or gone if it is unsure; no other answer changes."""
    changed = with_answer(event, key, answer, is_suggested=is_suggested)
    rest = {each: given for each, given in event.answers.items() if each != key}
    assert changed.answers == (rest if answer == "unsure" else rest | {key: answer})
    assert list(changed.answers) == [each for each in QUESTION_KEYS if each in changed.answers]


@given(events, keys, answers, st.booleans())
def test_an_answer_drops_its_earlier_suggestion(event: Event, key: str, answer: Any, is_suggested: bool) -> None:
    """A question is suggested afterwards only if the answer is a suggestion; other questions stay as they were."""
    changed = with_answer(event, key, answer, is_suggested=is_suggested)
    assert (key in changed.suggested) == (is_suggested and answer != "unsure")
    assert {*changed.suggested} - {key} == {*event.suggested} - {key}
    assert replace(changed, answers=event.answers, suggested=event.suggested) == event


def test_an_event_that_was_not_advised_has_no_recommendation() -> None:
    """Asking for it is an error that names the event."""
    event = Event(name="Order Completed")
    for ask in (recommendation_of, placement_in_force):
        with pytest.raises(TypeError, match="Order Completed"):
            ask(event)


@given(events, st.sampled_from(["client", "server", "both"]))
def test_the_placement_in_force_is_the_decision_or_else_the_recommendation(event: Event, placement: Any) -> None:
    """A decision wins over every recommendation, and also before the event is advised."""
    decided = replace(event, decision=Decision(placement=placement))
    assert placement_in_force(decided) == placement
    (plain,) = advise(Plan(events=(event,))).events
    assert placement_in_force(plain) == recommendation_of(plain).placement
