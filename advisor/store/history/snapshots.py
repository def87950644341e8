"""Reads a plan as it was at a point of its history: the contents of its settings and events."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select

from advisor.document import DocumentError
from advisor.document.canonical import read_event
from advisor.model import Event, Plan
from advisor.store.errors import NotFoundError
from advisor.store.event_order import moved_between, order_at
from advisor.store.record_change import latest
from advisor.store.records import Snapshot
from advisor.store.serialization import settings_in
from advisor.store.tables import ORDER, SETTINGS, earlier, events

Contents = dict[str, str | None]
"""Contents by event id or `SETTINGS`; None for what was not there."""
_FEW = 500
"""Up to this many ids are queried by id; if there are more, all rows are read."""


def require_point(connection: Connection, plan: Row[Any], number: int) -> None:
    """Raise `NotFoundError` for a point that the plan's history does not have."""
    if not 0 <= number <= latest(connection, plan.id):
        raise NotFoundError("There is no such point in the history of this plan.")


def changed_things(connection: Connection, plan_id: str, start: int, end: int) -> set[str]:
    """Return what changed after point ``start``, up to point ``end``: event ids and `SETTINGS`, but not `ORDER`."""
    query = select(earlier.c.event_id).where(
        earlier.c.plan_id == plan_id, earlier.c.number > start, earlier.c.number <= end
    )
    return set(connection.execute(query.distinct()).scalars()) - {ORDER}


def moved_events(connection: Connection, plan: Row[Any], start: int, end: int) -> tuple[str, ...]:
    """Return the events of both points that were moved between them; empty if the order is the same at both."""
    candidates = moved_between(connection, plan.id, start, end)
    if not candidates:
        return ()
    here, there = (contents_at(connection, plan, number) for number in (start, end))
    both = {thing for thing in here if here[thing] is not None and there[thing] is not None} - {SETTINGS}
    after = [thing for thing in there if thing in both]
    if after == [thing for thing in here if thing in both]:
        return ()
    return tuple(thing for thing in after if thing in candidates)


def contents_at(connection: Connection, plan: Row[Any], number: int, things: Collection[str] | None = None) -> Contents:
    """Return the contents at a point, of ``things`` or of all; events in their order. ``plan`` is the plan's row."""
    few = things if things is not None and len(things) <= _FEW else None
    found = _now(connection, plan, few)
    for thing, content in _replaced_since(connection, plan.id, number, few):
        found[thing] = content
    if (order := order_at(connection, plan.id, number)) is not None:
        found = {thing: found[thing] for thing in (SETTINGS, *order) if thing in found}
    return found if things is None else {thing: found[thing] for thing in found if thing in things}


def count_at(connection: Connection, plan: Row[Any], number: int) -> int:
    """Return how many events the plan had at a point."""
    living = select(func.count()).where(events.c.plan_id == plan.id, events.c.deleted_at.is_(None))
    since = changed_things(connection, plan.id, number, latest(connection, plan.id)) - {SETTINGS}
    then, now = (
        contents_at(connection, plan, number, since),
        _now(connection, plan, None if len(since) > _FEW else since),
    )
    came = sum((now[thing] is not None) - (then[thing] is not None) for thing in since)
    return int(connection.execute(living).scalar_one()) - came


def snapshot(contents: Contents) -> Snapshot:
    """Return the contents of a point as values. Settings are None if they were not requested or not there."""
    return snapshots(contents)[0]


def snapshots(*points: Contents) -> tuple[Snapshot, ...]:
    """Return the contents of several points of one plan as values. An event that is the same in two is one object."""
    known: dict[str, Event | None] = {}
    read = []
    for contents in points:
        settings = contents.get(SETTINGS)
        found: dict[str, Event] = {}
        damaged = set()
        for thing, content in contents.items():
            if thing == SETTINGS or content is None:
                continue
            if content not in known:
                known[content] = event_in_history(content)
            if event := known[content]:
                found[thing] = event
            else:
                damaged.add(thing)
        then = None if settings is None else settings_in(settings).plan or Plan()
        read.append(Snapshot(settings=then, events=found, damaged=frozenset(damaged)))
    return tuple(read)


def event_in_history(content: str) -> Event | None:
    """Return the event in a content without making it fit its plan; None if it can't be read."""
    try:
        return read_event(content)
    except DocumentError:
        return None


def _now(connection: Connection, plan: Row[Any], few: Collection[str] | None) -> Contents:
    query = select(events.c.id, events.c.deleted_at, events.c.content).where(events.c.plan_id == plan.id)
    if few is not None:
        query = query.where(events.c.id.in_(few))
    rows = connection.execute(query.order_by(events.c.position))
    living = {row.id: row.content if row.deleted_at is None else None for row in rows}
    return ({SETTINGS: plan.content} if few is None or SETTINGS in few else {}) | living


def _replaced_since(
    connection: Connection, plan_id: str, number: int, few: Collection[str] | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the id and the content at the point of everything that changed since."""
    first = select(earlier.c.event_id, func.min(earlier.c.number).label("number")).where(
        earlier.c.plan_id == plan_id, earlier.c.number > number, earlier.c.event_id != ORDER
    )
    if few is not None:
        first = first.where(earlier.c.event_id.in_(few))
    found = first.group_by(earlier.c.event_id).subquery()
    query = select(earlier.c.event_id, earlier.c.content).join(
        found, (earlier.c.event_id == found.c.event_id) & (earlier.c.number == found.c.number)
    )
    for row in connection.execute(query.where(earlier.c.plan_id == plan_id)):
        yield row.event_id, row.content
