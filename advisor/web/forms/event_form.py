"""The form of one event, generated from the questions, and the errors of a form as a page lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, Form, FormField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.document_limits import LONGEST_NAME, MAX_PROPERTIES
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS, questions_by_key
from advisor.knowledge.wording import Wording
from advisor.model import CALL_TYPES, Event
from advisor.web.forms.fields import AnswerField, KeysField, LineField, at_most
from advisor.web.forms.property_form import PropertyForm
from advisor.web.forms.property_rows import mark_nameless, place_rows

_MOST_ROWS = MAX_PROPERTIES + 2
"""Includes one row above the limit, so that it can be rejected, and a blank row."""
_CALLS = {
    "track": "track: something happened",
    "page": "page: a page was viewed",
    "screen": "screen: a screen was viewed",
    "identify": "identify: who the user is",
    "group": "group: which company they belong to",
    "alias": "alias: two ids are one person",
}
CALL_CHOICES = [SelectChoice(call, _CALLS[call]) for call in CALL_TYPES]


@dataclass(frozen=True)
class Problem:
    """An error of a form: its message, and the id of the control that has it."""

    anchor: str
    message: str


class EventForm(FlaskForm):
    """The form of an event: its name, call type, answers (one field per question, by its key) and properties."""

    name = LineField("Event name", [at_most(LONGEST_NAME, "the event’s name")])
    call = SelectField("Call type", choices=CALL_CHOICES, default="track", invalid_choice_message="Choose a call type")
    accepted = KeysField("Suggested answers to accept")
    properties = FieldList(FormField(PropertyForm), max_entries=_MOST_ROWS)

    def __init__(
        self, *args: Any, suggested: tuple[str, ...] = (), original: Event | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if original:
            mark_nameless([entry.form for entry in self.properties], original)
        for field in self.answers:
            field.suggested = field.question.key in suggested
        rows = self.properties.entries
        if not rows or (not rows[-1].form.is_blank and len(rows) < _MOST_ROWS):
            self.properties.append_entry()
        place_rows([entry.form for entry in self.properties])

    @property
    def answers(self) -> tuple[AnswerField, ...]:
        """The fields of the questions, in the order of the questions."""
        return tuple(self[key] for key in QUESTION_KEYS)

    def speak(self, wording: Wording) -> None:
        """Set the questions' texts to the wording of a kind of plan."""
        for field in self.answers:
            field.question = questions_by_key(wording)[field.question.key]
            field.label.text = field.question.asks

    def validate_properties(self, field: FieldList) -> None:
        """Raise `ValidationError` for more properties than a document can have."""
        if sum(entry.form.counts for entry in field) > MAX_PROPERTIES:
            raise ValidationError(f"An event has at most {MAX_PROPERTIES} properties. Remove some")


for _question in QUESTIONS:
    setattr(EventForm, _question.key, AnswerField(_question.asks, question=_question))


def problems(form: Form) -> tuple[Problem, ...]:
    """Return every error of a form, in the order of its fields."""
    return tuple(_problems(form))


def _problems(form: Form) -> Iterator[Problem]:
    for field in form:
        if isinstance(field, FieldList):
            yield from _row_problems(field)
        else:
            yield from (Problem(_anchor(field), message) for message in field.errors)


def _row_problems(rows: FieldList) -> Iterator[Problem]:
    yield from (Problem(rows.id, message) for message in rows.errors if isinstance(message, str))
    for number, row in enumerate(rows, start=1):
        for field in row.form:
            yield from (Problem(field.id, f"Row {number}: {message}") for message in field.errors)


def _anchor(field: Field) -> str:
    return f"{field.id}-yes" if isinstance(field, AnswerField) else field.id
