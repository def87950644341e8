"""Writes rows: adds them, replaces their content, deletes and restores them. The caller holds the lock of the plan.

Nothing else writes the content of plans and events, and this module accepts only `Canonical` values.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, insert, select, update

from advisor.document import Canonical
from advisor.document_limits import MAX_EVENTS
from advisor.model import Event, Plan
from advisor.store.errors import PlanFullError
from advisor.store.tables import events, plans


def insert_plan(connection: Connection, owner: str, settings: Canonical[Plan]) -> str:
    """Add a new plan without events, and return its id."""
    plan_id, moment = new_id(), now()
    row = {"id": plan_id, "owner": owner, "revision": 1, "created_at": moment, "updated_at": moment}
    connection.execute(insert(plans), {**row, "content": settings.content})
    return plan_id


def append_events(connection: Connection, plan_id: str, added: Sequence[Canonical[Event]]) -> tuple[str, ...]:
    """Add new events after all others, and return their ids. Raises `PlanFullError`."""
    require_room(connection, plan_id, len(added))
    by_id = {new_id(): event for event in added}
    insert_events(connection, plan_id, by_id)
    return tuple(by_id)


def insert_events(connection: Connection, plan_id: str, added: Mapping[str, Canonical[Event]]) -> None:
    """Add new events with these ids after all others."""
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
    """Raise `PlanFullError` if the plan has no room for this many more events."""
    query = select(func.count()).where(events.c.plan_id == plan_id, events.c.deleted_at.is_(None))
    count = connection.execute(query).scalar_one()
    if count + more > MAX_EVENTS:
        raise PlanFullError(
            f"A plan holds at most {MAX_EVENTS:,} events. This one has {count:,}, so {more:,} more do not fit."
        )


def write_settings(connection: Connection, plan_id: str, revision: int, settings: Canonical[Plan]) -> None:
    """Replace the settings of a plan; ``revision`` is the new one."""
    _write(connection, plans, plan_id, revision, settings.content)


def write_event(connection: Connection, event_id: str, revision: int, event: Canonical[Event]) -> None:
    """Replace an event; ``revision`` is the new one."""
    _write(connection, events, event_id, revision, event.content)


def _write(connection: Connection, table: Table, row_id: str, revision: int, content: str) -> None:
    values = {"content": content, "revision": revision, "updated_at": now()}
    connection.execute(update(table).where(table.c.id == row_id).values(values))


def mark_deleted(connection: Connection, table: Table, row_id: str, *, deleted: bool) -> None:
    """Mark a row as deleted, or restore it."""
    connection.execute(update(table).where(table.c.id == row_id).values(deleted_at=now() if deleted else None))


def give_plans(connection: Connection, owner: str, to: str) -> None:
    """Give all plans of an owner, deleted ones too, to another owner."""
    connection.execute(update(plans).where(plans.c.owner == owner).values(owner=to))


def touch(connection: Connection, plan_id: str) -> None:
    """Set the time of the plan's last change to now."""
    connection.execute(update(plans).where(plans.c.id == plan_id).values(updated_at=now()))


def plain(text: str) -> str:
    """Return the text as every database can hold it: without U+0000 and without halves of surrogate pairs."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def new_id() -> str:
    """Return a new id of 128 random bits, which nobody can guess."""
    return secrets.token_hex(16)


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)
