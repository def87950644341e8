"""The changes that the settings page makes to a plan: pure functions that return the changed plan."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from advisor.document import DocumentError, Problem, canonical_event, check, fitted
from advisor.document.canonical import read_event, read_settings
from advisor.document.places import place_in_words
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination, Event, Mode, Plan
from advisor.web.plans.settings.form import PlanSettingsForm


def with_settings(plan: Plan, form: PlanSettingsForm) -> Plan:
    """Return the plan with the form's name, description, libraries, warehouse and destination modes."""
    rows = form.rows()
    changed = form.plan(plan)
    return without_libraries(
        replace(
            changed,
            destinations=tuple(
                _with_modes(item, rows[item.key].web_mode.data, rows[item.key].mobile_mode.data)
                if item.key in rows
                else item
                for item in plan.destinations
            ),
        )
    )


def with_destination(plan: Plan, added: Destination) -> Plan:
    """Return the plan with one more destination, or the same plan if it has the key already."""
    if any(item.key == added.key for item in plan.destinations):
        return plan
    return replace(plan, destinations=(*plan.destinations, added))


def without_destination(plan: Plan, key: str) -> Plan:
    """Return the plan without this destination. Events that name it lose it, too."""
    return replace(
        plan,
        destinations=tuple(item for item in plan.destinations if item.key != key),
        events=tuple(_without_destination(event, key) for event in plan.events),
    )


def without_libraries(plan: Plan) -> Plan:
    """Return the plan without client libraries in its events that the plan no longer has."""
    return replace(plan, events=tuple(_with_sources(event, plan.sources.client) for event in plan.events))


def wanted_by(plan: Plan, key: str) -> tuple[Event, ...]:
    """Return the events that want this destination."""
    return tuple(event for event in plan.events if event.destinations == "all" or key in event.destinations)


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


def _with_modes(item: Destination, web: str | None, mobile: str | None) -> Destination:
    row = CATALOGUE.get(item.key) if item.custom is None else None
    if row is None:
        return item
    return replace(
        item,
        web_mode=_chosen(row.reaches("web"), item.web_mode, web),
        mobile_mode=_chosen(row.reaches("mobile"), item.mobile_mode, mobile),
    )


def _chosen(options: tuple[Mode, ...], before: Mode | None, chosen: str | None) -> Mode | None:
    """Return the mode to store: the previous one if there is no valid choice, and None if the default was never changed."""
    if len(options) < 2 or chosen not in options:
        return before
    mode: Mode = "device" if chosen == "device" else "cloud"
    return before if before is None and mode == options[0] else mode


def _without_destination(event: Event, key: str) -> Event:
    if event.destinations == "all" or key not in event.destinations:
        return event
    return replace(event, destinations=_without(event.destinations, key))


def _without(keys: Iterable[str], key: str) -> tuple[str, ...]:
    return tuple(other for other in keys if other != key)


def _with_sources(event: Event, client: tuple[str, ...]) -> Event:
    if event.sources == "all" or set(event.sources) <= set(client):
        return event
    return replace(event, sources=tuple(key for key in event.sources if key in client))
