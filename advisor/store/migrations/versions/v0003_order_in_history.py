"""Adds the order of events to the history.

No table changes: a move is a row of ``earlier`` with the event id ``order``, which older versions of the app would take
for an event. Because of the number of this migration, they refuse the database.
"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Do nothing: what was moved before is not known."""


def downgrade() -> None:
    """Delete the earlier places of moved events. The moves stay in the history as changes that touch nothing."""
    op.execute("DELETE FROM earlier WHERE event_id = 'order'")
