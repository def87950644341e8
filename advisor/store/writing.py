"""Rows written: new ones, new content, deleted or not. Who calls holds the lock of the plan.

Nothing else writes the content of plans and events, and this accepts only what the document's door made.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, insert, select, update

from advisor.document import Canonical
from advisor.limits import MAX_EVENTS
from advisor.model import Event, Plan
from advisor.store.errors import PlanFull
from advisor.store.tables import events, plans


def insert_plan(connection: Connection, owner: str, settings: Canonical[Plan]) -> str:
    """A new plan without events: its id."""
    plan_id, moment = new_id(), now()
    row = {"id": plan_id, "owner": owner, "revision": 1, "created_at": moment, "updated_at": moment}
    connection.execute(insert(plans), {**row, "content": settings.content})
    return plan_id


def append_events(connection: Connection, plan_id: str, added: Sequence[Canonical[Event]]) -> tuple[str, ...]:
    """New events after all there are: their ids. Raises `PlanFull`."""
    require_room(connection, plan_id, len(added))
    by_id = {new_id(): event for event in added}
    insert_events(connection, plan_id, by_id)
    return tuple(by_id)


def insert_events(connection: Connection, plan_id: str, added: Mapping[str, Canonical[Event]]) -> None:
    """New events with these ids, after all there are."""
    query = select(func.coalesce(func.max(events.c.position), -1)).where(events.c.plan_id == plan_id)
    start, moment = connection.execute(query).scalar_one() + 1, now()
    fresh = {"plan_id": plan_id, "revision": 1, "created_at": moment, "updated_at": moment}
    rows = [
        {**fresh, "id": event_id, "position": position, "content": event.content}
        for position, (event_id, event) in enumerate(added.items(), start)
    ]
    if rows:
        connection.execute(insert(events), rows)


def require_room(connection: Connection, plan_id: str, more: int) -> None:
    """Raises `PlanFull` if the plan cannot take so many more events."""
    query = select(func.count()).where(events.c.plan_id == plan_id, events.c.deleted_at.is_(None))
    count = connection.execute(query).scalar_one()
    if count + more > MAX_EVENTS:
        raise PlanFull(
            f"A plan holds at most {MAX_EVENTS:,} events. This one has {count:,}, so {more:,} more do not fit."
        )


def write_settings(connection: Connection, plan_id: str, revision: int, settings: Canonical[Plan]) -> None:
    """Replaces the settings of a plan; ``revision`` is the new one."""
    _write(connection, plans, plan_id, revision, settings.content)


def write_event(connection: Connection, event_id: str, revision: int, event: Canonical[Event]) -> None:
    """Replaces an event; ``revision`` is the new one."""
    _write(connection, events, event_id, revision, event.content)


def _write(connection: Connection, table: Table, row_id: str, revision: int, content: str) -> None:
    values = {"content": content, "revision": revision, "updated_at": now()}
    connection.execute(update(table).where(table.c.id == row_id).values(values))


def mark_deleted(connection: Connection, table: Table, row_id: str, *, deleted: bool) -> None:
    """Deletes a row such that it can be restored, or restores it."""
    connection.execute(update(table).where(table.c.id == row_id).values(deleted_at=now() if deleted else None))


def touch(connection: Connection, plan_id: str) -> None:
    """Notes that something of the plan changed now."""
    connection.execute(update(plans).where(plans.c.id == plan_id).values(updated_at=now()))


def plain(text: str) -> str:
    """The text as every database can hold it: PostgreSQL has no U+0000, and nobody can write half characters."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def new_id() -> str:
    """128 random bits: nobody can guess an id."""
    return secrets.token_hex(16)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
