"""Guesses what the columns of a table mean, from their headings, the headings above them, and their cells.

The passes go from sure to unsure: headings that mean one thing, words that other columns decide about, columns that are
destinations, and then the cells. What is left becomes a label if it can be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from types import MappingProxyType

from advisor.document_limits import LONGEST_LABEL, MAX_LABELS
from advisor.formats.carriers.tables import Column, HeadedTable, Row
from advisor.formats.columns.fields import (
    CALL,
    DESCRIPTION,
    DESTINATION,
    IGNORE,
    LABEL,
    NAME,
    OWNER,
    PRACTICE,
    PROPERTIES,
    PROPERTY,
    PROPERTY_PART,
    REPEATABLE,
    STATUS,
    field_of,
    is_numbered_property,
    is_property_field,
    is_trigger,
    question_of,
    title,
    word_of,
)
from advisor.formats.columns.mapping import Guess
from advisor.formats.columns.property_cells import types_in
from advisor.formats.columns.words import call_in, list_in, status_in
from advisor.formats.places import shown
from advisor.formats.practice import names_side
from advisor.knowledge.answer_words import answer_in
from advisor.knowledge.catalogue import find_exactly

_AS_LABEL = (DESCRIPTION, OWNER, STATUS, PRACTICE)
"""Fields of which a second column is worth keeping."""
_LOOKED_AT = 500
"""How many rows the guess looks at."""
_MOST = 0.8
"""The share of filled cells that has to fit."""


def guess_columns(table: HeadedTable, chosen: Mapping[str, str] = MappingProxyType({})) -> tuple[Guess, ...]:
    """Return a guess for each column, in the order of the table. One column of events is found if there is any.

    ``chosen`` are the fields of columns that a person has chosen; the others are guessed beside them.
    """
    guessing = _Guessing(table)
    guessing.found |= {
        column.key: Guess(column.key, chosen[column.key], "chosen") for column in table.columns if column.key in chosen
    }
    guessing.by_heading()
    guessing.by_word()
    guessing.by_cells()
    guessing.name_column()
    guessing.rest()
    return tuple(guessing.found[column.key] for column in table.columns)


class _Guessing:
    """The guesses of one table while they are made."""

    def __init__(self, table: HeadedTable) -> None:
        self._columns = table.columns
        self._is_json = table.table.kind == "json"
        rows = [row for row in islice(table.rows, _LOOKED_AT) if not row.is_blank]
        self._rows = rows
        self._cells = {column.key: _filled(rows, column.index) for column in table.columns}
        self.found: dict[str, Guess] = {}

    def by_heading(self) -> None:
        """Take headings that mean one thing, and numbered columns of properties."""
        for column in self._open():
            field = field_of(column.heading, column.group)
            if field and not (field == STATUS and self._has_other_words(column)):
                self._take(column, field, f"its heading {shown(column.heading or column.group)}")
        several = [column for column in self._open() if is_numbered_property(column.heading)]
        if len(several) > 1:
            for column in several:
                self._take(column, PROPERTIES, "one of several columns for properties")
        self._decide_list_or_rows()

    def by_word(self) -> None:
        """Take words that mean the event or its property, which the columns before them decide."""
        for column in self._open():
            word = word_of(column.heading or column.group)
            field = self._meant(column, word) if word else None
            if field:
                self._take(column, field, f"its heading {shown(column.heading or column.group)}")
        for column in self._open():
            if is_trigger(column.heading) and not self._has(DESCRIPTION):
                self._take(column, DESCRIPTION, f"its heading {shown(column.heading)}")
        for column in self._open():
            # “Sensitive” beside a property is of the property; else it is the short name of a question.
            if question := question_of(column.heading):
                self._take(column, question, f"its heading {shown(column.heading)}")

    def by_cells(self) -> None:
        """Take a column by what is in it: yes and no under the name of a destination, types, calls, sides, states."""
        for column in self._open():
            cells = self._cells[column.key]
            if find_exactly(column.heading) and _most(cells, lambda text: answer_in(text) is not None):
                self._take(column, DESTINATION + column.heading, "the name of a destination over yes and no")
        tests: list[tuple[str, Callable[[str], bool], str]] = [
            (CALL, lambda text: call_in(text) is not None, "its cells are call types"),
            (PRACTICE, names_side, "its cells name sides"),
            (STATUS, lambda text: status_in(text) is not None, "its cells are states of work"),
        ]
        if self._has(PROPERTY):
            tests.append((f"{PROPERTY_PART}type", lambda text: not types_in(text)[1], "its cells are types"))
        for field, test, evidence in tests:
            for column in self._open():
                if not self._has(field) and _most(self._cells[column.key], test):
                    self._take(column, field, evidence, is_sure=False)

    def name_column(self) -> None:
        """Choose the first column with different texts as the name, if no heading says which one it is.

        The only column of a table may hold anything but numbers: a list of names may repeat them.
        """
        if self._has(NAME):
            return
        is_alone = len(self._columns) == 1
        for column in self._open():
            cells = self._cells[column.key]
            can_name = is_alone or (len({*cells}) * 2 > len(cells) and not all(map(answer_in, cells)))
            if cells and can_name and not all(map(_is_number, cells)):
                self._take(column, NAME, "the first column with different texts", is_sure=False)
                return

    def rest(self) -> None:
        """Keep the rest as labels where they can be labels, and ignore all else."""
        for column in self._open():
            if not self._cells[column.key] and not column.heading:
                self._take(column, IGNORE, "it is empty", is_sure=False)
            elif self._can_be_label(column):
                self._take(column, LABEL + column.heading, "an unknown heading: kept as a label", is_sure=False)
            else:
                self._take(column, IGNORE, self._why_ignored(column), is_sure=False)

    def _open(self) -> list[Column]:
        return [column for column in self._columns if column.key not in self.found]

    def _has(self, *fields: str) -> bool:
        return any(guess.field in fields for guess in self.found.values())

    def _take(self, column: Column, field: str, evidence: str, *, is_sure: bool = True) -> None:
        if field in REPEATABLE or not self._has(field):
            self.found[column.key] = Guess(column.key, field, evidence, is_sure)
        elif field not in _AS_LABEL or not self._can_be_label(column):
            self.found[column.key] = Guess(column.key, IGNORE, f"another column is the {title(field)}", is_sure=False)
        else:
            evidence = f"another column is the {title(field)}: kept as a label"
            self.found[column.key] = Guess(column.key, LABEL + column.heading, evidence, is_sure=False)

    def _has_other_words(self, column: Column) -> bool:
        """Return whether cells say something, and most of them no state of work."""
        cells = self._cells[column.key]
        return bool(cells) and not _most(cells, lambda text: status_in(text) is not None)

    def _meant(self, column: Column, word: str) -> str | None:
        """Return the field that a word like “name”, “type” or “description” means beside the columns that are known."""
        if word == "name":
            return NAME if not self._has(NAME) else None if self._has(PROPERTY, PROPERTIES) else PROPERTY
        if (
            word == "type"
            and not self._has(CALL)
            and _most(self._cells[column.key], lambda text: call_in(text) is not None)
        ):
            return CALL
        if word == "description":
            at = next((each.index for each in self._columns if self._is(each, PROPERTY)), None)
            if not self._has(DESCRIPTION) and (at is None or column.index < at):
                return DESCRIPTION
        if not self._has(PROPERTY) or self._has(PROPERTY_PART + word):
            return None
        return PROPERTY_PART + word

    def _is(self, column: Column, field: str) -> bool:
        guess = self.found.get(column.key)
        return guess is not None and guess.field == field

    def _decide_list_or_rows(self) -> None:
        """Decide whether a column has one property in each row, or a list of them: headings mix both up."""
        words = {word_of(column.heading or column.group) for column in self._open()}
        has_parts = bool(words & {"type", "required"}) or any(
            each.field.startswith(PROPERTY_PART) for each in self.found.values()
        )
        for key, guess in list(self.found.items()):
            lists = any(len(list_in(cell)) > 1 for cell in self._cells[key])
            if guess.field == PROPERTIES and has_parts and not lists and not self._has(PROPERTY):
                self.found[key] = Guess(key, PROPERTY, guess.evidence)
            elif guess.field == PROPERTY and not has_parts and lists:
                self.found[key] = Guess(key, PROPERTIES, "its cells are lists")

    def _can_be_label(self, column: Column) -> bool:
        cells = self._cells[column.key]
        count = sum(guess.field.startswith(LABEL) for guess in self.found.values())
        fits = 0 < len(column.heading) <= LONGEST_LABEL and all(len(cell) <= LONGEST_LABEL for cell in cells)
        return bool(cells) and fits and count < MAX_LABELS and not self._varies_in_event(column)

    def _varies_in_event(self, column: Column) -> bool:
        """Return whether rows of one event say different things: then the column is about the property."""
        names = next((each for each in self._columns if self._is(each, NAME)), None)
        if names is None or not any(is_property_field(guess.field) for guess in self.found.values()):
            return False
        said: dict[str, set[str]] = {}
        name = ""
        for row in self._rows:
            own = _cell(row, names.index)
            # Each object of a JSON file is an event of its own, whatever the others are called.
            name = (f"{row.line} {own}" if self._is_json else own) if own else name
            if text := _cell(row, column.index):
                said.setdefault(name, set()).add(text)
        return any(len(texts) > 1 for texts in said.values())

    def _why_ignored(self, column: Column) -> str:
        if not self._cells[column.key]:
            return "it is empty"
        return (
            "it says different things of the properties of one event"
            if self._varies_in_event(column)
            else "it can be no label"
        )


def _filled(rows: Iterable[Row], index: int) -> list[str]:
    return [text for row in rows if (text := _cell(row, index))]


def _cell(row: Row, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""


def _most(cells: list[str], test: Callable[[str], bool]) -> bool:
    """Return whether most of the cells fit; no cells never fit."""
    return bool(cells) and sum(map(test, cells)) >= _MOST * len(cells)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).isdecimal()
