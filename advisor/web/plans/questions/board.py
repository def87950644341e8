"""The questions of a plan in the order to ask them, and how far their answers have settled the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from advisor.advice.outlook import Outlook, Outlooks
from advisor.knowledge.questions import QUESTION_KEYS, Question, questions_by_key
from advisor.knowledge.wording import plan_wording
from advisor.model import Event, Plan
from advisor.presentation.states import suggested_answers


@dataclass(frozen=True)
class AskedEvent:
    """An event whose placement depends on answers."""

    id: str
    event: Event
    outlook: Outlook


@dataclass(frozen=True)
class QuestionStep:
    """One question: the number of events that it can still move, and of answers that would settle one of them.

    ``left`` adds up the questions that can still move these events after either answer. ``yes`` and ``answered`` count
    the answers that people gave or accepted.
    """

    question: Question
    movable: int
    settling: int
    left: int
    yes: int
    answered: int


@dataclass(frozen=True)
class QuestionBoard:
    """The events of a plan that need answers, and the questions about them. ``total`` counts all events of the plan.

    ``open_steps`` are the questions that can still move an event, those that settle most first; ``done_steps`` are the
    others that have answers, in their usual order.
    """

    total: int
    events: tuple[AskedEvent, ...]
    open_steps: tuple[QuestionStep, ...]
    done_steps: tuple[QuestionStep, ...]

    @property
    def settled(self) -> int:
        """The number of events that needed answers and are settled."""
        return sum(item.outlook.settled for item in self.events)

    def step(self, key: str) -> QuestionStep | None:
        """Return the step of a question; None if it can move no event and has no answers."""
        return next((step for step in (*self.open_steps, *self.done_steps) if step.question.key == key), None)


def question_board(plan: Plan, event_ids: Iterable[str]) -> QuestionBoard:
    """Return the board of a plan. The plan need not be advised."""
    outlooks = Outlooks(plan)
    asked = tuple(
        AskedEvent(event_id, event, outlook)
        for event_id, event in zip(event_ids, plan.events, strict=True)
        if (outlook := outlooks.of(event)).needs_answers
    )
    steps = _steps(plan, asked)
    open_steps = [step for step in steps if step.movable]
    open_steps.sort(key=lambda step: (-step.settling, step.left - 2 * step.movable))
    done = tuple(step for step in steps if not step.movable and step.answered)
    return QuestionBoard(len(plan.events), asked, tuple(open_steps), done)


@dataclass(frozen=True)
class Offer:
    """Suggested answers to accept at once: their number, the number of their events, and how many would be settled then."""

    answers: int
    events: int
    settled: int


def offer_of(plan: Plan, board: QuestionBoard) -> Offer | None:
    """Return what accepting all suggested answers of a plan would do; None if it has none, or if they settle nothing."""
    suggested = [len(suggested_answers(event)) for event in plan.events if event.suggested]
    outlooks = Outlooks(plan)
    settled = sum(outlooks.of(replace(item.event, suggested=())).settled for item in board.events)
    return Offer(sum(suggested), len(suggested), settled) if suggested and settled > board.settled else None


def given_answer(event: Event, key: str) -> str:
    """Return the answer to a question that somebody gave or accepted; empty if there is none."""
    return "" if key in event.suggested else event.answers.get(key, "")


def _steps(plan: Plan, asked: Iterable[AskedEvent]) -> list[QuestionStep]:
    """Return a step for every question, in the usual order."""
    movable, settling, left = Counter[str](), Counter[str](), Counter[str]()
    yes, answered = Counter[str](), Counter[str]()
    for item in asked:
        for key, outcomes in item.outlook.outcomes.items():
            movable[key] += 1
            settling[key] += sum(outcome.settled for outcome in outcomes.values())
            left[key] += sum(outcome.left for outcome in outcomes.values())
        for key in item.event.answers:
            if given := given_answer(item.event, key):
                answered[key] += 1
                yes[key] += given == "yes"
    questions = questions_by_key(plan_wording(plan.sources))
    return [
        QuestionStep(questions[key], movable[key], settling[key], left[key], yes[key], answered[key])
        for key in QUESTION_KEYS
    ]
