"""The open questions to answer first: those that could move the most events, and those of almost settled events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.knowledge.questions import QUESTION_KEYS, Question, questions_by_key
from advisor.knowledge.wording import event_wording, plan_wording
from advisor.model import Flip, Plan, recommendation_of
from advisor.presentation.matrix import EventLine

NEXT_QUESTIONS = 3
_FROM = {"client": "the client", "server": "the server", "both": "both sides"}


@dataclass(frozen=True)
class NextQuestion:
    """An open question that can still move an event, and the effect of its answers in words."""

    event_id: str
    event: str
    question: Question
    effect: str


@dataclass(frozen=True)
class SharedQuestion:
    """A question that is open in several events and could move each of them."""

    question: Question
    events: int


def shared_questions(plan: Plan, lines: Iterable[EventLine]) -> tuple[SharedQuestion, ...]:
    """Return up to `NEXT_QUESTIONS` questions that could move more than one event, those of the most events first."""
    counts = Counter(key for line in lines for key in line.decisive)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], QUESTION_KEYS.index(pair[0])))
    asked = questions_by_key(plan_wording(plan.sources))
    return tuple(SharedQuestion(asked[key], count) for key, count in ranked[:NEXT_QUESTIONS] if count > 1)


def next_questions(plan: Plan, lines: Iterable[EventLine]) -> Iterator[NextQuestion]:
    """Yield one question for each of the `NEXT_QUESTIONS` events with the fewest open questions."""
    waiting = [(line, event) for line, event in zip(lines, plan.events, strict=True) if line.decisive]
    waiting.sort(key=lambda pair: len(pair[0].decisive))
    for line, event in waiting[:NEXT_QUESTIONS]:
        advice = recommendation_of(event)
        question = questions_by_key(event_wording(plan.sources, event))[line.decisive[0]]
        flips = [flip for flip in advice.flips if flip.question == question.key]
        yield NextQuestion(line.id, line.name, question, _effect(flips, advice.placement))


def _effect(flips: list[Flip], placement: str) -> str:
    moves = {flip.answer: flip.placement for flip in flips}
    if not moves:
        return "Together with another answer it can move the event."
    said = []
    for answer in ("yes", "no"):
        if answer in moves:
            said.append(f"{answer.capitalize()} moves it to {_FROM[moves[answer]]}.")
        else:
            said.append(f"{answer.capitalize()} keeps it on {_FROM[placement]}.")
    return " ".join(said)
