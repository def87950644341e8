"""Records changes, in the transaction that makes them and under its lock of the plan.

For the settings and each event that a change touches, the content *before* the change is kept. The content after it is
what the next change kept, or the current one. So each version is stored once, and older plans without history need no
migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from advisor.store.records import ChangeKind
from advisor.store.statements import plain
from advisor.store.tables import changes, earlier


def record(
    connection: Connection,
    plan_id: str,
    kind: ChangeKind,
    before: Mapping[str, str | None],
    *,
    author: str,
    note: str = "",
) -> int:
    """Record a change, and return its number.

    ``before`` has the contents before the change by event id, `SETTINGS` or `ORDER`; None for what was not there.
    """
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
    """Return the number of the last change; 0 if there is none."""
    query = select(func.coalesce(func.max(changes.c.number), 0)).where(changes.c.plan_id == plan_id)
    return int(connection.execute(query).scalar_one())
