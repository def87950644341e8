"""Shows how a table would be read, before anything is written: for the page of an import and for ``--json-report``."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from advisor.formats.columns.mapped import MappedTable
from advisor.formats.places import Notice
from advisor.formats.reading import PlanReading

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


class Preview(Struct, frozen=True):
    """All tables that would be read, and what would come of it. ``left_out`` are rows with the reason."""

    tables: tuple[TablePreview, ...]
    events: int
    properties: int
    warnings: tuple[Notice, ...]
    left_out: tuple[Notice, ...]


def preview_of(reading: PlanReading, mapped: Iterable[MappedTable]) -> Preview:
    """Return the preview of tables and of what was read from them."""
    return Preview(
        tables=tuple(map(_table, mapped)),
        events=len(reading.events),
        properties=reading.property_count(),
        warnings=tuple(reading.warnings),
        left_out=tuple(Notice.at(each.place, f"{each.what}: {each.reason}") for each in reading.left_out),
    )


def _table(mapped: MappedTable) -> TablePreview:
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
