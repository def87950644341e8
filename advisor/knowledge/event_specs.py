"""The events of Segment's specs, with their properties and the answers that most teams give.

``event_specs.json`` restates the specs (docs/credits.md) without what they put into the context of a call; fields
inside objects and lists are nested. ``reserved_traits.json`` does the same for the traits of users and groups.
``usual_answers.csv`` is our own judgement; its answers are only suggested.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct

from advisor.knowledge.name_words import words_of
from advisor.knowledge.tables import content_of, rows_of
from advisor.model import CALL_TYPES, Answer, CallType, Property

_LETTERS: dict[str, Answer] = {"y": "yes", "n": "no"}


class EventSpec(Struct, frozen=True, kw_only=True):
    """One event of a spec. ``answers`` are the usual ones, by question, in the order of the questions."""

    spec: str
    name: str
    properties: tuple[Property, ...] = ()
    answers: dict[str, Answer] = {}


def find_spec(name: str) -> EventSpec | None:
    """Return the event with this name, in any casing (``Order Completed``, ``order_completed``), or None."""
    return _by_words().get(words_of(name))


def spec_of(call: CallType, name: str) -> EventSpec | None:
    """Return what is known of a call, or None.

    A track call is found by its name, other calls by their type alone (reserved traits, usual answers).
    """
    return find_spec(name) if call == "track" else _specs_of_calls().get(call)


@cache
def event_specs() -> tuple[EventSpec, ...]:
    """Return every event, by spec, in the order of the specs."""
    usual = _usual_answers()
    specs = msgspec.json.decode(content_of("event_specs.json"), type=tuple[EventSpec, ...])
    return tuple(msgspec.structs.replace(spec, answers=usual[spec.name]) for spec in specs)


def answers_in(row: Mapping[str, str]) -> dict[str, Answer]:
    """Return the answers in a row of a table, which has ``y``, ``n`` or nothing for each question."""
    return {key: _LETTERS[letter] for key, letter in row.items() if letter}


@cache
def _by_words() -> dict[tuple[str, ...], EventSpec]:
    return {words_of(spec.name): spec for spec in event_specs()}


@cache
def _specs_of_calls() -> dict[CallType, EventSpec]:
    traits = msgspec.json.decode(content_of("reserved_traits.json"), type=dict[CallType, tuple[Property, ...]])
    usual = _usual_answers()
    return {
        call: EventSpec(spec="Spec", name=call, properties=traits.get(call, ()), answers=usual[call])
        for call in CALL_TYPES
        if call in usual
    }


@cache
def _usual_answers() -> dict[str, dict[str, Answer]]:
    return {row.pop("name"): answers_in(row) for row in rows_of("usual_answers.csv")}
