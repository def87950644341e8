"""The tables, as the code of this version expects them; ``migrations/`` builds them.

A row has a plan's settings or an event as canonical JSON in ``content``; no query looks into it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    # Migrations need a name for everything they may change later; SQLite itself gives no names.
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite keeps no zone and PostgreSQL returns that of the session: both are converted to UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - its signature
        """Return the time in UTC, with its zone."""
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
    # To count the events of a plan, and to find them in order, without reading their rows.
    Index(None, "plan_id", "deleted_at", "position"),
)

changes = Table(
    "change",
    metadata,
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True),
    # From 1 in each plan, without gaps: "point 7" is the plan as it was after change 7.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
)

SETTINGS = ""
"""The ``event_id`` in ``earlier`` for the settings of the plan."""
ORDER = "order"
"""The ``event_id`` in ``earlier`` for the order of events. ``content`` has the previous places (`store.event_order`)."""

earlier = Table(
    "earlier",
    metadata,
    Column("plan_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("event_id", String(32), primary_key=True),
    # The content before this change; null if there was none. The current content is in ``plan`` and ``event``.
    Column("content", Text),
    ForeignKeyConstraint(["plan_id", "number"], ["change.plan_id", "change.number"], ondelete="CASCADE"),
    Index(None, "plan_id", "event_id", "number"),
)

versions = Table(
    "version",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "plan_id"),
)

shares = Table(
    "share",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("may", String(4), nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("token_hash"),
    Index(None, "plan_id"),
)

guests = Table(
    "guest",
    metadata,
    Column("share_id", ForeignKey("share.id", ondelete="CASCADE"), primary_key=True),
    Column("visitor", Text, primary_key=True),
    Column("opened_at", Moment, nullable=False),
    Index(None, "visitor"),
)

comments = Table(
    "comment",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    # A deleted event keeps its row, and so its comments: they are back when it is.
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
    # The visitor who wrote it, who alone may delete it, and the name that they gave.
    Column("writer", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("text", Text, nullable=False),
    Index(None, "plan_id"),
    Index(None, "event_id"),
    Index(None, "writer"),
)

installation = Table(
    "installation",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

recovery = Table(
    "recovery",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("owner", Text, nullable=False),
    Index(None, "owner"),
)

joined = Table(
    "joined",
    metadata,
    # An owner who was merged into another, because they are one person. The old cookies still open the plans.
    Column("owner", Text, primary_key=True),
    Column("became", Text, nullable=False),
    Index(None, "became"),
)

sent_forms = Table(
    "sent_form",
    metadata,
    Column("key", String(64), primary_key=True),
    # The copy that processes the form. A copy that takes over from a lost one writes its own.
    Column("holder", String(32), nullable=False),
    Column("taken_at", Moment, nullable=False),
    # The plan, written in the transaction that creates the thing; then the address it led to, and the owner.
    Column("plan_id", String(32)),
    Column("address", Text),
    Column("owner", Text),
    Index(None, "taken_at"),
)

uploads = Table(
    "upload",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE")),
    Column("created_at", Moment, nullable=False),
    Column("size", Integer, nullable=False),
    # What the visitor said about the files on the preview, as JSON; empty before they said anything.
    Column("choices", Text, nullable=False),
    Column("files", LargeBinary, nullable=False),
    Index(None, "owner"),
    Index(None, "created_at"),
)
