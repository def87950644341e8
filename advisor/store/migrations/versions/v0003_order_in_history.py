"""The order of events becomes part of the history.

No table changes: a move is a row of ``earlier`` for the thing ``order``, which older versions of the app would take for
an event. The number of this migration keeps them away.
"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing to do: what was moved before is not known."""


def downgrade() -> None:
    """Forgets where moved events had been. The moves stay in the history as changes that touch nothing."""
    op.execute("DELETE FROM earlier WHERE event_id = 'order'")
