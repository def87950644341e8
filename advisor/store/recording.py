"""Changes written down, in the transaction that makes them and under its lock of the plan.

Of each thing that a change touches the content *before* it is kept; what came after is what the next change found, or
what the thing is now. So every version of everything is stored once, and a plan from before there was any history
needs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from advisor.store.stored import ChangeKind
from advisor.store.tables import changes, earlier
from advisor.store.writing import plain


def record(
    connection: Connection,
    plan_id: str,
    kind: ChangeKind,
    before: Mapping[str, str | None],
    *,
    author: str,
    note: str = "",
) -> int:
    """Writes down a change: its number. ``before``: what was there, by event id or `SETTINGS`; None if it was not."""
    number = latest(connection, plan_id) + 1
    row = {"number": number, "at": datetime.now(UTC), "kind": kind, "author": plain(author), "note": plain(note)}
    connection.execute(insert(changes), {"plan_id": plan_id, **row})
    parts = [
        {"plan_id": plan_id, "number": number, "event_id": thing, "content": content and plain(content)}
        for thing, content in before.items()
    ]
    if parts:
        connection.execute(insert(earlier), parts)
    return number


def latest(connection: Connection, plan_id: str) -> int:
    """The number of the last change, 0 if there is none."""
    query = select(func.coalesce(func.max(changes.c.number), 0)).where(changes.c.plan_id == plan_id)
    return int(connection.execute(query).scalar_one())
