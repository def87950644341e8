"""The tables, as the code of this version expects them; ``migrations/`` builds them.

A row holds a plan's settings or an event as its canonical JSON in ``content``, which nothing here looks into.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    # Migrations need a name for everything they may change later; SQLite gives none by itself.
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite keeps no zone and PostgreSQL answers in the session's: both come back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - its signature
        """The time with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# ``content`` comes last: SQLite reads a row from its start, and may then stop before the long text.
plans = Table(
    "plan",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("content", Text, nullable=False),
    Index(None, "owner"),
)

events = Table(
    "event",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("content", Text, nullable=False),
    UniqueConstraint("plan_id", "position"),
    # Counts the events of a plan, and finds them in order, without touching their rows.
    Index(None, "plan_id", "deleted_at", "position"),
)
