"""The rows of a table as a preview shows them: what each would do, and what is wrong with which of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.formats.carriers.tables import Row
from advisor.formats.columns.mapped import MappedTable
from advisor.formats.import_review import ImportReview
from advisor.formats.reading import RowReading
from advisor.formats.suggested_answers import Suggested
from advisor.knowledge.questions import QUESTIONS
from advisor.web.paste.column_sheets import SHOWN_COLUMNS, ColumnSheet, column_sheets
from advisor.web.paste.shown_text import ShownText, shown_text

SHOWN_ROWS = 300
"""How many rows a preview shows. Beyond that, rows with problems come first."""
_LABELS = {question.key: question.label for question in QUESTIONS}
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
    suggested: str = ""
    """What the name of the event suggests, with the sources."""

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

    @property
    def has_suggestions(self) -> bool:
        """Whether the name of an event that is shown suggests anything."""
        return any(row.suggested for row in self.rows)


def table_sheet(review: ImportReview, most: int = SHOWN_ROWS, *, only_problems: bool = False) -> TableSheet | None:
    """Return the first table of an import as its preview shows it; None if it has no table."""
    if not review.tables:
        return None
    mapped = review.tables[0]
    columns = column_sheets(mapped, review.chosen)
    lines = {row.line: row for row in review.reading.rows if row.table == mapped.table.table.name}
    places = {id(event): place for place, event in enumerate(review.reading.events)}
    rows = [row for row in mapped.table.rows if not row.is_blank]
    bad = [row for row in rows if row.line in lines and (lines[row.line].problems or lines[row.line].left_out)]
    chosen = bad if only_problems else rows if len(rows) <= most else _problems_first(rows, bad, most)
    return TableSheet(
        columns=columns,
        above=tuple((row.line, " ".join(filter(None, map(str.strip, row.cells)))) for row in mapped.table.above),
        heading=mapped.table.heading.cells[:SHOWN_COLUMNS],
        heading_row=mapped.table.heading.line,
        rows=tuple(_row(row, lines.get(row.line), places, review, columns) for row in chosen[:most]),
        total=len(rows),
        bad=len(bad),
        more_columns=len(mapped.guesses) - len(columns),
    )


def _problems_first(rows: list[Row], bad: list[Row], most: int) -> list[Row]:
    """Return at most ``most`` rows: first those with problems, then the first of the others, each in the order of the table."""
    first = bad[:most]
    taken = {row.line for row in first}
    others = [row for row in rows if row.line not in taken][: most - len(first)]
    return [*first, *others]


def _row(
    row: Row,
    read: RowReading | None,
    places: Mapping[int, int],
    review: ImportReview,
    columns: tuple[ColumnSheet, ...],
) -> RowSheet:
    mapped = review.tables[0]
    at = places.get(id(read.event)) if read and read.event and not read.left_out else None
    problems = read.problems if read else []
    wrong = {place for place, _ in problems}
    notes = [(_heading(mapped, place), message) for place, message in problems]
    if read is None or read.left_out:
        notes.append(("", read.left_out if read else "This row is not read."))
    width = len(columns)
    cells = [row.cells[place] if place < len(row.cells) else "" for place in range(width)]
    return RowSheet(
        line=row.line,
        kind="left out" if at is None else review.merge.effects[at],
        cells=tuple(CellSheet(shown_text(cell), place in wrong) for place, cell in enumerate(cells)),
        notes=tuple(dict.fromkeys(notes)),
        beyond=sum(bool(cell.strip()) for cell in row.cells[len(mapped.guesses) :]),
        suggested="" if at is None else suggested_text(review.suggested.get(at, ())),
    )


def _heading(mapped: MappedTable, place: int) -> str:
    columns = mapped.table.columns
    return columns[place].heading if place < len(columns) else ""


def suggested_text(suggested: Suggested) -> str:
    """Return suggested answers with their sources: ``Segment’s spec: Stored yes, Payment yes``."""
    by_source: dict[str, list[str]] = {}
    for item in suggested:
        by_source.setdefault(item.source, []).append(f"{_LABELS[item.question]} {item.answer}")
    return "; ".join(f"{source}: {', '.join(answers)}" for source, answers in by_source.items())
