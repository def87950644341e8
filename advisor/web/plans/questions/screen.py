"""One question about the events that it can still move, in groups: what only the person knows, and what we think."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.knowledge.known_names import suggestions
from advisor.knowledge.name_signs import SuggestedAnswer
from advisor.model import Answer, Event
from advisor.presentation.words import Place, place
from advisor.web.app.pager import Pager
from advisor.web.plans.questions.board import AskedEvent, QuestionBoard, QuestionStep, given_answer

PER_PAGE = 200
"""The maximum number of events that one screen asks about, and of those answered before that it lists below."""
ANSWERS: tuple[Answer, ...] = ("yes", "no")
_OPEN = Place("none", "open", "still open")
_MONEY = "revenue"


@dataclass(frozen=True)
class AskedRow:
    """One event on the screen.

    ``was`` is its answer as stored: empty, ``yes`` or ``no``, and ``yes?`` or ``no?`` for a suggestion. ``hint`` is what we
    think, if anything. ``leads`` is where each answer leads if one of them settles the event, ``settling`` those that do.
    """

    id: str
    name: str
    call: str
    was: str
    hint: SuggestedAnswer | None
    leads: dict[Answer, Place]
    settling: tuple[Answer, ...]

    @property
    def thought(self) -> Answer:
        """What we think the answer is. A hint at yes says too little to tick anything."""
        if self.hint is None or (self.hint.answer == "yes" and self.hint.maybe):
            return "unsure"
        return self.hint.answer


@dataclass(frozen=True)
class Screen:
    """One question and the events to ask about, with the number of all of them in ``pager``.

    ``before`` are the events that somebody answered already; ``more_before`` counts those that are not listed.
    """

    step: QuestionStep
    pager: Pager
    decide: tuple[AskedRow, ...]
    think_yes: tuple[AskedRow, ...]
    think_no: tuple[AskedRow, ...]
    before: tuple[AskedRow, ...]
    more_before: int

    @property
    def surely_settled(self) -> int:
        """The number of events on the screen that either answer settles."""
        return sum(len(row.settling) == len(ANSWERS) for row in (*self.decide, *self.think_yes, *self.think_no))


def screen_of(board: QuestionBoard, step: QuestionStep, page: str) -> Screen:
    """Return the screen of a question. ``page`` is the number of the page as the address has it."""
    key = step.question.key
    movable = [item for item in board.events if key in item.outlook.outcomes]
    answered = [item for item in board.events if given_answer(item.event, key)]
    pager = Pager.of(page, PER_PAGE, len(movable))
    rows = [_row(item, key) for item in pager.cut(movable)]
    return Screen(
        step=step,
        pager=pager,
        decide=_thought(rows, "unsure"),
        think_yes=_thought(rows, "yes"),
        think_no=_thought(rows, "no"),
        before=tuple(_row(item, key) for item in answered[:PER_PAGE]),
        more_before=max(len(answered) - PER_PAGE, 0),
    )


def stored_answer(event: Event, key: str) -> str:
    """Return the answer to a question as a form sends it back: with a question mark if it is a suggestion."""
    return event.answers.get(key, "") + ("?" if key in event.suggested and key in event.answers else "")


def _thought(rows: Iterable[AskedRow], answer: Answer) -> tuple[AskedRow, ...]:
    return tuple(row for row in rows if row.thought == answer)


def _row(item: AskedEvent, key: str) -> AskedRow:
    outcomes = item.outlook.outcomes.get(key, {})
    settling = tuple(answer for answer in ANSWERS if answer in outcomes and outcomes[answer].settled)
    leads = {answer: place(then.placement) if then.settled else _OPEN for answer, then in outcomes.items()}
    return AskedRow(
        id=item.id,
        name=item.event.name,
        call=item.event.call,
        was=stored_answer(item.event, key),
        hint=_hint(item.event, key),
        leads=leads if settling else {},
        settling=settling,
    )


def _hint(event: Event, key: str) -> SuggestedAnswer | None:
    """Return what we think of a question: a suggestion that is stored, what the name says, or a property for money."""
    known = suggestions(event.name, event.call)
    said = next((item for item in known.suggested if item.question == key), None) if known else None
    stored = event.answers.get(key)
    if key in event.suggested and stored:
        is_same = said is not None and said.answer == stored and not said.maybe
        return said if is_same else SuggestedAnswer(key, stored, "suggested before")
    if said is None and key == "payment" and any(item.name == _MONEY for item in event.properties):
        return SuggestedAnswer(key, "yes", f"has {_MONEY}")
    return said
