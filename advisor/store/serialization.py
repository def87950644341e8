"""Reads a plan's settings and events from the content of rows, and compares contents.

`advisor.document.canonical` makes every content that is written, and checks every content that is read.
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
from advisor.store.errors import UnstorableError

_NAME = re.compile(r'"name": ?("(?:[^"\\]|\\.){1,500}")')


@dataclass(frozen=True)
class ReadSettings:
    """Settings as they are stored. If ``damage`` says what is wrong, ``plan`` is what could still be read, or None."""

    plan: Plan | None
    damage: str = ""


@contextmanager
def storable() -> Iterator[None]:
    """Raise `UnstorableError` where the block raises `DocumentError`."""
    try:
        yield
    except DocumentError as error:
        raise UnstorableError(error.errors) from error


@lru_cache(maxsize=512)
def settings_in(content: str) -> ReadSettings:
    """Return the settings in the content of a row."""
    try:
        return ReadSettings(read_settings(content))
    except DocumentError as error:
        plan, problems = salvage(content)
        return ReadSettings(plan, reason((*error.errors, *problems)))


def event_in(settings: Plan, content: str) -> Event:
    """Return the event in the content of a row, made to fit a plan with these settings. Raises `DocumentError`."""
    return fitted(settings, read_event(content))


def same_settings(stored: str, written: str) -> bool:
    """Return whether two contents are the same settings, also if an older version stored them with fewer keys.

    Damaged settings are not the same as any others.
    """
    if stored == written:
        return True
    found = settings_in(stored)
    return found.plan is not None and not found.damage and encoded(found.plan) == written


def same_event(stored: str, written: str) -> bool:
    """Return whether two contents are the same event, also if an older version stored it with fewer keys.

    A damaged event is not the same as any other.
    """
    if stored == written:
        return True
    try:
        return encoded(read_event(stored)) == written
    except DocumentError:
        return False


def reason(problems: tuple[Problem, ...]) -> str:
    """Return in a sentence or two what is wrong with a content."""
    said = [f"{problem.pointer}: {problem.message}".removeprefix(": ") for problem in problems[:3]]
    return " ".join(dict.fromkeys(said))[:500]


def name_in(content: str) -> str:
    """Return the name of an event whose content can't be read as a whole; empty if there is none."""
    found = _NAME.search(content)
    try:
        return msgspec.json.decode(found[1], type=str) if found else ""
    except (msgspec.DecodeError, ValueError):
        return ""
