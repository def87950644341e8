"""What forms are made of: fields that know our words, and checks whose messages say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.knowledge.questions import Question

Check = Callable[[Form, Field], None]

ANSWERS = (SelectChoice("yes", "Yes"), SelectChoice("no", "No"), SelectChoice("unsure", "Not sure"))
_LINE_BREAK = re.compile(r"\r\n?|\n")


def chosen(field: SelectField | RadioField, otherwise: str) -> str:
    """Return what was chosen if it is one of the choices, also in a form that was not validated; else ``otherwise``."""
    return str(field.data) if any(choice.value == field.data for choice in field.choices) else otherwise


def plain_choices(values: Iterable[str]) -> list[SelectChoice]:
    """Choices that read as the value itself."""
    return [SelectChoice(value, value) for value in values]


class AnswerField(RadioField):
    """Yes, no or not sure to one question. ``suggested``: a prefill that nobody has accepted yet."""

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
    """One line of text. Never trimmed: names are kept exactly."""


class LinesField(TextAreaField):
    """Several lines of text. Browsers send CR LF at the end of a line; we keep LF."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent."""
        if valuelist:
            self.data = _LINE_BREAK.sub("\n", valuelist[0])


class KeysField(SelectMultipleField):
    """A list of keys, sent as one value each. An empty one says that the list was sent, and is empty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, choices=[], validate_choice=False, **options)
        self.was_sent = False

    def process_data(self, value: Iterable[str] | None) -> None:
        """Take what the page fills in."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent, once each, in its order."""
        self.was_sent = bool(valuelist)
        self.data = list(dict.fromkeys(filter(None, valuelist)))


def filled(message: str) -> Check:
    """A check that something other than blanks was typed."""

    def check(_: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(message)

    return check


def at_most(limit: int, what: str) -> Check:
    """A check of the length. ``what`` names the field as the message shall: ``the name``."""

    def check(_: Form, field: Field) -> None:
        length = len(field.data or "")
        if length > limit:
            raise ValidationError(f"Shorten {what} to {limit:,} characters or fewer; it has {length:,}")

    return check


def as_typed(text: str) -> str:
    """The text as a one-line input gives it back: browsers drop line breaks there, and HTML can't hold U+0000."""
    return _LINE_BREAK.sub("", text.replace("\0", "\ufffd"))


def kept(typed: str | None, original: str) -> str:
    """The original if it is what was typed, but for what a browser changes by itself; else what was typed."""
    untouched = typed in (as_typed(original), _LINE_BREAK.sub("\n", original.replace("\0", "\ufffd")))
    return original if untouched or typed is None else typed
