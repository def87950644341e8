"""Reads tables of any kind as a plan: finds the heading, guesses the columns, takes a mapping, and reads all rows.

The formats ``csv``, ``xlsx``, ``json`` and ``markdown`` call `read_tables`; `advisor.formats.table_import` is the door for a
mapping and a preview.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.document_limits import LONGEST_NAME
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.tables import HeadedTable, Table, headed, without_heading
from advisor.formats.columns import fields as f
from advisor.formats.columns.destination_cells import DestinationCells
from advisor.formats.columns.guess import guess_columns
from advisor.formats.columns.kept import keep_table
from advisor.formats.columns.mapping import Guess, Mapping
from advisor.formats.columns.property_tables import read_property_table
from advisor.formats.columns.rows import RowReader
from advisor.formats.columns.several_tables import cut_tables, join_tables
from advisor.formats.columns.words import call_in
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Place, refusal, shown
from advisor.formats.reading import EventReading, PlanReading
from advisor.knowledge.answer_words import answer_in
from advisor.text import quantity

NAMESPACE = "table"
"""The key under ``extra`` of what is kept of a table."""
_SAID_OF_EVENTS = {f.DESCRIPTION, f.PRACTICE, f.OWNER}
"""Fields for which a table is read that repeats the events of the others."""
_GUESSED = Mapping()


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table with the field of each column: guessed, or chosen by the mapping."""

    table: HeadedTable
    guesses: tuple[Guess, ...]

    @property
    def fields(self) -> dict[str, str]:
        """The fields by the keys of the columns."""
        return {guess.key: guess.field for guess in self.guesses}

    @property
    def has_name(self) -> bool:
        """Whether a column is the name of the event."""
        return any(guess.field == f.NAME for guess in self.guesses)

    @property
    def is_sure(self) -> bool:
        """Whether the column of names was chosen or found by its heading."""
        return any(guess.field == f.NAME and guess.is_sure for guess in self.guesses)

    @property
    def lists_properties(self) -> bool:
        """Whether a column surely has names of properties, and none has names of events unless it only looks like that."""
        sure = [guess.field for guess in self.guesses if guess.is_sure]
        fields = [guess.field for guess in self.guesses]
        is_behind = f.NAME not in fields or (f.PROPERTY in sure and fields.index(f.PROPERTY) < fields.index(f.NAME))
        return f.PROPERTY in sure and f.NAME not in sure and is_behind


def map_table(table: Table, mapping: Mapping = _GUESSED) -> MappedTable | None:
    """Return a table with the fields of its columns; None for a table without a heading."""
    row = None
    if mapping.heading_row == 0:
        bare = without_heading(table)
        return MappedTable(bare, guess_columns(bare, mapping.columns)) if bare.columns else None
    if mapping.heading_row is not None:
        row = next(
            (index for index, each in enumerate(table.rows) if each.line == mapping.heading_row), len(table.rows)
        )
    found = headed(table, f.is_known_heading, row)
    if found is None:
        return None
    if row is None and _is_data(found):
        found = without_heading(table)
    return MappedTable(found, guess_columns(found, mapping.columns))


def _is_data(found: HeadedTable) -> bool:
    """Return whether the likeliest heading is a row of data: names alone, or a name with an answer or a call type."""
    if found.above or any(map(f.is_known_heading, found.heading.cells)):
        return False
    rows = (found.heading, *found.rows)
    is_list = all(sum(bool(cell.strip()) for cell in row.cells) <= 1 for row in rows)
    return is_list or any(answer_in(cell) or call_in(cell) for cell in found.heading.cells[1:])


def map_tables(tables: Iterable[Table], mapping: Mapping = _GUESSED) -> list[MappedTable]:
    """Return the tables that hold events: the one that the mapping names, else those whose names are sure, else the first.

    Raises `FormatError` for a mapping that names a sheet or a column that is not there.
    """
    tables = tables if mapping.heading_row is not None else cut_tables(tables)
    candidates = [each for each in tables if mapping.sheet is None or each.name == mapping.sheet]
    if mapping.sheet is not None and not candidates:
        raise refusal(Place(), f"There is no sheet {shown(mapping.sheet)}.")
    mapped = [found for each in candidates if (found := map_table(each, mapping)) and found.has_name]
    keys = {guess.key for each in mapped for guess in each.guesses}
    for key in mapping.columns:
        if key not in keys:
            raise refusal(Place(), f"There is no column {shown(key)}.")
    # A list of properties is read as events only if there is no other table.
    mapped.sort(key=lambda each: each.lists_properties)
    return [each for each in mapped if each.is_sure] or mapped[:1]


def read_tables(
    tree: FileTree, key: str, tables: Iterable[Table], mapping: Mapping = _GUESSED, *, keep: bool = False
) -> PlanReading:
    """Return the plan in tables. Raises `FormatError` if none of them can hold events.

    ``keep`` keeps what a single delimited table has more, so that it comes back.
    """
    whole = tuple(tables)
    tables = whole if mapping.heading_row is not None else tuple(cut_tables(whole))
    keep = keep and len(tables) == len(whole)
    mapped = map_tables(tables, mapping)
    if not mapped:
        raise refusal(tree.place, "There is no table with a column that could hold the names of events.")
    reading = PlanReading(key)
    destinations = DestinationCells(reading, mapping.destinations, mapping.renamed)
    known: set[str] = set()
    said: set[str] = set()
    read: list[tuple[list[EventReading], bool]] = []
    for each in mapped:
        names = _names(each)
        repeats = bool(known) and names <= known and f.PROPERTY not in each.fields.values()
        if repeats and not _SAID_OF_EVENTS & {*each.fields.values()} - said:
            message = f"The table {shown(each.table.table.name)} repeats events and is not read."
            reading.warn(each.table.place(each.table.heading), message)
            continue
        known |= names
        said |= {*each.fields.values()}
        begun = len(reading.events)
        reader = RowReader(reading, each.table, each.fields, destinations)
        reader.read_rows()
        read.append((reading.events[begun:], repeats))
        _warn_of_formulas(reading, each.table)
        if each.lists_properties:
            message = (
                "This table seems to list properties without their events. Choose the column that names the events."
            )
            reading.warn(each.table.place(each.table.heading), message)
        if keep and len(mapped) == 1 and each.table.table.kind == "delimited":
            reading.extra = {NAMESPACE: keep_table(each.table, each.fields, reader, NAMESPACE)}
    if all(each.table.table.kind != "markdown" for each in mapped):
        join_tables(reading, read)
    if mapping.sheet is None:
        _read_others(reading, tables, mapped)
    destinations.finish_plan()
    reading.name = _title(mapped[0].table)
    if len(tree.files) > 1:
        fill_from_beside(reading, tree)
    return reading


def _read_others(reading: PlanReading, tables: Iterable[Table], mapped: Iterable[MappedTable]) -> None:
    """Read tables of properties, and warn of all others that are not read; a page in Markdown may have any tables."""
    read = {id(each.table.table) for each in mapped}
    for table in tables:
        if id(table) in read or (table.kind == "markdown" and not f.says_every_event(table.name)):
            continue
        other = map_table(table)
        if other and other.lists_properties:
            read_property_table(reading, other.table, other.fields)
        elif table.rows:
            what = f"The sheet {shown(table.name)}" if table.kind == "workbook" else "The table"
            message = f"{what} is not read: no heading in it says which column has the names of events."
            reading.warn(table.place(table.rows[0]), message)


def table_files(tree: FileTree) -> Iterator[SourceFile]:
    """Yield the files that may hold tables: all but the file of ours beside them."""
    return (file for file in tree.files if len(tree.files) == 1 or not is_beside(file))


def _names(mapped: MappedTable) -> set[str]:
    """Return the texts in the column of names."""
    key = next(guess.key for guess in mapped.guesses if guess.field == f.NAME)
    return {mapped.table.cells(row).get(key, "") for row in mapped.table.rows} - {""}


def _warn_of_formulas(reading: PlanReading, table: HeadedTable) -> None:
    found = [
        table.place(row, index) for row in table.rows for index, cell in enumerate(row.cells) if cell.startswith("=")
    ]
    if found:
        reading.warn(
            found[0],
            f"{quantity(len(found), 'cell begins', 'cells begin')} like a formula; the text is taken as it is.",
        )


def _title(table: HeadedTable) -> str:
    """Return the title above a table: the one filled cell of its first row; empty if there is none."""
    for row in table.above:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if filled:
            return filled[0] if len(filled) == 1 and len(filled[0]) <= LONGEST_NAME else ""
    return ""
