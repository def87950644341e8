"""The fields of an event that rows pasted into the grid can set although the grid has no column for them.

Their values are texts, as those of the cells of the grid, but for the practice: its placement and its evidence.
"""

from __future__ import annotations

from typing import Any, get_args

from advisor.document_limits import LONGEST_LABEL, LONGEST_TEXT
from advisor.event_fields import EVENT_FIELD
from advisor.formats.columns.words import status_in
from advisor.formats.practice import practice_of_word
from advisor.model import Event, Placement, Practice, Status

DESCRIPTION, STATUS, OWNER, PRACTICE = "description", "status", "owner", "practice"
MORE = (DESCRIPTION, STATUS, OWNER, PRACTICE)
MORE_TITLES = {field: EVENT_FIELD[field].heading for field in MORE}
_LONGEST = {DESCRIPTION: LONGEST_TEXT, OWNER: LONGEST_LABEL}


class NoValueError(ValueError):
    """Raised for a value that the field doesn't take. The message says why."""


def read_more(event: Event, field: str) -> str | list[str]:
    """Return the value of one of these fields."""
    value = EVENT_FIELD[field].get(event)
    if isinstance(value, Practice):
        return [value.placement, value.evidence]
    return str(value or "")


def check_more(field: str, value: object) -> Any:
    """Return the value as the field of an event has it. Raises `NoValueError`."""
    if field == PRACTICE:
        return _practice(value)
    if not isinstance(value, str):
        raise NoValueError("This cell takes text.")
    if field == STATUS:
        if value not in get_args(Status):
            raise NoValueError(f"“{value[:60]}” is no state of work; say proposed, agreed or implemented.")
        return value
    if len(value) > _LONGEST[field]:
        raise NoValueError(f"At most {_LONGEST[field]:,} characters; it has {len(value):,}.")
    return value


def value_in(field: str, heading: str, text: str) -> str | list[str]:
    """Return the value that the text of a cell means. Raises `NoValueError`."""
    if field == STATUS:
        return status_in(text) or text.strip()
    if field != PRACTICE:
        return text.strip()
    found = practice_of_word(heading or "pasted", text.strip())
    if found is None:
        raise NoValueError(f"“{text.strip()[:60]}” names no side; say client, server or both.")
    return [found.placement, found.evidence]


def more_in_words(field: str, value: str | list[str]) -> str:
    """Return a value in words."""
    return value[0] if field == PRACTICE and isinstance(value, list) else str(value)


def _practice(value: object) -> Practice | None:
    if value == "":
        return None
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
        placement, evidence = value
        if placement in get_args(Placement) and len(evidence) <= LONGEST_TEXT:
            return Practice(placement=placement, evidence=evidence)
    raise NoValueError("Say client, server or both.")
