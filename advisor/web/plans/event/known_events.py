"""Suggestions on the page of an event, from what is known by its name. They are added only when the visitor accepts them.

The value of a button or tick box named ``take`` says what to accept: ``properties``, ``answers`` or ``sensitive`` for all
suggestions of a kind; ``property:<name>``, ``answer:<question>`` or ``sensitive:<names as JSON>`` for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from advisor.knowledge import known_names
from advisor.knowledge.event_specs import spec_of
from advisor.knowledge.name_signs import SuggestedAnswer
from advisor.knowledge.name_words import words_of
from advisor.knowledge.questions import Question, with_answer
from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.knowledge.starters import with_sensitive_marked
from advisor.model import Answer, Event, Property
from advisor.web.forms.event_form import EventForm


@dataclass(frozen=True)
class SensitiveRow:
    """A property row whose name suggests a sensitive value: its path, the id of its tick box, and the kind of value."""

    names: tuple[str, ...]
    control: str
    kind: str

    @property
    def take(self) -> str:
        """The value of its ``take`` button."""
        return f"sensitive:{msgspec.json.encode(self.names).decode()}"


@dataclass(frozen=True)
class Suggestions:
    """The suggestions for an event.

    ``spec`` names the specification that has the event under this ``name``, if any, and ``source`` says where the
    answers come from. ``hints`` are answers that the name says too little about to take all of them at once.
    """

    spec: str
    name: str
    source: str
    properties: tuple[Property, ...]
    answers: tuple[tuple[Question, Answer], ...]
    hints: tuple[tuple[Question, SuggestedAnswer], ...]
    sensitive: tuple[SensitiveRow, ...]
    ticked: frozenset[str]


def suggestions(form: EventForm, event: Event, ticked: Iterable[str] = ()) -> Suggestions:
    """Return the suggestions for the event as the form describes it; ``ticked`` are the values of the ticked boxes."""
    spec = spec_of(event.call, event.name)
    open_ones = _open_answers(event)
    return Suggestions(
        spec=spec.spec if spec else "",
        name=spec.name if spec else "",
        source=next((item.source for item in open_ones if not item.maybe), ""),
        properties=_missing_properties(event),
        answers=tuple((form[item.question].question, item.answer) for item in open_ones if not item.maybe),
        hints=tuple((form[item.question].question, item) for item in open_ones if item.maybe),
        sensitive=tuple(_sensitive_rows(form)),
        ticked=frozenset(ticked),
    )


def with_taken(event: Event, takes: Sequence[str]) -> Event:
    """Return the event with the accepted suggestions. A value in ``takes`` that isn't suggested changes nothing."""
    wanted = frozenset(takes)
    if not wanted:
        return event
    added = tuple(
        item for item in _missing_properties(event) if "properties" in wanted or f"property:{item.name}" in wanted
    )
    changed = replace(event, properties=_mark_sensitive(event.properties, (), wanted) + added)
    for item in _open_answers(event):
        if f"answer:{item.question}" in wanted or ("answers" in wanted and not item.maybe):
            changed = with_answer(changed, item.question, item.answer)
    return changed


def _missing_properties(event: Event) -> tuple[Property, ...]:
    """Return the properties of the specification that the event doesn't have in any spelling."""
    spec = spec_of(event.call, event.name)
    there = {words_of(item.name) for item in event.properties}
    found = spec.properties if spec else ()
    return tuple(with_sensitive_marked(item) for item in found if words_of(item.name) not in there)


def _open_answers(event: Event) -> list[SuggestedAnswer]:
    """Return what the name suggests for the questions that the event has no answer to."""
    known = known_names.suggestions(event.name, event.call)
    return [item for item in known.suggested if item.question not in event.answers] if known else []


def _sensitive_rows(form: EventForm) -> Iterable[SensitiveRow]:
    masked: tuple[str, ...] | None = None
    for entry in form.properties:
        row = entry.form
        if masked is not None and row.names[: len(masked)] == masked:
            continue
        masked = row.names if row.sensitive.data else None
        kind = sensitive_kind(row.names[-1])
        if kind and row.counts and not row.sensitive.data:
            yield SensitiveRow(row.names, row.sensitive.id, kind)


def _mark_sensitive(
    properties: tuple[Property, ...], inside: tuple[str, ...], wanted: frozenset[str]
) -> tuple[Property, ...]:
    return tuple(_mark_one(item, (*inside, item.name), wanted) for item in properties)


def _mark_one(item: Property, names: tuple[str, ...], wanted: frozenset[str]) -> Property:
    is_meant = f"sensitive:{msgspec.json.encode(names).decode()}" in wanted
    is_meant = is_meant or ("sensitive" in wanted and sensitive_kind(item.name) is not None)
    return replace(
        item, sensitive=item.sensitive or is_meant, properties=_mark_sensitive(item.properties, names, wanted)
    )
