"""Conversion between events and event forms. Values that a form doesn't show are kept from the original event."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from advisor.document_limits import LONGEST_NAME
from advisor.model import Answer, CallType, Event
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.fields import chosen, kept
from advisor.web.forms.property_rows import read_rows, row_values

UNNAMED = "this event"
"""The name of an event without a name, because a document requires one."""


def form_values(event: Event) -> dict[str, Any]:
    """Return the values of an `EventForm` for an event, by field."""
    rows = list(row_values(event.properties))
    return {"name": event.name, "call": event.call, "properties": rows, **event.answers}


def read_event(form: EventForm, original: Event | None = None) -> Event:
    """Return the event that the form describes. Invalid fields raise no error; their values are left out."""
    original = original or Event(name=UNNAMED)
    given = {field.question.key: cast(Answer, field.data) for field in form.answers if field.data in ("yes", "no")}
    return msgspec.structs.replace(
        original,
        name=kept(form.name.data, original.name) if _is_name(form.name.data) else UNNAMED,
        call=cast(CallType, chosen(form.call, original.call)),
        answers=given,
        suggested=tuple(
            key
            for key in original.suggested
            if given.get(key) == original.answers.get(key) and key not in (form.accepted.data or ())
        ),
        properties=read_rows([row.form for row in form.properties], original),
    )


def kept_labels(event: Event, name: str, text: str) -> dict[str, str]:
    """Return the event's labels with this one set, or removed if the text is empty."""
    typed = kept(text, event.labels.get(name, ""))
    others = {key: value for key, value in event.labels.items() if key != name}
    return dict(sorted((others | ({name: typed} if typed else {})).items()))


def _is_name(text: str | None) -> bool:
    return text is not None and bool(text.strip()) and len(text) <= LONGEST_NAME
