"""Rows written: new ones, new content, deleted or not. Who calls holds the lock of the plan."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, insert, select, update

from advisor.limits import MAX_EVENTS
from advisor.store.errors import PlanFull
from advisor.store.tables import events, plans


def insert_plan(connection: Connection, owner: str, content: str) -> str:
    """A new plan without events: its id."""
    plan_id, moment = new_id(), now()
    row = {"id": plan_id, "owner": owner, "revision": 1, "created_at": moment, "updated_at": moment, "content": content}
    connection.execute(insert(plans), row)
    return plan_id


def append_events(connection: Connection, plan_id: str, contents: Sequence[str]) -> tuple[str, ...]:
    """New events after all there are: their ids. Raises `PlanFull`."""
    require_room(connection, plan_id, len(contents))
    last = connection.execute(select(func.max(events.c.position)).where(events.c.plan_id == plan_id)).scalar_one()
    start, moment = 0 if last is None else last + 1, now()
    ids = tuple(new_id() for _ in contents)
    fresh = {"plan_id": plan_id, "revision": 1, "created_at": moment, "updated_at": moment}
    rows = [
        {**fresh, "id": event_id, "position": position, "content": content}
        for position, (event_id, content) in enumerate(zip(ids, contents, strict=True), start)
    ]
    if rows:
        connection.execute(insert(events), rows)
    return ids


def require_room(connection: Connection, plan_id: str, more: int) -> None:
    """Raises `PlanFull` if the plan cannot take so many more events."""
    query = select(func.count()).where(events.c.plan_id == plan_id, events.c.deleted_at.is_(None))
    count = connection.execute(query).scalar_one()
    if count + more > MAX_EVENTS:
        raise PlanFull(
            f"A plan holds at most {MAX_EVENTS:,} events. This one has {count:,}, so {more:,} more do not fit."
        )


def write_content(connection: Connection, table: Table, row_id: str, revision: int, content: str) -> None:
    """Replaces what a row holds; ``revision`` is the new one."""
    values = {"content": content, "revision": revision, "updated_at": now()}
    connection.execute(update(table).where(table.c.id == row_id).values(values))


def mark_deleted(connection: Connection, table: Table, row_id: str, *, deleted: bool) -> None:
    """Deletes a row such that it can be restored, or restores it."""
    connection.execute(update(table).where(table.c.id == row_id).values(deleted_at=now() if deleted else None))


def touch(connection: Connection, plan_id: str) -> None:
    """Notes that something of the plan changed now."""
    connection.execute(update(plans).where(plans.c.id == plan_id).values(updated_at=now()))


def new_id() -> str:
    """128 random bits: nobody can guess an id."""
    return secrets.token_hex(16)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
