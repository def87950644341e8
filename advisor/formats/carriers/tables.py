"""Tables as values: rows of texts with places, and the search for the heading row, for CSV, TSV, XLSX and Markdown alike.

Spreadsheets of people have titles above the heading, headings in two rows, and rows that are too short or too long. A `Table` has
all of that as it is in the file; `headed` finds the heading and names the columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from msgspec import Struct

from advisor.formats.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from advisor.formats.places import Notice, Place, refusal

TableKind = Literal["delimited", "workbook", "markdown", "json"]
_HEADING_ROWS = 25
"""Among how many rows at the top the heading is looked for."""


class Dialect(Struct, frozen=True, omit_defaults=True):
    """How a delimited file is written, so that it is written the same way."""

    delimiter: str = ","
    quoted: bool = False
    """Whether every cell is in quotes; else only those that need them."""
    newline: str = "\n"
    last_newline: bool = True
    encoding: str = "utf-8"
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as text, and its line in the file. ``raw`` has the cells that the dialect would spell otherwise."""

    cells: tuple[str, ...]
    line: int
    raw: dict[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file. ``name`` is the sheet, or the heading above a table of a Markdown page."""

    file: str
    kind: TableKind
    rows: tuple[Row, ...]
    dialect: Dialect = Dialect()  # noqa: RUF009 - a frozen value
    name: str = ""
    notices: tuple[Notice, ...] = ()

    def place(self, row: Row, column: int = 0) -> Place:
        """Return where a cell is: its line, and the number of its column in the table."""
        return Place(self.file, row.line, column + 1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the heading above it if there are two rows of them. ``key`` is unique in the table."""

    index: int
    key: str
    heading: str
    group: str = ""


@dataclass(frozen=True)
class HeadedTable:
    """A table whose heading was found. ``above`` are the rows over the heading, ``rows`` those under it, blank ones too.

    A table without a heading has one without cells, on line 0.
    """

    table: Table
    columns: tuple[Column, ...]
    heading: Row
    above: tuple[Row, ...]
    rows: tuple[Row, ...]

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    def place(self, row: Row, column: int = 0) -> Place:
        """Return where a cell is."""
        return self.table.place(row, column)

    def cells(self, row: Row) -> dict[str, str]:
        """Return the cells of a row by the keys of their columns; a cell beyond the last heading is ``#`` and its number."""
        found = dict(zip(self._keys, row.cells, strict=False))
        for index in range(len(self._keys), len(row.cells)):
            found[f"#{index + 1}"] = row.cells[index]
        return found


def checked_rows(rows: Iterator[Row], file: str, what: str = "The table") -> tuple[Row, ...]:
    """Return the rows of a table. Raises `FormatError` as soon as there are too many, or too many cells in one."""
    found: list[Row] = []
    for row in rows:
        if len(row.cells) > MAX_COLUMNS:
            message = f"{what} has {len(row.cells):,} columns here; at most {MAX_COLUMNS:,} are read."
            raise refusal(Place(file, row.line), message)
        if len(found) >= MAX_ROWS:
            raise refusal(Place(file, row.line), f"{what} has more than {MAX_ROWS:,} rows, the most that are read.")
        long = next((index for index, cell in enumerate(row.cells) if len(cell) > MAX_CELL), None)
        if long is not None:
            message = f"The cell has {len(row.cells[long]):,} characters; at most {MAX_CELL:,} are read."
            raise refusal(Place(file, row.line, long + 1), message)
        found.append(row)
    return tuple(found)


def headed(
    table: Table, is_known: Callable[[str], bool] = lambda _: False, heading_row: int | None = None
) -> HeadedTable | None:
    """Return the table with its heading: the row with this index, else the likeliest one; None for a table without rows.

    ``is_known`` says whether a text is a heading that the caller knows: a row with at least two of these is preferred.
    """
    index = heading_index(table, is_known) if heading_row is None else heading_row
    if index is None or index >= len(table.rows):
        return None
    heading = table.rows[index]
    group = _groups(table.rows[index - 1], heading) if index else ()
    return HeadedTable(table, _columns(heading, group), heading, table.rows[:index], table.rows[index + 1 :])


def without_heading(table: Table) -> HeadedTable:
    """Return a table all of whose rows are data. The keys of its columns are ``#1``, ``#2`` and so on."""
    width = max((_width(row) for row in table.rows), default=0)
    columns = tuple(Column(index, f"#{index + 1}", "") for index in range(width))
    return HeadedTable(table, columns, Row((), 0), (), table.rows)


def heading_index(table: Table, is_known: Callable[[str], bool] = lambda _: False) -> int | None:
    """Return the index of the likeliest heading row; None for a table without rows that hold anything."""
    top = [(index, row) for index, row in enumerate(table.rows[:_HEADING_ROWS]) if not row.is_blank]
    if not top:
        return None
    known = [(sum(is_known(cell) for cell in row.cells), -index) for index, row in top]
    most, place = max(known)
    if most >= 2:
        return -place
    width = _usual_width(table.rows)
    full = [index for index, row in top if _looks_like_heading(row, width)]
    return full[0] if full else top[0][0]


def _usual_width(rows: Sequence[Row]) -> int:
    """Return how many cells up to the last filled one most rows have; titles above a heading have fewer."""
    widths = Counter(_width(row) for row in rows[:1_000] if not row.is_blank)
    most = max(widths.values())
    return max(width for width, count in widths.items() if count == most)


def _width(row: Row) -> int:
    return max((index + 1 for index, cell in enumerate(row.cells) if cell.strip()), default=0)


def _looks_like_heading(row: Row, width: int) -> bool:
    """Return whether a row is about as wide as the others, and its filled cells are different texts that are no numbers."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    texts = [cell for cell in filled if not cell.replace(".", "", 1).replace(",", "", 1).isdecimal()]
    return len(filled) * 10 >= width * 6 and len(texts) == len(filled) and len(set(filled)) * 2 > len(filled)


def _groups(above: Row, heading: Row) -> tuple[str, ...]:
    """Return the heading over each column: a merged cell has its text in the first of its columns only.

    A row is one of groups if it leaves cells blank and is as wide as the heading, or if the heading repeats itself.
    """
    filled = [cell for cell in above.cells if cell.strip()]
    repeats = len({*heading.cells}) < len(heading.cells)
    if len(filled) < 2 or not (repeats or 2 * _width(above) > _width(heading)) or len(filled) > len(heading.cells):
        return ()
    groups = []
    last = ""
    for index in range(len(heading.cells)):
        own = above.cells[index].strip() if index < len(above.cells) else ""
        last = own or last
        groups.append(last)
    return tuple(groups)


def _columns(heading: Row, groups: Sequence[str]) -> tuple[Column, ...]:
    seen: Counter[str] = Counter()
    columns = []
    for index, cell in enumerate(heading.cells):
        seen[cell] += 1
        key = (cell if seen[cell] == 1 else f"{cell}#{seen[cell]}") if cell.strip() else f"#{index + 1}"
        columns.append(Column(index, key, cell.strip(), groups[index] if index < len(groups) else ""))
    return tuple(columns)
