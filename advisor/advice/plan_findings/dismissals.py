"""All findings of an advised plan, each with the event it is about and the dismissal that hides it.

Used by the pages that show findings and by the command line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advisor.model import Dismissal, Finding, Plan, recommendation_of


class Standing(NamedTuple):
    """A finding, the index of the event that it is about (if it is about one), and the dismissal that hides it."""

    finding: Finding
    event: int | None
    dismissal: Dismissal | None


def standing(plan: Plan) -> Iterator[Standing]:
    """Yield the plan's own findings, then those of its events, including dismissed ones.

    A dismissal of the plan hides the plan's own findings with its code; a dismissal of an event hides all findings about
    that event with its code.
    Raises `TypeError` if the plan has not been advised.
    """
    if not isinstance(plan.findings, tuple):
        raise TypeError("the plan has not been advised")
    hidden = {item.code: item for item in plan.dismissed}
    for found in plan.findings:
        index = event_of(found.pointer)
        if index is not None and index >= len(plan.events):
            index = None
        there = hidden.get(found.code)
        yield Standing(found, index, there or (None if index is None else _dismissed(plan, index, found.code)))
    for index, event in enumerate(plan.events):
        for found in recommendation_of(event).findings:
            yield Standing(found, index, _dismissed(plan, index, found.code) if event.dismissed else None)


def open_findings(plan: Plan) -> Iterator[Standing]:
    """Return the findings that nobody dismissed."""
    return (item for item in standing(plan) if item.dismissal is None)


def event_of(pointer: str) -> int | None:
    """Return the index of the event that a pointer leads into, or None."""
    parts = pointer.split("/", 3)
    return int(parts[2]) if len(parts) > 2 and parts[1] == "events" and parts[2].isdecimal() else None


def _dismissed(plan: Plan, index: int, code: str) -> Dismissal | None:
    dismissed = plan.events[index].dismissed
    return next((item for item in dismissed if item.code == code), None) if dismissed else None
