"""The fields and checks that the forms of the app are built from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.field_values import ANSWER_WORDS
from advisor.knowledge.questions import Question

Check = Callable[[Form, Field], None]

ANSWERS = tuple(SelectChoice(answer, word) for answer, word in ANSWER_WORDS.items())
_LINE_BREAK = re.compile(r"\r\n?|\n")


def choice_or(field: SelectField | RadioField, otherwise: str) -> str:
    """Return the field's value if it is one of its choices, else ``otherwise``. Works before validation, too."""
    return str(field.data) if any(choice.value == field.data for choice in field.choices) else otherwise


def plain_choices(values: Iterable[str]) -> list[SelectChoice]:
    """Return choices whose label is the value itself."""
    return [SelectChoice(value, value) for value in values]


class AnswerField(RadioField):
    """A radio field with yes, no and not sure for one question.

    ``suggested`` says whether the value is a suggestion that nobody has accepted yet.
    """

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(
            *args,
            choices=list(ANSWERS),
            default="unsure",
            invalid_choice_message=f"Choose yes, no or not sure for “{question.label}”",
            **options,
        )
        self.question = question
        self.suggested = False


class LineField(StringField):
    """A field for one line of text. It is not trimmed: names are kept exactly."""


class LinesField(TextAreaField):
    """A field for several lines of text. Browsers send CR LF as line breaks; the value has LF."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Set the value to the sent text, with LF as line breaks."""
        if valuelist:
            self.data = _LINE_BREAK.sub("\n", valuelist[0])


class KeysField(SelectMultipleField):
    """A field for a list of keys, sent as one value each. One empty value means that the sent list is empty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, choices=[], validate_choice=False, **options)
        self.was_sent = False

    def process_data(self, value: Iterable[str] | None) -> None:
        """Set the keys to those given by the view."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Set the keys to the sent ones, in order and without duplicates."""
        self.was_sent = bool(valuelist)
        self.data = list(dict.fromkeys(filter(None, valuelist)))


def not_blank(message: str) -> Check:
    """Return a check that the text is not blank."""

    def check(_: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(message)

    return check


def at_most(limit: int, what: str) -> Check:
    """Return a check of the length. ``what`` is the field in the error message, for example ``the name``."""

    def check(_: Form, field: Field) -> None:
        length = len(field.data or "")
        if length > limit:
            raise ValidationError(f"Shorten {what} to {limit:,} characters or fewer; it has {length:,}")

    return check


def as_typed(text: str) -> str:
    """Return the text as a one-line input sends it back: without line breaks, and with U+FFFD for U+0000."""
    return _LINE_BREAK.sub("", text.replace("\0", "\ufffd"))


def typed_or_original(typed: str | None, original: str) -> str:
    """Return the original if the typed text differs from it only by what browsers change themselves; else the typed text."""
    untouched = typed in (as_typed(original), _LINE_BREAK.sub("\n", original.replace("\0", "\ufffd")))
    return original if untouched or typed is None else typed
