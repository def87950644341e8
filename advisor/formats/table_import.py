"""The door to tables with a mapping: read them as a person mapped their columns.

For the page of an import and the verb ``import``. Without a mapping, `advisor.formats.exchange.read_files` reads them as guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.formats import csv_table, json_rows, markdown_page, xlsx_workbook
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.tables import Table
from advisor.formats.columns.mapped import MappedTable, map_tables
from advisor.formats.columns.mapping import Mapping
from advisor.formats.places import refusal, shown
from advisor.formats.reading import PlanReading
from advisor.formats.registry import completed, files_of, format_named


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A format whose columns can be mapped: its reader, and the tables in its files."""

    read: Callable[[FileTree, Mapping], PlanReading]
    tables: Callable[[FileTree], list[Table]]


MAPPED: dict[str, _Mapped] = {
    csv_table.KEY: _Mapped(csv_table.read, csv_table.tables_of),
    xlsx_workbook.KEY: _Mapped(xlsx_workbook.read, xlsx_workbook.tables_of),
    json_rows.KEY: _Mapped(json_rows.read, json_rows.json_tables),
    markdown_page.KEY: _Mapped(markdown_page.read, markdown_page.tables_of),
}
"""The formats whose columns can be mapped, by key."""


def read_mapped(tree: FileTree, key: str, mapping: Mapping) -> PlanReading:
    """Return the plan in files of this format, read with a mapping. Raises `FormatError`."""
    taken = files_of(format_named(key), tree)
    return completed(_mapped(tree, key).read(taken, mapping), tree, taken)


def tables_in(tree: FileTree, key: str, mapping: Mapping) -> list[MappedTable]:
    """Return the tables in files of this format that hold events, with the fields of their columns. Raises `FormatError`."""
    return map_tables(_mapped(tree, key).tables(files_of(format_named(key), tree)), mapping)


def table_names(tree: FileTree, key: str) -> tuple[str, ...]:
    """Return the names of all tables in files of this format, as `Mapping` can name them. Raises `FormatError`."""
    tables = _mapped(tree, key).tables(files_of(format_named(key), tree))
    return tuple(dict.fromkeys(table.name for table in tables if table.name))


def _mapped(tree: FileTree, key: str) -> _Mapped:
    if key not in MAPPED:
        raise refusal(tree.place, f"The columns of {shown(key)} can’t be mapped; it has its own.")
    return MAPPED[key]
