"""The ten questions of an event as a page asks them: those that would move it first, with the outcome at the answer.

The questions whose answer can't change anything are folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.advice import Derived
from advisor.knowledge.questions import Question
from advisor.presentation.states import State
from advisor.presentation.words import Place
from advisor.text import plural, quantity
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.fields import AnswerField


@dataclass(frozen=True)
class Change:
    """A question whose answer matters. ``outcomes`` are the answers that move the event, with the new placement.

    ``is_open`` says whether its answer can still settle where the event goes.
    """

    question: Question
    outcomes: tuple[tuple[str, Place], ...]
    is_open: bool


@dataclass(frozen=True)
class Asked:
    """A question of the form. ``moves`` are the placements that its answers would lead to.

    ``together`` says whether its answer matters only together with that of another question.
    """

    field: AnswerField
    moves: dict[str, Place]
    together: bool


@dataclass(frozen=True)
class AskedQuestions:
    """All questions of a form: those that matter, and the others. ``tally`` says how many are answered."""

    title: str
    tally: str
    mattering: tuple[Asked, ...]
    others: tuple[Asked, ...]
    derived: tuple[Derived, ...]

    @property
    def all(self) -> tuple[Asked, ...]:
        """Return every question."""
        return (*self.mattering, *self.others)

    @property
    def folded(self) -> str:
        """Return what the fold says about the number of the other questions."""
        kind = plural(len(self.others), "other", "others") if self.mattering else "questions"
        return f"{kind} can’t change this"

    @property
    def suggested(self) -> int:
        """Return the number of suggested answers that nobody has accepted yet."""
        return sum(is_suggested(item.field) for item in self.all)

    def facts_on(self, key: str) -> tuple[Derived, ...]:
        """Return the facts that overrule the answer to this question."""
        return tuple(fact for fact in self.derived if fact.question == key)

    def answer_to(self, field: AnswerField) -> str:
        """Return the answer that counts for a question, in words."""
        facts = self.facts_on(field.question.key)
        return facts[0].answer if facts else field.data if field.data in ("yes", "no") else "not sure"


def question_list(
    form: EventForm, derived: tuple[Derived, ...], changes: Sequence[Change] | None, state: State
) -> AskedQuestions:
    """Return the questions of a form for an event in this state; without changes (None), none of them is folded."""
    known = {change.question.key: change for change in changes or ()}
    fields = {field.question.key: field for field in form.answers}
    keys = list(known) if changes is not None else list(fields)
    return AskedQuestions(
        title=_title(known, state) if changes is not None else "What you know about it",
        tally=_tally(form, derived),
        mattering=tuple(_asked(fields[key], known.get(key)) for key in keys),
        others=tuple(_asked(field, None) for key, field in fields.items() if key not in keys),
        derived=derived,
    )


def is_suggested(field: AnswerField) -> bool:
    """Return whether the field shows a suggested answer that nobody has accepted yet."""
    return field.suggested and field.data in ("yes", "no")


def _asked(field: AnswerField, change: Change | None) -> Asked:
    outcomes = dict(change.outcomes) if change else {}
    return Asked(field, outcomes, together=change is not None and not outcomes)


def _title(changes: dict[str, Change], state: State) -> str:
    if state == "unsettled":
        number = sum(change.is_open for change in changes.values())
        return f"{quantity(number, 'answer')} {plural(number, 'settles', 'settle')} it"
    number = sum(bool(change.outcomes) for change in changes.values())
    return f"{quantity(number, 'answer') if number else 'No answer'} would move it"


def _tally(form: EventForm, derived: tuple[Derived, ...]) -> str:
    suggested = sum(is_suggested(field) for field in form.answers)
    answered = f"{len(set(_answered(form, derived)))} of {len(form.answers)} answered"
    return f"{answered}, {suggested} suggested" if suggested else answered


def _answered(form: EventForm, derived: tuple[Derived, ...]) -> Iterator[str]:
    """Yield the questions with a given or a derived answer. Suggested answers don't count."""
    yield from (fact.question for fact in derived)
    yield from (field.question.key for field in form.answers if field.data in ("yes", "no") and not field.suggested)
