"""Event forms and events, both ways. What a form doesn't show is kept from the event that it was filled from."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from advisor.model import Answer, Event, Property
from advisor.web.fields import kept
from advisor.web.forms import EventForm
from advisor.web.property_form import PropertyForm

UNNAMED = "this event"
"""The name of an event that has none yet: a document can't be without."""


def form_values(event: Event) -> dict[str, Any]:
    """What an `EventForm` shows of an event, by field."""
    rows = [_row_values(index, item) for index, item in enumerate(event.properties)]
    return {"name": event.name, "call": event.call, "properties": rows, **event.answers}


def read_event(form: EventForm, original: Event | None = None) -> Event:
    """The event that the form describes. Raises nothing: a form with errors gives an event without their parts."""
    original = original or Event(name=UNNAMED)
    given = {field.question.key: cast(Answer, field.data) for field in form.answers if field.data in ("yes", "no")}
    return msgspec.structs.replace(
        original,
        name=kept(form.name.data, original.name) if _is_name(form.name.data) else UNNAMED,
        call=original.call if form.call.errors else form.call.data,
        answers=given,
        suggested=tuple(
            key
            for key in original.suggested
            if given.get(key) == original.answers.get(key) and key not in (form.accepted.data or ())
        ),
        properties=tuple(_property(row.form, original) for row in form.properties if row.form.counts),
    )


def kept_labels(event: Event, name: str, text: str) -> dict[str, str]:
    """The event's labels with this one set, or left out if there is no text."""
    typed = kept(text, event.labels.get(name, ""))
    others = {key: value for key, value in event.labels.items() if key != name}
    return dict(sorted((others | ({name: typed} if typed else {})).items()))


def _is_name(text: str | None) -> bool:
    return text is not None and bool(text.strip()) and len(text) <= 500


def _row_values(index: int, item: Property) -> dict[str, Any]:
    cells = ("name", "type", "required", "sensitive", "known_by", "description")
    return {"origin": str(index), **{cell: getattr(item, cell) for cell in cells}}


def _property(row: PropertyForm, event: Event) -> Property:
    origin = event.properties[int(row.origin.data)] if _is_index(row.origin.data, event) else Property(name="-")
    return msgspec.structs.replace(
        origin,
        name=kept(row.name.data, origin.name),
        type=origin.type if row.type.errors else row.type.data,
        required=row.required.data,
        sensitive=row.sensitive.data,
        known_by=origin.known_by if row.known_by.errors else row.known_by.data,
        description=kept(row.description.data, origin.description),
    )


def _is_index(text: str | None, event: Event) -> bool:
    return text is not None and text.isdecimal() and text.isascii() and int(text[:6]) < len(event.properties)
