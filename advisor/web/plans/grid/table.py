"""The reader of text copied from a spreadsheet: rows of cells, the field of each column, and the answer in a cell.

The text is tab-separated, as spreadsheets put it on the clipboard; a cell with line breaks or tabs is in quotes. Without
a heading, the columns are those of the grid in its order; the call type may be missing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.knowledge.questions import EARLIER_HEADINGS, QUESTION_KEYS, questions_in
from advisor.knowledge.wording import WORDINGS
from advisor.model import CALL_TYPES
from advisor.web.plans.grid.cells import CALL, LABEL, NAME, WANTED

PLACEMENT = "placement"
"""The column of the placement. It is computed, so it is not read."""
_ANSWERS = {
    "yes": ("y", "yes", "true", "1", "x", "✓", "✔"),
    "no": ("n", "no", "false", "0", "-", "–", "—"),
    "unsure": ("?", "unsure", "not sure", "unknown"),
}
_MEANINGS = {word: answer for answer, spellings in _ANSWERS.items() for word in spellings}
_HEADINGS = {
    NAME: ("event", "event name", "name"),
    CALL: ("call", "call type", "type"),
    WANTED: ("destinations", "wanted by", "wanted", "wanted destinations"),
    PLACEMENT: ("placement",),
    f"{LABEL}team": ("team",),
}
_COLUMNS = {word: field for field, spellings in _HEADINGS.items() for word in spellings} | {
    spelling.casefold(): question.key
    for wording in WORDINGS
    for question in questions_in(wording)
    for spelling in (question.key, question.label, question.asks, *EARLIER_HEADINGS.get(question.key, ()))
}


@dataclass(frozen=True)
class PastedTable:
    """The cells of a pasted text. ``columns`` has the field of each column, None for a column that is ignored.

    ``numbers`` are the numbers of ``rows`` in the pasted text, ``unknown`` the headings without a field. ``problem`` says
    why the text can't be read.
    """

    columns: tuple[str | None, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    has_heading: bool = False
    unknown: tuple[str, ...] = ()
    problem: str = ""


def read_table(text: str, *, heading: bool | None = None) -> PastedTable:
    """Return the text as a table. ``heading`` says whether the first row is a heading; None: detect it."""
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        return PastedTable(problem=f"These rows can’t be read: {error}.")
    if not rows:
        return PastedTable(problem="There is nothing to paste. Copy rows from a spreadsheet first.")
    first = rows[0][1]
    fields = tuple(_field(cell) for cell in first)
    seems = NAME in fields and (
        len(first) == 1 or any(fields[index] for index in range(len(fields)) if fields[index] != NAME)
    )
    if not (seems if heading is None else heading):
        return _positional(rows)
    if NAME not in fields:
        return PastedTable(has_heading=True, problem="No column is headed “Event”, so there are no names.")
    twice = [cell for index, cell in enumerate(first) if fields[index] and fields[index] in fields[:index]]
    if twice:
        return PastedTable(has_heading=True, problem=f"The column “{twice[0][:60]}” is there twice. Keep one of them.")
    unknown = tuple(cell.strip() for cell, name in zip(first, fields, strict=True) if cell.strip() and name is None)
    return _table(fields, rows[1:], has_heading=True, unknown=unknown)


def _field(heading: str) -> str | None:
    """Return the field of a heading, or None. A label is written with its name, as in ``Label: owner``."""
    words = " ".join(heading.split())
    kind, colon, name = words.partition(":")
    if colon and name.strip() and kind.casefold() == "label":
        return f"{LABEL}{name.strip()}"
    return _COLUMNS.get(words.casefold())


def answer_in(cell: str) -> str | None:
    """Return the answer in the cell, or None if it isn't an answer."""
    return _MEANINGS.get(" ".join(cell.split()).casefold())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter="\t")
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _positional(rows: Sequence[tuple[int, list[str]]]) -> PastedTable:
    width = max(len(cells) for _, cells in rows)
    second = {cells[1].strip().casefold() for _, cells in rows if len(cells) > 1} - {""}
    has_call = width > 1 and (not second or not second.isdisjoint(CALL_TYPES))
    columns: tuple[str, ...] = (NAME, *((CALL,) if has_call else ()), *QUESTION_KEYS, WANTED, PLACEMENT)
    return _table(columns[:width] if width <= len(columns) else columns, rows)


def _table(
    columns: tuple[str | None, ...],
    rows: Sequence[tuple[int, list[str]]],
    *,
    has_heading: bool = False,
    unknown: tuple[str, ...] = (),
) -> PastedTable:
    return PastedTable(
        columns=columns,
        rows=tuple(tuple(cells) for _, cells in rows),
        numbers=tuple(number for number, _ in rows),
        has_heading=has_heading,
        unknown=unknown,
        problem="" if rows else "There is a heading, but no row below it.",
    )
