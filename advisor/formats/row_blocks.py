"""Tables in which the row of an event is followed by the rows of its properties, or is repeated on each of them.

Shared by the CSV files of Amplitude and Mixpanel. A *block* is an event with its rows, or rows that belong to no event and
only come back. Fields are named by the headings that the tool writes; files may spell them with other capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import msgspec
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.table_rows import TableLayout, layout_from, layout_of, row_remainder, write_rows
from advisor.formats.carriers.tables import HeadedTable, Row, Table, headed
from advisor.formats.losses import LossList
from advisor.formats.own_slot import is_beside
from advisor.formats.places import FormatError, Place
from advisor.formats.remainder import Remainder
from advisor.model import Plan

Fields = dict[str, str]
"""Texts by the heading that the tool writes."""
WrittenRow = tuple[Fields, Remainder | None]
"""The plain form of a row, and what was kept of it."""
_SPAN = re.compile(r"\(?\b(\d+)[ -]day(?:s\b\)?| )", re.IGNORECASE)
NO_VALUE = ("", "FALSE", "False", "VISIBLE")
"""Texts for which a column that the file lacks is not added."""


@lru_cache(maxsize=4_096)
def fold(heading: str) -> str:
    """Return a heading without capitals, repeated blanks, and the number of days that it may name."""
    return " ".join(_SPAN.sub(" ", heading).casefold().split())


@dataclass(frozen=True, slots=True)
class RowFile:
    """A table whose headings are known. ``columns`` has the key of the column of each field that the table has."""

    table: HeadedTable
    columns: Mapping[str, str]

    def fields(self, row: Row) -> Fields:
        """Return the texts of a row by field; a field without a cell is not there."""
        cells = self.table.cells(row)
        return {field: cells[key] for field, key in self.columns.items() if key in cells}

    def keep(self, plain: Fields, row: Row) -> Remainder | None:
        """Return what has to be kept of a row whose plain form this is; None if nothing."""
        kept = row_remainder(
            {self.columns[field]: text for field, text in plain.items() if field in self.columns}, row, self.table
        )
        if kept is None:
            return None
        known = {column.key for column in self.table.columns}
        # Blank cells are written anyway; only those beyond the last heading have to be kept.
        rest = {key: text for key, text in kept.pop("rest", {}).items() if text or key not in known}
        return kept | ({"rest": rest} if rest else {}) or None

    def place(self, row: Row, field: str = "") -> Place:
        """Return where a row is, or one of its cells."""
        key = self.columns.get(field)
        column = next((column.index for column in self.table.columns if column.key == key), 0)
        return self.table.place(row, column)

    def kept(self) -> dict[str, Any]:
        """Return what is kept of the table as a whole."""
        return {"layout": layout_of(self.table).kept(), "file": PurePosixPath(self.table.table.file).name}


def row_files(tree: FileTree, known: Collection[str], needed: Collection[str], *, peek: bool = False) -> list[RowFile]:
    """Return the tables of a tree that have all needed fields. Unless it may only ``peek``, it raises `FormatError`."""
    folded = {fold(field) for field in known}
    found = []
    for file in tree.files:
        for table in file.peek_tables() if peek else _tables(file, alone=len(tree.files) == 1):
            whole = headed(table, lambda text: fold(text) in folded)
            columns = columns_of([column.key for column in whole.columns], known) if whole else {}
            if whole and columns.keys() >= set(needed):
                found.append(RowFile(whole, columns))
    return found


def _tables(file: SourceFile, *, alone: bool) -> list[Table]:
    """Return the tables of a file; none if it has none and is not ``alone``."""
    if is_beside(file) and not alone:
        return []
    try:
        return file.tables
    except FormatError:
        if alone:
            raise
        return []


def columns_of(keys: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return the key of the column of each known field; of two with one heading the first."""
    fields = {fold(field): field for field in known}
    found: dict[str, str] = {}
    for key in keys:
        field = fields.get(fold(key))
        if field is not None:
            found.setdefault(field, key)
    return found


def event_rows(
    event: Fields, items: Sequence[tuple[Fields, Mapping[str, Any]]], kept: Mapping[str, Any]
) -> list[WrittenRow]:
    """Return the rows of an event: its own, unless its first property is on it, and those of its properties.

    ``items`` are the plain forms of the properties, each with what was kept of it.
    """
    headless = bool(kept.get("headless") and items)
    rows: list[WrittenRow] = []
    for number, (plain, own) in enumerate(items):
        repeats = own.get("whole", kept.get("repeated")) or (headless and number == 0)
        rows.append((event | plain if repeats else plain, own.get("row")))
    for place, other in kept.get("inner", ()):
        rows.insert(min(place, len(rows)), ({}, other))
    return rows if headless else [(event, kept.get("row")), *rows]


def write_blocks(
    kept: Mapping[str, Any], usual: Sequence[str], known: Iterable[str], blocks: list[list[WrittenRow]]
) -> bytes:
    """Return a table with these blocks, and those that belong to no event in their places. Columns it needs are added."""
    for place, others in kept.get("others", ()):
        blocks.insert(min(place, len(blocks)), [({}, other) for other in others])
    rows = [(_without_zero_bytes(plain), own) for block in blocks for plain, own in block]
    layout = layout_from(kept["layout"]) if "layout" in kept else TableLayout(tuple(usual), {"cells": list(usual)})
    columns = columns_of(layout.columns, known)
    needed = {field for plain, _ in rows for field, text in plain.items() if text not in NO_VALUE}
    missing = [field for field in usual if field in needed and field not in columns]
    if missing:
        heading = layout.heading | {"cells": [*layout.heading["cells"], *missing]}
        layout = replace(layout, columns=(*layout.columns, *missing), heading=heading)
        columns |= {field: field for field in missing}
    return write_rows(
        layout,
        [({columns[field]: text for field, text in plain.items() if field in columns}, own) for plain, own in rows],
    )


def add_zero_bytes(lost: LossList, plan: Plan) -> None:
    """Add that zero bytes in texts are replaced: a table of text holds none."""
    if b"\\u0000" in msgspec.json.encode(plan):
        lost.add("", "zero bytes in texts", "written as U+FFFD")


def _without_zero_bytes(fields: Fields) -> Fields:
    return {field: text.replace("\0", "\ufffd") for field, text in fields.items()}


def file_name(kept: Mapping[str, Any], usual: str) -> str:
    """Return the name under which a table is written: the one it had, if it is a table of text."""
    name = PurePosixPath(str(kept.get("file", ""))).name
    return name if name.endswith((".csv", ".tsv", ".txt")) else usual


def split_list(text: str) -> list[str]:
    """Return the parts of a comma-separated cell, without blanks around them."""
    return [part.strip() for part in text.split(",") if part.strip()]


def can_be_listed(text: str) -> bool:
    """Return whether a text comes back from a comma-separated cell."""
    return bool(text) and text == text.strip() and "," not in text
