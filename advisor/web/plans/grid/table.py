"""Text copied from a spreadsheet as a table of events: the field of each column, and the rows. The paste view reads it.

Without a heading, the columns are those of the grid in its order; the call type may be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.knowledge.headings import Headings
from advisor.knowledge.questions import EARLIER_HEADINGS, QUESTION_KEYS, questions_in
from advisor.knowledge.wording import WORDINGS
from advisor.model import CALL_TYPES
from advisor.web.paste.rows import TextRow, read_text_rows, rows_from_heading
from advisor.web.plans.grid.cells import CALL, LABEL, NAME, WANTED

PLACEMENT = "placement"
"""The column of the placement. It is computed, so it is not read."""
_NAMES = {
    NAME: ("event", "event name", "name"),
    CALL: ("call", "call type", "type"),
    WANTED: ("destinations", "wanted by", "wanted", "wanted destinations"),
    PLACEMENT: ("placement",),
    f"{LABEL}team": ("team",),
}
_QUESTION_NAMES = {
    key: [
        spelling
        for wording in WORDINGS
        for question in questions_in(wording)
        if question.key == key
        for spelling in (key, question.label, question.asks, *EARLIER_HEADINGS.get(key, ()))
    ]
    for key in QUESTION_KEYS
}
HEADINGS = Headings({**_NAMES, **_QUESTION_NAMES})


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
    rows = read_text_rows(text)
    if not rows:
        return PastedTable(problem="There is nothing to paste. Copy rows from a spreadsheet first.")
    if heading is not False:
        rows = rows_from_heading(rows, lambda cell: _field(cell) is not None, _seems_heading)
    first = rows[0].cells
    fields = tuple(_field(cell) for cell in first)
    if not (_seems_heading(first) if heading is None else heading):
        return _positional(rows)
    if NAME not in fields:
        return PastedTable(has_heading=True, problem="No column is headed “Event”, so there are no names.")
    twice = [cell for index, cell in enumerate(first) if fields[index] and fields[index] in fields[:index]]
    if twice:
        return PastedTable(has_heading=True, problem=f"The column “{twice[0][:60]}” is there twice. Keep one of them.")
    unknown = tuple(cell.strip() for cell, name in zip(first, fields, strict=True) if cell.strip() and name is None)
    return _table(fields, rows[1:], has_heading=True, unknown=unknown)


def _seems_heading(cells: Sequence[str]) -> bool:
    """Return whether a row names the column of events, and another one if it has several cells."""
    fields = [_field(cell) for cell in cells]
    return NAME in fields and (len(cells) == 1 or any(field and field != NAME for field in fields))


def _field(heading: str) -> str | None:
    """Return the field of a heading, or None. A label is written with its name, as in ``Label: owner``."""
    kind, colon, name = " ".join(heading.split()).partition(":")
    if colon and name.strip() and kind.casefold() == "label":
        return f"{LABEL}{name.strip()}"
    return HEADINGS.field_of(heading)


def _positional(rows: Sequence[TextRow]) -> PastedTable:
    width = max(len(row.cells) for row in rows)
    second = {row.cells[1].strip().casefold() for row in rows if len(row.cells) > 1} - {""}
    has_call = width > 1 and (not second or not second.isdisjoint(CALL_TYPES))
    columns: tuple[str, ...] = (NAME, *((CALL,) if has_call else ()), *QUESTION_KEYS, WANTED, PLACEMENT)
    return _table(columns[:width] if width <= len(columns) else columns, rows)


def _table(
    columns: tuple[str | None, ...],
    rows: Sequence[TextRow],
    *,
    has_heading: bool = False,
    unknown: tuple[str, ...] = (),
) -> PastedTable:
    return PastedTable(
        columns=columns,
        rows=tuple(row.cells for row in rows),
        numbers=tuple(row.number for row in rows),
        has_heading=has_heading,
        unknown=unknown,
        problem="" if rows else "There is a heading, but no row below it.",
    )
