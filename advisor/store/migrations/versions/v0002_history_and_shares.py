"""Adds the history of plans, named versions, and secret links to plans."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables. The history of existing plans begins with their next change."""
    op.create_table(
        "change",
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_change"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_change_plan_id", ondelete="CASCADE"),
    )
    op.create_table(
        "earlier",
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("content", sa.Text),
        sa.PrimaryKeyConstraint("plan_id", "number", "event_id", name="pk_earlier"),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"], ["change.plan_id", "change.number"], name="fk_earlier_plan_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_earlier_plan_id_event_id_number", "earlier", ["plan_id", "event_id", "number"])
    op.create_table(
        "version",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_version_plan_id", ondelete="CASCADE"),
    )
    op.create_index("ix_version_plan_id", "version", ["plan_id"])
    _make_shares()


def _make_shares() -> None:
    op.create_table(
        "share",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("may", sa.String(4), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_share"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_share_plan_id", ondelete="CASCADE"),
        sa.UniqueConstraint("token_hash", name="uq_share_token_hash"),
    )
    op.create_index("ix_share_plan_id", "share", ["plan_id"])
    op.create_table(
        "guest",
        sa.Column("share_id", sa.String(32), nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("share_id", "visitor", name="pk_guest"),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name="fk_guest_share_id", ondelete="CASCADE"),
    )
    op.create_index("ix_guest_visitor", "guest", ["visitor"])


def downgrade() -> None:
    """Drop the tables, with all history, versions and links in them."""
    for table in ("guest", "share", "version", "earlier", "change"):
        op.drop_table(table)
