"""Reads text copied from a spreadsheet or a CSV file into rows of cells, with the reader of delimited files.

Spreadsheets put a tab between cells. Text without tabs is cut at semicolons or commas if that makes its first row a heading.
The limits of files don't count here: a form is small enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from advisor.formats.carriers.delimited import delimited_rows
from advisor.formats.carriers.tables import Row, Table, heading_index


def read_text_rows(text: str, is_heading: Callable[[Sequence[str]], bool] = lambda _: False) -> tuple[Row, ...]:
    """Return the rows of copied text without the blank ones, by their numbers in the sheet. Line breaks become LF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for delimiter in () if "\t" in lines.strip() else (";", ","):
        rows = _rows(lines, delimiter)
        if rows and _filled(rows[0].cells) > 1 and is_heading(rows[0].cells):
            return rows
    return _rows(lines, "\t")


def _rows(lines: str, delimiter: str) -> tuple[Row, ...]:
    rows = (Row(row.cells, number) for number, row in enumerate(delimited_rows(lines, delimiter), start=1))
    return tuple(row for row in rows if not row.is_blank)


def rows_from_heading(
    rows: tuple[Row, ...], is_known: Callable[[str], bool], is_heading: Callable[[Sequence[str]], bool]
) -> tuple[Row, ...]:
    """Return the rows from the heading on if there are titles above it, found as imports find it; else all rows.

    ``is_known`` says whether a text is a heading, ``is_heading`` whether a whole row is one. Titles have fewer cells than it.
    """
    index = heading_index(Table("", "delimited", rows), is_known) or 0
    width = _filled(rows[index].cells) if rows else 0
    if index and is_heading(rows[index].cells) and all(_filled(row.cells) < width for row in rows[:index]):
        return rows[index:]
    return rows


def _filled(cells: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
