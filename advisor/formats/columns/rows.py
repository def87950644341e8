"""Reads the rows of a table as events and properties, by the fields of its columns. Nothing is left out without a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Members
from dataclasses import dataclass

from advisor.document_limits import LONGEST_LABEL, LONGEST_NAME, LONGEST_TEXT, MAX_PROPERTIES
from advisor.formats.carriers.tables import HeadedTable, Row
from advisor.formats.columns import fields as f
from advisor.formats.columns.destination_cells import DestinationCells
from advisor.formats.columns.paths import parent_of
from advisor.formats.columns.property_cells import CellError, alternatives_in, entry_in, read_cell, types_in
from advisor.formats.columns.sections import OF_EVENT, section_lines
from advisor.formats.columns.words import call_in, from_text, list_in, status_in, suggestion_in
from advisor.formats.own_slot import fill_from_slot, slot_value
from advisor.formats.places import Place, shown
from advisor.formats.practice import practice_of_labels, practice_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading, RowReading
from advisor.knowledge.answer_words import answer_in, fold
from advisor.text import quantity, whole_number

_NULL_WORDS = frozenset({"null", "nullable"})
_OPTIONAL_WORDS = frozenset({"undefined", "optional"})
"""Words that code writes beside a type for a value that may be missing."""
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SOMETIMES = frozenset(
    [
        "conditional",
        "conditionally",
        "sometimes",
        "recommended",
        "depends",
        "situational",
        "if",
        "when",
        "only",
        "desired",
    ]
)
_SOMETIMES_TEXTS = ("event specific", "event-specific", "nice to have", "where available")
"""What a cell of a column to tick says of what is not always there."""


@dataclass(slots=True)
class SeenRow:
    """A row that is part of the plan: its index under the heading, its event, and the property that it has, if any."""

    index: int
    row: Row
    event: EventReading
    is_first: bool
    prop: PropertyReading | None = None


class RowReader:
    """Reads one table into a reading. ``fields`` are the fields of its columns by their keys."""

    def __init__(
        self, reading: PlanReading, table: HeadedTable, fields: Members[str, str], cells: DestinationCells
    ) -> None:
        self._reading = reading
        self._table = table
        self._fields = fields
        self._destinations = cells
        self._by_name: dict[tuple[str, str, str], EventReading] = {}
        self._rows: dict[int, int] = {}
        self._last: EventReading | None = None
        # Only delimited files need an apostrophe before what a spreadsheet would run.
        self._read_text = from_text if table.table.kind == "delimited" else str
        self._has_properties = f.PROPERTY in fields.values()
        self._is_ticked = _is_ticked(table, fields)
        self.seen: list[SeenRow] = []
        self.others: list[int] = []
        """The indexes of rows that are no part of the plan: blank ones and those that were left out."""
        self._properties: dict[int, tuple[EventReading, str, str]] = {}
        self._row = RowReading("", 0)
        self._type_columns = type_columns(table, fields)
        self._sections = section_lines(table, fields)
        self._text_above = ""
        self._problems: dict[str, list[Place]] = {}

    def read_rows(self) -> None:
        """Read all rows, and then what is known once all of them were read."""
        notes = _first_note(self._table, self._fields)
        for index, row in enumerate(self._table.rows):
            if row.is_blank:
                self.others.append(index)
                continue
            self._row = RowReading(self._table.table.name, row.line)
            self._reading.rows.append(self._row)
            reason = self._sections.get(row.line, "")
            if reason == OF_EVENT:
                self._keep_text(row)
            if not reason:
                reason = "It looks like a note below the table." if index >= notes else self._read_row(index, row)
            if reason:
                self._row.left_out = reason
                self._reading.leave_out(self._table.place(row), f"row {row.line}", reason)
                self.others.append(index)
        for message, places in self._problems.items():
            more = len(places) - 1
            again = f" The same in {quantity(more, 'more row')}." if more else ""
            self._reading.warn(places[0], message + again)

    def _read_row(self, index: int, row: Row) -> str:
        """Read a row; returns why it is left out, or nothing."""
        texts = self._texts(row)
        name = texts.get(f.NAME, "")
        if len(name) > LONGEST_NAME:
            return f"The event’s name has {len(name):,} characters; at most {LONGEST_NAME} are allowed."
        event, is_first = self._event_of(name, texts, row)
        if event is None:
            return "There is no name in this row." if self._last is None or not self._has_properties else _NOTHING
        self._row.event = event
        seen = SeenRow(index, row, event, is_first)
        if is_first:
            self._read_event(event, row)
        if self._has_properties:
            seen.prop = self._read_property(event, texts, row)
        self.seen.append(seen)
        self._last = event
        return ""

    def _keep_text(self, row: Row) -> None:
        """Keep what a row over those of an event says, to describe it; a delimited file gets the row back as it was."""
        name = next(key for key, field in self._fields.items() if field == f.NAME)
        texts = [text for key, cell in self._table.cells(row).items() if key != name and (text := cell.strip())]
        if self._table.table.kind != "delimited":
            self._text_above = "\n".join(texts)[:LONGEST_TEXT]

    def _texts(self, row: Row) -> dict[str, str]:
        """Return the cells of a row by field; of several columns with one field, the first one with a text."""
        texts: dict[str, str] = {}
        for key, cell in self._table.cells(row).items():
            field = self._fields.get(key, f.IGNORE)
            if field != f.IGNORE and not texts.get(field):
                texts[field] = self._read_text(cell)
        return texts

    def _event_of(self, name: str, texts: Members[str, str], row: Row) -> tuple[EventReading | None, bool]:
        """Return the event of a row, and whether it begins here. A row without a name belongs to the event before it."""
        if not name.strip():
            says = any(text.strip() for field, text in texts.items() if f.is_property_field(field))
            return (self._last, False) if says and self._has_properties else (None, False)
        key = (call_in(texts.get(f.CALL, "")) or "", name, texts.get(f.VERSION, "").strip())
        merges = self._has_properties and self._table.table.kind != "json"  # each object is an event of its own
        known = self._by_name.get(key) if merges else None
        if known is None and merges and not (key[0] or key[2]) and self._last and self._last.name == name:
            known = self._last  # a further row leaves the call and the version of its event blank
        if known:
            return known, False
        event = EventReading(name, description=self._text_above, place=self._table.place(row))
        self._text_above = ""
        self._by_name[key] = event
        self._reading.events.append(event)
        return event, True

    def _read_event(self, event: EventReading, row: Row) -> None:
        lists: list[str] = []
        for place, (key, cell) in enumerate(self._table.cells(row).items()):
            field = self._fields.get(key, f.IGNORE)
            if field == f.PROPERTIES:
                lists += self._listed(event, key, cell, lists)
            elif cell.strip() and not self._read_type_beside(event, key, cell):
                self._read_event_cell(event, field, self._read_text(cell), key, row, place)
        event.practice = event.practice or practice_of_labels(event.labels)
        self._destinations.finish(event, is_ticked=self._is_ticked)

    def _listed(self, event: EventReading, key: str, cell: str, known: list[str]) -> list[str]:
        found = dict.fromkeys(map(self._read_text, list_in(self._read_text(cell))))
        names = []
        for entry in found:
            name, types = entry_in(entry)
            if name in known or name in names:
                continue
            prop = PropertyReading(name, types, required=bool(f.is_required_list(key)))
            self._properties[id(prop)] = (event, key, entry)
            event.properties.append(prop)
            names.append(name)
        return names

    def _read_type_beside(self, event: EventReading, key: str, cell: str) -> bool:
        """Read the type in a column behind the one of a property; returns whether the column is one."""
        of_list = self._type_columns.get(key)
        if of_list is None:
            return False
        props = [prop for prop in event.properties if self.column_of(prop) == of_list]
        if len(props) == 1 and not props[0].types:
            _read_type(props[0], cell)
        return True

    def column_of(self, prop: PropertyReading) -> str | None:
        """Return the key of the column whose list has a property; None for a property with a row of its own."""
        found = self._properties.get(id(prop))
        return found[1] if found else None

    def entry_of(self, prop: PropertyReading) -> str:
        """Return how a list spells a property that it has."""
        return self._properties[id(prop)][2]

    def _read_event_cell(self, event: EventReading, field: str, cell: str, key: str, row: Row, place: int) -> None:
        """Read one filled cell of an event. What can't be read is warned of, and the rest of the row counts."""
        text = cell.strip()
        problem = ""
        if field.startswith(f.DESTINATION) or field == f.DESTINATIONS:
            problem = self._destinations.read(field, text, self._table.place(row, place))
            self._row.problems += [(place, message) for message in self._destinations.strangers]
        elif field == f.PRACTICE:
            event.practice = practice_of_word(key, text)
        elif field == f.SLOT:
            if value := slot_value(text):
                fill_from_slot(self._reading, event, value)
        else:
            problem = _read_own_cell(event, field, cell)
        if problem:
            self._warn(row, place, problem)

    def _warn(self, row: Row, place: int, message: str) -> None:
        """Warn of a cell at its row, and once for all cells of the table with the same."""
        self._problems.setdefault(message, []).append(self._table.place(row, place))
        self._row.problems.append((place, message))

    def _read_property(self, event: EventReading, texts: Members[str, str], row: Row) -> PropertyReading | None:
        path = texts.get(f.PROPERTY, "")
        if not path.strip():
            if any(texts.get(part, "").strip() for part in f.PROPERTY_PARTS):
                self._warn(row, 0, "The row describes a property, and does not name it.")
            return None
        self._rows[id(event)] = self._rows.get(id(event), 0) + 1
        if len(path) > LONGEST_NAME or self._rows[id(event)] > MAX_PROPERTIES:
            limit = f"a property’s name has at most {LONGEST_NAME} characters, and an event at most {MAX_PROPERTIES} properties"
            self._warn(row, 0, f"The property of this row is not read: {limit}.")
            return None
        parent, name = parent_of(event.properties, path)
        prop = PropertyReading(name)
        for part in f.PROPERTY_PARTS:
            text = texts.get(part, "")
            if text.strip() and (problem := read_part(prop, part.removeprefix(f.PROPERTY_PART), text)):
                at = next(index for index, field in enumerate(self._fields.values()) if field == part)
                self._warn(row, at, problem)
        (event.properties if parent is None else parent.properties).append(prop)
        return prop


_NOTHING = "It names no event and no property."


def _read_own_cell(event: EventReading, field: str, cell: str) -> str:
    """Read a cell that says something of its event alone; returns what is wrong with it, or nothing."""
    text = cell.strip()
    if field.startswith(f.QUESTION):
        return _read_answer(event, field.removeprefix(f.QUESTION), text)
    if field.startswith(f.LABEL):
        event.labels[field.removeprefix(f.LABEL)] = cell[:LONGEST_LABEL]
        return "" if len(cell) <= LONGEST_LABEL else f"A label has at most {LONGEST_LABEL} characters; it is cut."
    reader = _READERS.get(field)
    return reader(event, cell) if reader else ""


def _read_call(event: EventReading, cell: str) -> str:
    call = call_in(cell)
    event.call = call or "track"
    return "" if call else f"{shown(cell)} is no call type; the event is read as a track call."


def _read_status(event: EventReading, cell: str) -> str:
    event.status = status_in(cell) or ""
    return "" if event.status else f"{shown(cell)} is no state of work; say proposed, agreed or implemented."


def _read_version(event: EventReading, cell: str) -> str:
    text = cell.strip()
    number = whole_number(text)
    event.version = text if number is None else number
    return ""


def _read_owner(event: EventReading, cell: str) -> str:
    event.owner = cell
    return ""


def _read_description(event: EventReading, cell: str) -> str:
    event.description = cell[:LONGEST_TEXT]
    return "" if len(cell) <= LONGEST_TEXT else f"A description has at most {LONGEST_TEXT:,} characters; it is cut."


_READERS: dict[str, Callable[[EventReading, str], str]] = {
    f.CALL: _read_call,
    f.STATUS: _read_status,
    f.VERSION: _read_version,
    f.OWNER: _read_owner,
    f.DESCRIPTION: _read_description,
}


def _read_answer(event: EventReading, key: str, text: str) -> str:
    answer, is_suggested = suggestion_in(text)
    if answer is None:
        return f"{shown(text)} isn’t yes, no or not sure."
    if answer != "unsure":
        event.answers[key] = answer
        event.suggested += [key] if is_suggested else []
    return ""


def read_part(prop: PropertyReading, part: str, text: str) -> str:
    """Read one cell of a property; returns what is wrong with it, or nothing."""
    if part == "type":
        return _read_type(prop, text)
    try:
        setattr(prop, part, read_cell(part, text) if part != "description" else text)
    except CellError as error:
        return _read_first_word(prop, part, text, error)
    return ""


def _read_type(prop: PropertyReading, text: str) -> str:
    if values := alternatives_in(text):
        prop.types, prop.values = ("string",), prop.values or values
        return ""
    types, unknown = types_in(text)
    nulls = tuple(word for word in unknown if word in _NULL_WORDS)
    prop.types = types + (("null",) if nulls and types else ())
    words = [word for word in unknown if word not in _NULL_WORDS | _OPTIONAL_WORDS]
    verb = "is no type" if len(words) == 1 else "are no types"
    return f"{', '.join(map(shown, words))} {verb}; the property may have any." if words else ""


def _read_first_word(prop: PropertyReading, part: str, text: str, error: CellError) -> str:
    """Read a cell to be ticked by its first word, as ``Yes, if signed in``; returns what is wrong with it, or nothing."""
    if part not in ("required", "sensitive"):
        return f"{shown(text)}: {error}."
    word = _FIRST_WORD.match(fold(text))
    if word and (word.group() in _SOMETIMES or fold(text).startswith(_SOMETIMES_TEXTS)):
        return ""
    try:
        setattr(prop, part, bool(word) and read_cell(part, word.group() if word else ""))
    except CellError:
        return f"{shown(text)} is neither yes nor no; the property is read as not {part}."
    return "" if word else f"{shown(text)} is neither yes nor no; the property is read as not {part}."


def type_columns(table: HeadedTable, fields: Members[str, str]) -> dict[str, str]:
    """Return the columns that have the type of the property in the column before them: ``prop1 | type1 | prop2 | type2``."""
    pairs = zip(table.columns, table.columns[1:], strict=False)
    return {
        after.key: before.key
        for before, after in pairs
        if fields.get(before.key) == f.PROPERTIES
        and f.word_of(after.heading.rstrip("0123456789 _-")) == "type"
        and not f.is_property_field(fields.get(after.key, f.IGNORE))
    }


def _is_ticked(table: HeadedTable, fields: Members[str, str]) -> bool:
    """Return whether a table has columns of destinations in which cells say yes, and none says no."""
    keys = [key for key, field in fields.items() if field.startswith(f.DESTINATION)]
    answers = {
        answer_in(cells[key]) for row in table.rows for cells in [table.cells(row)] for key in keys if cells.get(key)
    }
    return "yes" in answers and "no" not in answers


def _first_note(table: HeadedTable, fields: Members[str, str]) -> int:
    """Return the index of the first note below a table: after a blank row, single cells of prose up to the end."""
    if len(fields) < 2:
        return len(table.rows)
    index = len(table.rows)
    while index and _is_prose(row := table.rows[index - 1]):
        index -= 1
        if row.is_blank:
            index += 1
            break
    blank_before = 0 < index < len(table.rows) and table.rows[index - 1].is_blank
    return index if blank_before else len(table.rows)


def _is_prose(row: Row) -> bool:
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    return len(filled) == 1 and (len(filled[0].split()) > 3 or filled[0][-1] in ".:" or filled[0][0] in "*†")
