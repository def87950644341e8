"""Reads text copied from a spreadsheet into rows of cells. Every page that takes pasted rows reads them here.

Spreadsheets put a tab between cells and a line break after each row. They put a cell that contains a tab or a line
break in quotation marks, and double the quotation marks inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.formats.carriers.tables import Row, Table, heading_index

# A quoted cell ends at a quotation mark before a tab or the end of a line. Any other cell is taken as it is, so that one
# quotation mark that is never closed doesn't swallow the rows below it.
_CELL = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"(?=[\t\n]|\Z)|([^\t\n]*+)')


@dataclass(frozen=True)
class TextRow:
    """One row that is not blank: its number in the spreadsheet, counted from 1, and the text of its cells."""

    number: int
    cells: tuple[str, ...]


def read_text_rows(text: str) -> tuple[TextRow, ...]:
    """Return the rows of copied text without the blank ones. Line breaks become LF. No text is refused."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = (TextRow(number, cells) for number, cells in enumerate(_split(lines), start=1))
    return tuple(row for row in rows if any(cell.strip() for cell in row.cells))


def rows_from_heading(
    rows: tuple[TextRow, ...], is_known: Callable[[str], bool], is_heading: Callable[[Sequence[str]], bool]
) -> tuple[TextRow, ...]:
    """Return the rows from the heading on if there are titles above it, found as imports find it; else all rows.

    ``is_known`` says whether a text is a heading, ``is_heading`` whether a whole row is one. Titles have fewer cells than it.
    """
    table = Table("", "delimited", tuple(Row(row.cells, row.number) for row in rows))
    index = heading_index(table, is_known) or 0
    width = _filled(rows[index].cells) if rows else 0
    if index and is_heading(rows[index].cells) and all(_filled(row.cells) < width for row in rows[:index]):
        return rows[index:]
    return rows


def _filled(cells: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _split(text: str) -> Iterator[tuple[str, ...]]:
    if '"' not in text:
        yield from (tuple(line.split("\t")) for line in text.split("\n"))
        return
    cells: list[str] = []
    place = 0
    while place <= len(text):
        cell = _CELL.match(text, place)
        assert cell is not None  # an empty cell matches everywhere
        quoted, plain = cell.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        place = cell.end() + 1
        if text[cell.end() : place] != "\t":
            yield tuple(cells)
            cells = []
