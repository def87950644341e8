"""A plan's settings and its events as the JSON that is stored: the bare document, without anything computed."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.model import Event, Plan
from advisor.store.errors import StoreError, Unstorable

_Part = TypeVar("_Part", Plan, Event)
_PLAN = msgspec.json.Decoder(Plan)
_EVENT = msgspec.json.Decoder(Event)


def write_settings(plan: Plan) -> str:
    """The plan without its events. Raises `Unstorable` for one that a plan document may not hold."""
    return _write(replace(plan, events=(), findings=UNSET), _PLAN)


def write_event(event: Event) -> str:
    """The event without its recommendation. Raises `Unstorable` for one that a plan document may not hold."""
    return _write(replace(event, recommendation=UNSET), _EVENT)


def read_settings(content: str) -> Plan:
    """The plan without events. Raises `StoreError` if the row was damaged."""
    return _read(content, _PLAN)


def read_event(content: str) -> Event:
    """The event. Raises `StoreError` if the row was damaged."""
    return _read(content, _EVENT)


def same_settings(stored: str, written: str) -> bool:
    """Whether stored settings are the ones just written, also if an older version stored them with fewer keys."""
    return stored == written or write_settings(read_settings(stored)) == written


def same_event(stored: str, written: str) -> bool:
    """Whether a stored event is the one just written, also if an older version stored it with fewer keys."""
    return stored == written or write_event(read_event(stored)) == written


def _write(part: _Part, decoder: msgspec.json.Decoder[_Part]) -> str:
    try:
        content = msgspec.json.encode(part)
        decoder.decode(content)  # Encoding checks nothing, and what cannot be read again must not get in.
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unstorable(f"This cannot be part of a plan: {error}") from error
    return content.decode()


def _read(content: str, decoder: msgspec.json.Decoder[_Part]) -> _Part:
    try:
        return decoder.decode(content)
    except msgspec.MsgspecError as error:
        raise StoreError(f"A stored plan is damaged: {error}. Restore the database from a backup.") from error
