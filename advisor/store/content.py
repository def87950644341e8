"""A plan's settings and its events between the rows that hold them and the values that they are.

What is written comes through the door of `advisor.document.canonical`; what is read goes back through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from advisor.document import DocumentError, Problem, fitted
from advisor.document.canonical import encoded, read_event, read_settings
from advisor.document.salvage import salvage
from advisor.model import Event, Plan
from advisor.store.errors import Unstorable

_NAME = re.compile(r'"name": ?("(?:[^"\\]|\\.){1,500}")')


@dataclass(frozen=True)
class ReadSettings:
    """Settings as they are stored; if ``damage`` says what is wrong with them, what could be read of them, if anything."""

    plan: Plan | None
    damage: str = ""


@contextmanager
def storable() -> Iterator[None]:
    """Turns what the door refuses into `Unstorable`."""
    try:
        yield
    except DocumentError as error:
        raise Unstorable(error.errors) from error


@lru_cache(maxsize=512)
def settings_in(content: str) -> ReadSettings:
    """Return the settings that a row holds."""
    try:
        return ReadSettings(read_settings(content))
    except DocumentError as error:
        plan, problems = salvage(content)
        return ReadSettings(plan, reason((*error.errors, *problems)))


def event_in(settings: Plan, content: str) -> Event:
    """Return the event that a row holds, as a plan with these settings can have it. Raises `DocumentError`."""
    return fitted(settings, read_event(content))


def same_settings(stored: str, written: str) -> bool:
    """Whether stored settings are those, also if an older version stored them with fewer keys. Damaged ones are not."""
    if stored == written:
        return True
    found = settings_in(stored)
    return found.plan is not None and not found.damage and encoded(found.plan) == written


def same_event(stored: str, written: str) -> bool:
    """Whether a stored event is that one, also if an older version stored it with fewer keys. A damaged one is not."""
    if stored == written:
        return True
    try:
        return encoded(read_event(stored)) == written
    except DocumentError:
        return False


def reason(problems: tuple[Problem, ...]) -> str:
    """Return what is wrong with a content, in a sentence or two."""
    said = [f"{problem.pointer}: {problem.message}".removeprefix(": ") for problem in problems[:3]]
    return " ".join(dict.fromkeys(said))[:500]


def name_in(content: str) -> str:
    """Return the name in an event's content that can't be read as a whole; empty if there is none."""
    found = _NAME.search(content)
    try:
        return msgspec.json.decode(found[1], type=str) if found else ""
    except (msgspec.DecodeError, ValueError):
        return ""
