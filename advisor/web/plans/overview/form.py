"""The forms of a plan's page: adding events by name, saying where events are tracked today, and keeping it so."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from advisor.document_limits import LONGEST_LABEL, LONGEST_NAME, LONGEST_TEXT
from advisor.knowledge.known_names import with_known_answers
from advisor.model import Event
from advisor.web.forms.event_form import CALL_CHOICES
from advisor.web.forms.fields import LineField, at_most, not_blank

_CALLS = {"choices": CALL_CHOICES, "default": "track", "invalid_choice_message": "Choose a call type"}


class AddForm(FlaskForm):
    """The form that adds one event by its name."""

    name = LineField("Event name", [not_blank("Enter a name for the event"), at_most(LONGEST_NAME, "the event’s name")])
    call = SelectField("Call type", **_CALLS)

    def events(self) -> tuple[Event, ...]:
        """Return the events to add."""
        return (Event(name=self.name.data, call=self.call.data),)


class AddSeveralForm(FlaskForm):
    """The form that adds several events, one name per line."""

    names = TextAreaField("Event names, one on each line", [not_blank("Enter at least one name")])
    several_call = SelectField("Call type of all of them", **_CALLS)
    fill = BooleanField("Fill in what is usual for names that we know", default=True)

    @property
    def lines(self) -> list[str]:
        """Return the names, without empty lines."""
        return [line.strip() for line in (self.names.data or "").splitlines() if line.strip()]

    def validate_names(self, field: TextAreaField) -> None:
        """Check that no name is too long. Raises `ValidationError`."""
        del field
        for number, line in enumerate(self.lines, start=1):
            if len(line) > LONGEST_NAME:
                raise ValidationError(
                    f"Name {number} has {len(line):,} characters; shorten it to {LONGEST_NAME} or fewer"
                )

    def events(self) -> tuple[Event, ...]:
        """Return the events to add, with the suggested answers of known names if those were chosen."""
        events = tuple(Event(name=name, call=self.several_call.data) for name in self.lines)
        return tuple(map(with_known_answers, events)) if self.fill.data else events


class PracticeForm(FlaskForm):
    """The form that says where events are tracked today: who says it. The events are read by `said_placements`."""

    author = LineField("Your name", [at_most(LONGEST_LABEL, "the name")])


class KeepForm(FlaskForm):
    """The form that keeps an event where it is tracked today: the reason, and the author of the decision."""

    reason = TextAreaField(
        "Why does it stay there?", [not_blank("Enter a reason"), at_most(LONGEST_TEXT, "the reason")]
    )
    author = LineField("Your name", [at_most(LONGEST_LABEL, "the name")])
