"""The rows of a table as a preview shows them: what each would do, and what is wrong with which of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.formats.carriers.tables import Row
from advisor.formats.columns.mapped import MappedTable
from advisor.formats.import_review import ImportReview
from advisor.formats.merge_plans import Effect
from advisor.formats.reading import RowReading
from advisor.web.paste.column_sheets import ColumnSheet, column_sheets
from advisor.web.paste.shown_text import ShownText, shown_text

MAX_ROWS = 300
"""How many rows a preview shows. Beyond that, rows with problems come first."""
MAX_COLUMNS = 60
"""How many columns a preview shows."""
Kind = Literal["added", "changed", "unchanged", "left out"]


@dataclass(frozen=True, slots=True)
class CellSheet:
    """The text of a cell, and whether something is wrong with it."""

    text: ShownText
    is_bad: bool


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A row under the heading: its line, its effect, its cells, and notes: a heading (or nothing) and a message."""

    line: int
    kind: Kind
    cells: tuple[CellSheet, ...]
    notes: tuple[tuple[str, str], ...]
    beyond: int = 0
    """How many filled cells it has that no column is shown for."""

    @property
    def is_bad(self) -> bool:
        """Whether the row has a problem or is left out."""
        return bool(self.notes)


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table of an import: its columns, the rows above its heading, the heading, and the rows that are shown of all."""

    columns: tuple[ColumnSheet, ...]
    above: tuple[tuple[int, str], ...]
    heading: tuple[str, ...]
    heading_row: int
    rows: tuple[RowSheet, ...]
    total: int
    bad: int
    more_columns: int


def table_sheet(review: ImportReview, most: int = MAX_ROWS, *, only_problems: bool = False) -> TableSheet | None:
    """Return the first table of an import as its preview shows it; None if it has no table."""
    if not review.tables:
        return None
    mapped = review.tables[0]
    columns = column_sheets(mapped, review.chosen, MAX_COLUMNS)
    lines = {row.line: row for row in review.reading.rows if row.table == mapped.table.table.name}
    kinds = {id(event): effect for event, effect in zip(review.reading.events, review.merge.effects, strict=False)}
    rows = [row for row in mapped.table.rows if not row.is_blank]
    bad = [row for row in rows if row.line in lines and (lines[row.line].problems or lines[row.line].left_out)]
    chosen = bad if only_problems else rows if len(rows) <= most else _problems_first(rows, bad, most)
    return TableSheet(
        columns=columns,
        above=tuple((row.line, " ".join(filter(None, map(str.strip, row.cells)))) for row in mapped.table.above),
        heading=mapped.table.heading.cells[:MAX_COLUMNS],
        heading_row=mapped.table.heading.line,
        rows=tuple(_row(row, lines.get(row.line), kinds, mapped, columns) for row in chosen[:most]),
        total=len(rows),
        bad=len(bad),
        more_columns=len(mapped.guesses) - len(columns),
    )


def _problems_first(rows: list[Row], bad: list[Row], most: int) -> list[Row]:
    """Return the rows with problems, and then the first of the others, so many together, in the order of the table."""
    first = bad[:most]
    taken = {row.line for row in first}
    others = [row for row in rows if row.line not in taken][: most - len(first)]
    return [*first, *others]


def _row(
    row: Row,
    read: RowReading | None,
    kinds: Mapping[int, Effect],
    mapped: MappedTable,
    columns: tuple[ColumnSheet, ...],
) -> RowSheet:
    problems = read.problems if read else []
    wrong = {place for place, _ in problems}
    notes = [(_heading(mapped, place), message) for place, message in problems]
    if read is None or read.left_out:
        notes.append(("", read.left_out if read else "This row is not read."))
    width = len(columns)
    cells = [row.cells[place] if place < len(row.cells) else "" for place in range(width)]
    return RowSheet(
        line=row.line,
        kind=_kind(read, kinds),
        cells=tuple(CellSheet(shown_text(cell), place in wrong) for place, cell in enumerate(cells)),
        notes=tuple(dict.fromkeys(notes)),
        beyond=sum(bool(cell.strip()) for cell in row.cells[len(mapped.guesses) :]),
    )


def _kind(read: RowReading | None, kinds: Mapping[int, Effect]) -> Kind:
    if read is None or read.left_out or read.event is None:
        return "left out"
    return kinds.get(id(read.event), "unchanged")


def _heading(mapped: MappedTable, place: int) -> str:
    columns = mapped.table.columns
    return columns[place].heading if place < len(columns) else ""
