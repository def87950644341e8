"""The matrix of the HTML report: its cells as HTML, and its columns split into parts that fit on a printed page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from advisor.presentation.matrix import EventLine
from advisor.presentation.matrix_marks import marks

WIDEST = 14
"""The number of columns that fit beside the event names on A4 in landscape format."""


@dataclass(frozen=True)
class ReportRow:
    """One event of the matrix, with the HTML of its cells."""

    line: EventLine
    cells: tuple[str, ...]

    def between(self, start: int, end: int) -> Markup:
        """Return the cells of the columns from ``start`` up to, but not including, ``end``."""
        return Markup("".join(self.cells[start:end]))  # noqa: S704 - each cell was escaped when it was rendered


def report_rows(lines: list[EventLine]) -> list[ReportRow]:
    """Return the rows of the matrix. A matrix repeats a few different cells thousands of times, so each is rendered once."""
    drawn: dict[int, str] = {}
    rows = []
    for line in lines:
        for cell in line.cells:
            if id(cell) not in drawn:
                drawn[id(cell)] = str(Markup("<td>{}</td>").format(marks(cell)))
        rows.append(ReportRow(line, tuple(drawn[id(cell)] for cell in line.cells)))
    return rows


def parts_of(columns: int) -> list[tuple[int, int]]:
    """Return the start and end of parts of about the same width. Returns an empty list if the whole matrix fits."""
    if columns <= WIDEST:
        return []
    count = -(-columns // WIDEST)
    edges = [columns * part // count for part in range(count + 1)]
    return list(pairwise(edges))
