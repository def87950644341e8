"""Conversion between events and event forms. Values that a form doesn't show are kept from the original event."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from advisor.document_limits import LONGEST_NAME
from advisor.field_values import label_text, typed_label
from advisor.knowledge.questions import with_answer
from advisor.model import Answer, CallType, Event, LabelValue
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.fields import choice_or, typed_or_original
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
    return msgspec.structs.replace(
        _with_answers(form, original),
        name=typed_or_original(form.name.data, original.name) if _is_name(form.name.data) else UNNAMED,
        call=cast(CallType, choice_or(form.call, original.call)),
        properties=read_rows([row.form for row in form.properties], original),
    )


def _with_answers(form: EventForm, event: Event) -> Event:
    """Return the event with the answers of the form. A suggestion stays unless it was accepted or changed."""
    for field in form.answers:
        key, answer = field.question.key, cast(Answer, field.data if field.data in ("yes", "no") else "unsure")
        if answer != event.answers.get(key, "unsure") or key in (form.accepted.data or ()):
            event = with_answer(event, key, answer)
    return event


def labels_with(event: Event, name: str, text: str) -> dict[str, LabelValue]:
    """Return the event's labels with the one that this text means, or without it if the text is empty."""
    before = event.labels.get(name, "")
    label = typed_label(typed_or_original(text, label_text(before)), before)
    if label == before:
        return event.labels
    others = {key: value for key, value in event.labels.items() if key != name}
    return dict(sorted((others | ({name: label} if label else {})).items()))


def _is_name(text: str | None) -> bool:
    return text is not None and bool(text.strip()) and len(text) <= LONGEST_NAME
