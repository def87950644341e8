"""Adds the key of the installation, recovery codes, and merged owners."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create three empty tables. The key that the app starts with next becomes the key of the database."""
    op.create_table(
        "installation",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_installation"),
    )
    op.create_table(
        "recovery",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_recovery"),
    )
    op.create_index("ix_recovery_owner", "recovery", ["owner"])
    op.create_table(
        "joined",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("became", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_joined"),
    )
    op.create_index("ix_joined_became", "joined", ["became"])


def downgrade() -> None:
    """Drop the tables. Recovery codes that people wrote down no longer work."""
    for table in ("joined", "recovery", "installation"):
        op.drop_table(table)
