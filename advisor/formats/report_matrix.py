"""The matrix of a report: its cells as HTML, and its columns in parts that fit side by side on paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from advisor.presentation.matrix import EventLine
from advisor.presentation.matrix_marks import marks

WIDEST = 14
"""Columns that have room beside the names on a sheet of A4, laid across."""


@dataclass(frozen=True)
class ReportRow:
    """One event of the matrix, with the HTML of its cells."""

    line: EventLine
    cells: tuple[str, ...]

    def between(self, start: int, end: int) -> Markup:
        """The cells of some columns."""
        return Markup("".join(self.cells[start:end]))  # noqa: S704 - each was escaped when it was drawn


def report_rows(lines: list[EventLine]) -> list[ReportRow]:
    """The rows of the matrix. There are few different cells, and thousands of them: each is drawn once."""
    drawn: dict[int, str] = {}
    rows = []
    for line in lines:
        for cell in line.cells:
            if id(cell) not in drawn:
                drawn[id(cell)] = str(Markup("<td>{}</td>").format(marks(cell)))
        rows.append(ReportRow(line, tuple(drawn[id(cell)] for cell in line.cells)))
    return rows


def parts_of(columns: int) -> list[tuple[int, int]]:
    """Where each part begins and ends, all about as wide; none where the whole matrix fits."""
    if columns <= WIDEST:
        return []
    count = -(-columns // WIDEST)
    edges = [columns * part // count for part in range(count + 1)]
    return list(pairwise(edges))
