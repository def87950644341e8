"""Adds sent forms and what they created: the same form, sent twice to any two processes, creates it once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "sent_form",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_id", sa.String(32)),
        sa.Column("address", sa.Text),
        sa.Column("owner", sa.Text),
        sa.PrimaryKeyConstraint("key", name="pk_sent_form"),
    )
    op.create_index("ix_sent_form_taken_at", "sent_form", ["taken_at"])


def downgrade() -> None:
    """Drop the table. A form that was sent before creates its result once more if it is sent again."""
    op.drop_table("sent_form")
