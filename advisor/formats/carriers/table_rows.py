"""Keeps of a table what the plan has no place for, so that a delimited file comes back after edits.

The approach is that of `advisor.formats.remainder`: a writer makes each row from the plan alone, as texts by column, and
the reader keeps how the row of the file differs: cells of unknown columns, other spellings (``TRUE`` for ``true``), quotes,
missing cells at its end. What belongs to no event (titles, blank and left out rows) is kept once, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct, to_builtins

from advisor.formats.carriers.delimited import write_delimited
from advisor.formats.carriers.tables import Dialect, HeadedTable, Row
from advisor.formats.remainder import Remainder, joined, remainder

_RAW = "raw"
_WIDTH = "width"


class TableLayout(Struct, frozen=True, omit_defaults=True):
    """What is kept of a table as a whole: its columns, its dialect, and the rows that belong to nothing in the plan."""

    columns: tuple[str, ...]
    heading: dict[str, Any]
    dialect: Dialect = Dialect()
    above: tuple[dict[str, Any], ...] = ()
    others: tuple[tuple[int, dict[str, Any]], ...] = ()
    """Rows that are no part of the plan, each with its index among the rows under the heading."""

    def kept(self) -> dict[str, Any]:
        """Return the layout as JSON, to be kept under ``extra`` of the plan."""
        value: dict[str, Any] = to_builtins(self)
        return value


def layout_of(table: HeadedTable, others: Iterable[int] = ()) -> TableLayout:
    """Return the layout of a table; ``others`` are the indexes of the rows that are no part of the plan."""
    return TableLayout(
        columns=tuple(column.key for column in table.columns),
        heading=_whole_row(table.heading),
        dialect=table.table.dialect,
        above=tuple(map(_whole_row, table.above)),
        others=tuple((index, _whole_row(table.rows[index])) for index in others),
    )


def layout_from(kept: Mapping[str, Any]) -> TableLayout:
    """Return the layout that was kept under ``extra`` of a plan."""
    return msgspec.convert(kept, TableLayout)


def row_remainder(plain: dict[str, str], row: Row, table: HeadedTable) -> Remainder | None:
    """Return what has to be kept of a row whose plain form this is; None if nothing.

    The plain form has a text for each column that the format knows; of these, only columns that the table has count.
    """
    cells = table.cells(row)
    keys = {column.key for column in table.columns}
    kept = remainder({key: text for key, text in plain.items() if key in keys}, cells) or {}
    kept.pop("keys", None)  # the layout has the order of the columns
    left = kept.pop("left", None)
    if left and any(left.values()):
        kept["left"] = left
    if row.raw:
        kept[_RAW] = {str(index): raw for index, raw in row.raw.items()}
    if len(row.cells) < len(table.columns):
        kept[_WIDTH] = len(row.cells)
    return kept or None


def write_rows(layout: TableLayout, rows: Iterable[tuple[dict[str, str], Remainder | None]]) -> bytes:
    """Return the table with these rows: each in its plain form, with what was kept of it."""
    known = frozenset(layout.columns)
    body = [_cells(layout, known, plain, kept or {}) for plain, kept in rows]
    for index, other in layout.others:
        body.insert(min(index, len(body)), _read_whole(other))
    above = [_read_whole(row) for row in layout.above]
    heading = [_read_whole(layout.heading)] if layout.heading["cells"] else []
    return write_delimited([*above, *heading, *body], layout.dialect)


def _cells(
    layout: TableLayout, columns: frozenset[str], plain: dict[str, str], kept: Remainder
) -> tuple[list[str], dict[int, str]]:
    known = {key: text for key, text in plain.items() if key in columns}
    whole = joined(known, {name: value for name, value in kept.items() if name not in (_RAW, _WIDTH)})
    beyond = [key for key in whole if key not in columns]
    cells = [str(whole.get(key, "")) for key in (*layout.columns, *beyond)]
    while len(cells) > kept.get(_WIDTH, len(cells)) and not cells[-1]:
        cells.pop()
    return cells, {int(index): raw for index, raw in kept.get(_RAW, {}).items()}


def _whole_row(row: Row) -> dict[str, Any]:
    raw = {_RAW: {str(index): raw for index, raw in row.raw.items()}} if row.raw else {}
    return {"cells": list(row.cells)} | raw


def _read_whole(row: Mapping[str, Any]) -> tuple[list[str], dict[int, str]]:
    return list(row["cells"]), {int(index): raw for index, raw in row.get(_RAW, {}).items()}
