"""Adds comments on events, and links for developers, for which no table changes: ``share.may`` may be ``dev``."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "comment",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_comment_plan_id_plan", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_comment_event_id_event", ondelete="CASCADE"),
    )
    for column in ("plan_id", "event_id", "writer"):
        op.create_index(f"ix_comment_{column}", "comment", [column])


def downgrade() -> None:
    """Drop the table, and the links for developers, which older versions would read as links to view the whole plan."""
    op.execute("DELETE FROM guest WHERE share_id IN (SELECT id FROM share WHERE may = 'dev')")
    op.execute("DELETE FROM share WHERE may = 'dev'")
    op.drop_table("comment")
