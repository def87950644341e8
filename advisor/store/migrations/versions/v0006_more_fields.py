"""Marks databases whose plans may have the fields that the document gained with ruleset 2026-12.1.

These are common properties, versions, practice, status, owners, lists of labels, blank names of properties, kinds of
personal data, consent and contracts. No table changes, and no row: a row without these keys means their defaults, and is
written with them when it is next changed. Older versions of the app would take such rows for damaged, or move the new
keys to ``extra``. Because of the number of this migration, they refuse the database.
"""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Do nothing: the rows that are there mean the same as before."""


def downgrade() -> None:
    """Do nothing: older versions keep unknown keys in ``extra``, and show a row that they can't read as damaged."""
