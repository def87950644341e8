"""Shows how a table would be read, before anything is written: for ``--json-report``."""

from __future__ import annotations

from msgspec import Struct

from advisor.formats.columns.mapped import MappedTable

_FIRST_ROWS = 8


class ColumnPreview(Struct, frozen=True):
    """A column: its heading, what it is taken for and why, and how many of its cells hold something."""

    key: str
    heading: str
    field: str
    evidence: str
    sure: bool
    filled: int


class TablePreview(Struct, frozen=True):
    """A table: where its heading is, its columns, its first rows, and how many rows there are under the heading."""

    file: str
    name: str
    heading_row: int
    columns: tuple[ColumnPreview, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int


def table_preview(mapped: MappedTable) -> TablePreview:
    """Return how a table would be read."""
    table = mapped.table
    rows = [row for row in table.rows if not row.is_blank]
    columns = [
        ColumnPreview(
            key=guess.key,
            heading=column.heading or column.group,
            field=guess.field,
            evidence=guess.evidence,
            sure=guess.is_sure,
            filled=sum(column.index < len(row.cells) and bool(row.cells[column.index].strip()) for row in rows),
        )
        for guess, column in zip(mapped.guesses, table.columns, strict=True)
    ]
    return TablePreview(
        file=table.table.file,
        name=table.table.name,
        heading_row=table.heading.line,
        columns=tuple(columns),
        rows=tuple(row.cells for row in rows[:_FIRST_ROWS]),
        row_count=len(rows),
    )
