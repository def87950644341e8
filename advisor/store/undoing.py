"""One change of the history taken back, whatever else was changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from advisor.model import Event, Plan
from advisor.store.content import read_event, read_settings, same_event, same_settings, write_event
from advisor.store.errors import NotFound, Outdated
from advisor.store.points import Contents, contents_at
from advisor.store.recording import latest
from advisor.store.tables import ORDER, SETTINGS, earlier

Fit = Callable[[Plan, Event], Event]
"""Makes an event fit the settings that the plan has."""


def first_after(connection: Connection, plan_id: str, seen: int, thing: str) -> int | None:
    """Return the number of the first change after point ``seen`` that touched this event or `SETTINGS`."""
    query = select(func.min(earlier.c.number)).where(
        earlier.c.plan_id == plan_id, earlier.c.number > seen, earlier.c.event_id == thing
    )
    number: int | None = connection.execute(query).scalar_one()
    return number


def taken_back(connection: Connection, plan: Row[Any], number: int, fit: Fit) -> tuple[Contents, Contents]:
    """Return what the things of a change are now, and what they become when it is undone, where these differ.

    Raises `Outdated` if one of them was changed since, `NotFound` for a change that there is not or that moved events.
    """
    query = select(earlier.c.event_id).where(earlier.c.plan_id == plan.id, earlier.c.number == number)
    things = set(connection.execute(query).scalars())
    if not things or ORDER in things:
        raise NotFound("There is no such change to undo.")
    before, after, now = (
        contents_at(connection, plan, point, things) for point in (number - 1, number, latest(connection, plan.id))
    )
    if before.get(SETTINGS, "") is None:
        raise NotFound("The making of a plan isn’t undone: delete the plan instead.")
    if any(not is_same(thing, now[thing], after[thing]) for thing in things):
        raise Outdated("This was changed again since, so it can’t be undone here. The history can still bring it back.")
    wanted = _fitting(connection, plan, before, fit)
    current = now | contents_at(connection, plan, latest(connection, plan.id), wanted.keys() - things)
    return current, {thing: wanted[thing] for thing in wanted if not is_same(thing, current[thing], wanted[thing])}


def is_same(thing: str, one: str | None, other: str | None) -> bool:
    """Return whether two contents of a thing say the same. None means that it is not there."""
    if one is None or other is None:
        return one is other
    return same_settings(one, other) if thing == SETTINGS else same_event(one, other)


def _fitting(connection: Connection, plan: Row[Any], before: Contents, fit: Fit) -> Contents:
    """Return these contents with every event fitted to the settings that the plan has with them."""
    settings = read_settings(before.get(SETTINGS) or plan.content)
    events = dict(before)
    if SETTINGS in before:
        # Events that were changed since may name what these settings don't have.
        events = contents_at(connection, plan, latest(connection, plan.id)) | before
    fitted = {thing: _fitted(settings, content, fit) for thing, content in events.items() if thing != SETTINGS}
    return ({SETTINGS: before[SETTINGS]} if SETTINGS in before else {}) | fitted


def _fitted(settings: Plan, content: str | None, fit: Fit) -> str | None:
    if content is None:
        return None
    event = read_event(content)
    made = fit(settings, event)
    return content if made is event else write_event(made)
