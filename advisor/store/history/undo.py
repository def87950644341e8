"""Undoes one change of the history; other changes since are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from advisor.store import statements
from advisor.store.errors import NotFoundError, OutdatedError
from advisor.store.history import go_back
from advisor.store.history.snapshots import Contents, contents_at
from advisor.store.record_change import latest
from advisor.store.serialization import same_settings
from advisor.store.tables import ORDER, SETTINGS, earlier


def first_after(connection: Connection, plan_id: str, seen: int, thing: str) -> int | None:
    """Return the number of the first change after point ``seen`` that touched this event or `SETTINGS`."""
    query = select(func.min(earlier.c.number)).where(
        earlier.c.plan_id == plan_id, earlier.c.number > seen, earlier.c.event_id == thing
    )
    number: int | None = connection.execute(query).scalar_one()
    return number


def take_back(connection: Connection, plan: Row[Any], number: int) -> Contents:
    """Undo a change. Returns the contents before the undoing, of what it has changed.

    Raises `OutdatedError` if something that the change touched was changed since; `NotFoundError` if there is no such change, or
    it created the plan or moved events; `PlanFullError`, `UnstorableError`.
    """
    before, now = _before_and_now(connection, plan, number)
    settings, then = go_back.contents_then(str(before.get(SETTINGS, plan.content)), before)
    found = {thing: now[thing] for thing in then if not go_back.is_same_event(now[thing], then[thing])}
    if more := sum((then[thing] is not None) - (now[thing] is not None) for thing in found):
        statements.require_room(connection, plan.id, max(more, 0))
    go_back.write_contents(connection, plan.id, {thing: then[thing] for thing in found}, settings.value)
    if SETTINGS in before and not same_settings(plan.content, settings.content):
        statements.write_settings(connection, plan.id, plan.revision + 1, settings)
        found = {SETTINGS: plan.content} | found
    return found


def _before_and_now(connection: Connection, plan: Row[Any], number: int) -> tuple[Contents, Contents]:
    """Return the contents before the change, and the current ones.

    If it changed the settings, all events are included: some may name what the earlier settings don't have.
    """
    query = select(earlier.c.event_id).where(earlier.c.plan_id == plan.id, earlier.c.number == number)
    things = set(connection.execute(query).scalars())
    if not things or ORDER in things:
        raise NotFoundError("There is no such change to undo.")
    before, after = (contents_at(connection, plan, point, things) for point in (number - 1, number))
    if before.get(SETTINGS, "") is None:
        raise NotFoundError("The making of a plan isn’t undone: delete the plan instead.")
    whole = None if SETTINGS in things else things
    now = contents_at(connection, plan, latest(connection, plan.id), whole)
    if any(not _is_same(thing, now[thing], after[thing]) for thing in things):
        raise OutdatedError(
            "This was changed again since, so it can’t be undone here. The history can still bring it back."
        )
    return now | before, now


def _is_same(thing: str, one: str | None, other: str | None) -> bool:
    if thing == SETTINGS:
        return same_settings(str(one), str(other))
    return go_back.is_same_event(one, other)
