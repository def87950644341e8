"""Text copied from a spreadsheet as a table of events: the field of each column, and the rows. The paste view reads it.

Headings and columns are read as in imports. Without a heading, the columns are those of the grid in its order; the call type
may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from advisor.formats.carriers.tables import Row, Table, without_heading
from advisor.formats.columns import fields as f
from advisor.formats.columns import mapping as choices
from advisor.formats.columns.guess import guess_columns
from advisor.formats.columns.mapped import MappedTable, map_table
from advisor.formats.columns.words import call_in
from advisor.knowledge.answer_words import answer_in
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES
from advisor.web.paste.column_sheets import ColumnSheet, column_sheets
from advisor.web.paste.rows import read_text_rows, rows_from_heading
from advisor.web.plans.grid.cells import CALL, LABEL, NAME, WANTED
from advisor.web.plans.grid.more_cells import DESCRIPTION, OWNER, PRACTICE, STATUS

PLACEMENT = "placement"
"""The column of the placement. It is computed, so it is not read."""
_CELLS = {f.NAME: NAME, f.CALL: CALL, f.DESTINATIONS: WANTED, f.PLACEMENT: PLACEMENT} | {
    f.DESCRIPTION: DESCRIPTION,
    f.STATUS: STATUS,
    f.OWNER: OWNER,
    f.PRACTICE: PRACTICE,
}
"""The cells of the grid by the fields of a table."""
_WORDS = {"name": f.NAME, "type": f.CALL, "description": f.DESCRIPTION}
"""What headings mean that may also be those of a property: rows of the grid are events."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class PastedTable:
    """The cells of a pasted text. ``columns`` has the field of each column, None for a column that is ignored.

    ``numbers`` are the numbers of ``rows`` in the pasted text, ``unknown`` the headings of ignored columns, and ``sheets``
    what each column can hold. ``problem`` says why the text can't be read.
    """

    columns: tuple[str | None, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    has_heading: bool = False
    unknown: tuple[str, ...] = ()
    problem: str = ""
    sheets: tuple[ColumnSheet, ...] = ()


def read_table(text: str, *, heading: bool | None = None, chosen: Mapping[str, str] = _NOTHING) -> PastedTable:
    """Return the text as a table.

    ``heading`` says whether the first row is a heading; None: detect it. ``chosen`` are the fields that a person chose.
    """
    rows = read_text_rows(text, _seems_heading)
    if not rows:
        return PastedTable(problem="There is nothing to paste. Copy rows from a spreadsheet first.")
    if heading is not False:
        rows = rows_from_heading(rows, f.is_known_heading, _seems_heading)
    if not (_seems_heading(rows[0].cells) if heading is None else heading):
        return _positional(rows, chosen)
    table = Table("", "delimited", rows)
    columns = frozenset(cell for cell in rows[0].cells)
    mapping = choices.Mapping({key: field for key, field in chosen.items() if key in columns}, rows[0].line)
    mapped = map_table(table, mapping)
    assert mapped is not None  # the row of the heading is there
    return _headed(mapped, rows, chosen)


def _headed(mapped: MappedTable, rows: Sequence[Row], chosen: Mapping[str, str]) -> PastedTable:
    fields = [
        chosen.get(guess.key) or _named(column.heading) or f.IGNORE
        for guess, column in zip(mapped.guesses, mapped.table.columns, strict=True)
    ]
    for wanted in (f.NAME, f.DESCRIPTION):
        if wanted not in fields:
            # No heading alone says it: it is where an import looks for it.
            pairs = zip(mapped.guesses, fields, strict=True)
            fields = [guess.field if guess.field == wanted else field for guess, field in pairs]
    columns = tuple(map(_cell_of, fields))
    guesses = zip(mapped.guesses, fields, strict=True)
    mapped = MappedTable(mapped.table, tuple(_shown(guess, field) for guess, field in guesses))
    headings = rows[0].cells
    named = [_named(cell) for cell in headings]
    if NAME not in columns:
        return PastedTable(has_heading=True, problem="No column is headed “Event”, so there are no names.")
    twice = [cell for index, cell in enumerate(headings) if named[index] and named[index] in named[:index]]
    if twice and not chosen:
        return PastedTable(has_heading=True, problem=f"The column “{twice[0][:60]}” is there twice. Keep one of them.")
    unknown = tuple(cell.strip() for cell, name in zip(headings, columns, strict=True) if cell.strip() and name is None)
    return _table(mapped, columns, rows[1:], chosen, has_heading=True, unknown=unknown)


def _shown(guess: choices.Guess, field: str) -> choices.Guess:
    """Return the guess with the field that the grid takes, and why."""
    if field == guess.field:
        return guess
    is_read = field != f.IGNORE
    return replace(guess, field=field, evidence="its heading" if is_read else "no column of the grid", is_sure=is_read)


def _seems_heading(cells: Sequence[str]) -> bool:
    """Return whether a row names the column of events, and its other cells are no values of one."""
    others = [cell for cell in cells if cell.strip() and _named(cell) != f.NAME]
    has_name = any(_named(cell) == f.NAME for cell in cells)
    return has_name and (any(map(f.is_known_heading, others)) or not any(map(_is_value, others)))


def _is_value(cell: str) -> bool:
    """Return whether a cell without a heading would be an answer or a call type."""
    return answer_in(cell) is not None or call_in(cell) is not None


def _named(heading: str) -> str | None:
    """Return the field that a heading names in the grid, or None. A label is written with its name, as in ``Label: owner``."""
    field = f.field_of(heading) or f.question_of(heading) or _WORDS.get(f.word_of(heading) or "")
    if field is None and heading.strip().casefold() == "team":
        return f"{f.LABEL}team"
    return field if field and _is_cell(field) else None


def _is_cell(field: str) -> bool:
    """Return whether the grid has a cell for a field of a table."""
    return field in _CELLS or field == f.IGNORE or field.startswith((f.QUESTION, f.LABEL))


def _cell_of(field: str) -> str | None:
    """Return the cell of the grid for a field of a table; None for one that is left out."""
    if field.startswith(f.LABEL):
        return LABEL + field.removeprefix(f.LABEL)
    return field.removeprefix(f.QUESTION) if field.startswith(f.QUESTION) else _CELLS.get(field)


def _positional(rows: Sequence[Row], chosen: Mapping[str, str]) -> PastedTable:
    width = max(len(row.cells) for row in rows)
    second = {row.cells[1].strip().casefold() for row in rows if len(row.cells) > 1} - {""}
    has_call = width > 1 and (not second or not second.isdisjoint(CALL_TYPES))
    questions = tuple(f.QUESTION + key for key in QUESTION_KEYS)
    fields = (f.NAME, *((f.CALL,) if has_call else ()), *questions, f.DESTINATIONS, f.PLACEMENT)
    table = without_heading(Table("", "delimited", tuple(rows)))
    in_order = {column.key: field for column, field in zip(table.columns, fields, strict=False)}
    given = in_order | {key: field for key, field in chosen.items() if key in in_order}
    mapped = MappedTable(table, guess_columns(table, given))
    columns = tuple(_cell_of(given[column.key]) for column in table.columns if column.key in given)
    if NAME not in columns:
        return PastedTable(problem="No column is chosen as the event, so there are no names.")
    return _table(mapped, columns, rows, chosen)


def _table(
    mapped: MappedTable,
    columns: tuple[str | None, ...],
    rows: Sequence[Row],
    chosen: Mapping[str, str],
    *,
    has_heading: bool = False,
    unknown: tuple[str, ...] = (),
) -> PastedTable:
    return PastedTable(
        columns=columns,
        rows=tuple(row.cells for row in rows),
        numbers=tuple(row.line for row in rows),
        has_heading=has_heading,
        unknown=unknown,
        problem="" if rows else "There is a heading, but no row below it.",
        sheets=column_sheets(mapped, chosen, _is_cell)[: len(columns)],
    )
