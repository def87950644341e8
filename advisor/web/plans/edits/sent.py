"""What a page sends back of an event or of a plan's settings, and the problems for which a document with it is refused."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from advisor.document import DocumentError, Problem, canonical_event, check, fitted
from advisor.document.canonical import read_event, read_settings
from advisor.document.places import place_in_words
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Event, Plan


def sent_event(plan: Plan, text: str) -> Event:
    """Return the event that a page sends back, without destinations and libraries that the plan no longer has.

    Raises `DocumentError` if the text is not an event, or names destinations that no plan can have.
    """
    event = read_event(text)
    made = fitted(plan, event)
    lost = () if event.destinations == "all" else set(event.destinations) - set(made.destinations)
    return made if all(key in CATALOGUE for key in lost) else canonical_event(plan, event).value


def sent_settings(text: str) -> Plan:
    """Return the settings that a page sends back. Raises `DocumentError`."""
    return read_settings(text)


def settings_problems(plan: Plan) -> tuple[Problem, ...]:
    """Return the problems for which a plan document with these settings would be refused."""
    try:
        check(replace(plan, events=()))
    except DocumentError as error:
        return error.errors
    return ()


def event_problems(plan: Plan, event: Event) -> tuple[Problem, ...]:
    """Return the problems for which a plan document with this event would be refused."""
    try:
        check(replace(plan, events=(event,)))
    except DocumentError as error:
        return tuple(_in_words(event, problem) for problem in error.errors)
    return ()


def _in_words(event: Event, problem: Problem) -> Problem:
    """Return the problem with its place in the event, in words, before its message."""
    inside = "".join(f"/{step}" for step in problem.pointer.split("/")[3:])
    place = place_in_words(msgspec.to_builtins(event), inside)
    return msgspec.structs.replace(problem, message=f"{place}: {problem.message}" if place else problem.message)
