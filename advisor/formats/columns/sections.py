"""Finds the rows of a table that only name an area or repeat the event below them, as people put above groups of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from advisor.formats.carriers.tables import HeadedTable, Row
from advisor.formats.columns import fields as f

_SIGNS = re.compile(r"^[^\w$\[(]+|[^\w)\]]+$")
_CODE = re.compile(r"[a-z$][a-z0-9_.:$-]*")
_FEW = 3
"""How many events there have to be for the way in which they are spelled to be told."""
_MOST = 0.7
"""The share of names that has to be spelled like names of code."""
_OF_AREA = (
    "It has only a name, spelled unlike those of the events here: it is taken for the heading of a group of rows."
)
OF_EVENT = "It repeats the name of the event below it: it is taken for the heading over the rows of that event."


def section_lines(table: HeadedTable, fields: Mapping[str, str]) -> dict[int, str]:
    """Return the lines of rows that are headings of the rows below them, each with the reason why it is no event."""
    key = next((key for key, field in fields.items() if field == f.NAME), None)
    if key is None or len(fields) < _FEW or table.table.kind == "json":
        return {}
    rows = [(row, table.cells(row)) for row in table.rows if not row.is_blank]
    names = {row.line: cells.get(key, "").strip() for row, cells in rows}
    alone = [row for row, _ in rows if names[row.line] and _filled(row) == 1]
    others = [names[row.line] for row, _ in rows if names[row.line] and _filled(row) > 1]
    found = {row.line: _OF_AREA for row in alone if _differs(names[row.line], others) and row is not rows[-1][0]}
    for (row, cells), (below, _) in pairwise(rows):
        own = _SIGNS.sub("", names[row.line])
        is_plain = not any(cells.get(part, "").strip() for part, field in fields.items() if field in f.PROPERTY_PARTS)
        if own and own != names[row.line] and own == names[below.line] and is_plain:
            found[row.line] = OF_EVENT
    return found


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _differs(name: str, others: list[str]) -> bool:
    """Return whether a name is spelled unlike all others: in words among names of code, or in capitals among words."""
    if len(others) < _FEW:
        return False
    if sum(_CODE.fullmatch(other) is not None for other in others) >= _MOST * len(others):
        return _CODE.fullmatch(name) is None
    return name.isupper() and not any(other.isupper() for other in others)
