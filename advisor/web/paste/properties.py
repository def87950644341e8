"""Previews properties pasted from a spreadsheet: what each row would do to an event, before anything is changed.

`preview_properties` is pure: it takes the text and the event and returns a preview. `PropertiesPreview.event` is the
event with every row that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Literal

from msgspec.structs import replace

from advisor.document_limits import MAX_PROPERTIES
from advisor.formats.columns.property_cells import COLUMNS, HEADINGS, CellError, is_sure_heading, read_cell
from advisor.model import Event, Property
from advisor.text import whole_number
from advisor.web.paste.rows import read_text_rows, rows_from_heading
from advisor.web.paste.shown_text import ShownText, shown_text

_STEP = re.compile(r"\.\$\.|\[\]\.?|\.")
_EXPLICIT = re.compile(r"\.\$\.|\[\]\.")
_HOLDS = {"object", "array", "any"}
_NOTHING: Mapping[int, str] = MappingProxyType({})
Effect = Literal["add", "change", "same", "refused"]
Names = tuple[str, ...]


@dataclass(frozen=True)
class PastedCell:
    """The text of a cell, and what is wrong with it; ``problem`` is empty for a valid cell."""

    text: str
    problem: str = ""

    @property
    def shown(self) -> ShownText:
        """The text with marks for blanks at its ends."""
        return shown_text(self.text)


@dataclass(frozen=True)
class PropertyRow:
    """One row: its number in the pasted text, its cells, and its effect on the event."""

    number: int
    cells: tuple[PastedCell, ...]
    effect: Effect


@dataclass(frozen=True)
class PropertiesPreview:
    """The preview. ``heads`` has for each column its heading and what it is read as, empty for one that is left out.

    ``first_row`` is a hash of the first row: what was chosen for its columns counts for no other text.
    ``ignored`` are the unknown headings; ``event`` is the event with all rows that are not refused.
    """

    first_row: str
    heads: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    rows: tuple[PropertyRow, ...]
    event: Event

    def count(self, *effects: Effect) -> int:
        """Return the number of rows with one of these effects."""
        return sum(row.effect in effects for row in self.rows)


def chosen_heads(values: Sequence[str]) -> dict[int, str]:
    """Return what a person chose for columns, by their numbers: a column of ours, or nothing for one to leave out.

    Each value is the number and the column, as in ``2:type``; others are passed over.
    """
    pairs = ((whole_number(at), column) for at, _, column in (value.partition(":") for value in values))
    return {at: column for at, column in pairs if at is not None and column in ("", *COLUMNS)}


def preview_properties(
    text: str, event: Event, chosen: Mapping[int, str] = _NOTHING, chosen_for: str = ""
) -> PropertiesPreview | None:
    """Return a preview of what the text would do to the event; None for a blank text.

    ``chosen`` are the columns that a person chose instead of those that were found, for a text with the first row whose
    hash is ``chosen_for``.
    """
    rows = read_text_rows(text, _is_heading)
    if not rows:
        return None
    rows = rows_from_heading(rows, _is_known, _is_heading)
    first = rows[0].cells
    headings = _headings(first, alone=all(len(row.cells) == 1 for row in rows))
    if headings:
        rows = rows[1:]
    width = max((len(row.cells) for row in rows), default=1)
    first_row = sha256("\0".join(first).encode(errors="surrogatepass")).hexdigest()[:8]
    columns = _with_chosen(headings or COLUMNS[:width], chosen if chosen_for == first_row else _NOTHING)
    ignored = tuple(
        cell for cell, column in zip(first, columns, strict=False) if headings and column is None and cell.strip()
    )
    taking = _Taking(event.properties)
    shown = tuple(_row(row.line, row.cells, columns, taking) for row in rows)
    named = first if headings else ()
    heads = tuple((named[at].strip() if at < len(named) else "", column or "") for at, column in enumerate(columns))
    return PropertiesPreview(first_row, heads, ignored, shown, replace(event, properties=taking.properties))


def _with_chosen(columns: tuple[str | None, ...], chosen: Mapping[int, str]) -> tuple[str | None, ...]:
    """Return the columns with those that were chosen; what was found for another one gives way to a choice."""
    taken = set(chosen.values())
    given = [
        chosen.get(at) or None if at in chosen else None if each in taken else each for at, each in enumerate(columns)
    ]
    return tuple(each if each not in given[:at] else None for at, each in enumerate(given))


def _is_known(text: str) -> bool:
    return HEADINGS.field_of(text) is not None


def _is_heading(cells: Sequence[str]) -> bool:
    return _headings(cells, alone=False) is not None


def _headings(cells: Sequence[str], *, alone: bool) -> tuple[str | None, ...] | None:
    """Return the columns that the first row names; None if it is not a row of headings.

    The word “name” alone is not enough, because a property may be called “name”.
    """
    found = HEADINGS.fields_of(cells)
    named = [column for column in found if column]
    if "name" not in named or not (is_sure_heading(cells) or (len(named) > 1 and not alone)):
        return None
    return tuple(column if column not in found[:place] else None for place, column in enumerate(found))


class _Taking:
    """The properties of an event while the rows are applied one after the other."""

    def __init__(self, properties: tuple[Property, ...]) -> None:
        self.properties = properties
        self.taken: set[Names] = set()

    def place(self, name: str) -> Names:
        """Return the path of a property name: a property with exactly this name, else a field inside an existing one.

        Any other name is new at the top level. Raises `CellError` for a field of a list that does not exist.
        """
        if _find(self.properties, (name,)):
            return (name,)
        for step in reversed(list(_STEP.finditer(name))):
            parents, child = _split(name[: step.start()]), name[step.end() :]
            parent = _find(self.properties, parents)
            if child and parent and _HOLDS & set(parent.type.split("|")):
                return (*parents, child)
        if _EXPLICIT.search(name):
            raise CellError(f"There is no list “{_STEP.split(name)[0]}” above this row")
        return (name,)

    def take(self, names: Names, cells: dict[str, Any]) -> Effect:
        """Add or change a property, return the effect. Raises `CellError` for a repeated name or too many properties."""
        if names in self.taken:
            raise CellError("Another row above has this name")
        before = _find(self.properties, names)
        if before is None and _count(self.properties) >= MAX_PROPERTIES:
            raise CellError(f"An event has at most {MAX_PROPERTIES} properties")
        self.taken.add(names)
        after = replace(before or Property(name=names[-1]), **cells)
        self.properties = _with(self.properties, names, after)
        return "add" if before is None else "same" if before == after else "change"


def _row(number: int, cells: Sequence[str], columns: tuple[str | None, ...], taking: _Taking) -> PropertyRow:
    shown: list[PastedCell] = []
    read: dict[str, Any] = {}
    for place, text in enumerate(cells):
        column = columns[place] if place < len(columns) else ""
        problem = "There is no column for this" if column == "" and text.strip() else ""
        if column:
            try:
                read[column] = read_cell(column, text)
            except CellError as error:
                problem = str(error)
        shown.append(PastedCell(text if column == "name" else text.strip(), problem))
    shown += [PastedCell("")] * (len(columns) - len(shown))
    effect: Effect = "refused"
    if "name" not in columns:
        shown[0] = PastedCell(shown[0].text, "Say above which column has the names")
    at = columns.index("name") if "name" in columns else 0
    if not any(cell.problem for cell in shown):
        try:
            name = read.pop("name") if "name" in read else read_cell("name", "")
            effect = taking.take(taking.place(name), read)
        except CellError as error:
            shown[at] = PastedCell(shown[at].text, str(error))
    return PropertyRow(number, tuple(shown), effect)


def _split(path: str) -> Names:
    return tuple(filter(None, _STEP.split(path)))


def _find(properties: tuple[Property, ...], names: Names) -> Property | None:
    found = next((item for item in properties if names and item.name == names[0]), None)
    return found if found is None or len(names) == 1 else _find(found.properties, names[1:])


def _with(properties: tuple[Property, ...], names: Names, item: Property) -> tuple[Property, ...]:
    """Return the properties with this one in place of the first of its name, or at the end if there is none."""
    place = next((index for index, other in enumerate(properties) if other.name == names[0]), len(properties))
    if len(names) > 1:
        parent = properties[place]
        item = replace(parent, properties=_with(parent.properties, names[1:], item))
    return (*properties[:place], item, *properties[place + 1 :])


def _count(properties: tuple[Property, ...]) -> int:
    return sum(1 + _count(item.properties) for item in properties)
