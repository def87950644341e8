"""Keeps of a mapped table what the plan can't say, so that it comes back, and writes it again with the edits.

Beside the remainder of each row (`advisor.formats.carriers.table_rows`), the habits of the table are kept once: the words it
uses for yes and no or for types, which cells it repeats in the further rows of an event, and whether the row of an event
has its first property. New rows follow these habits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from advisor.formats.carriers.table_rows import TableLayout, layout_from, layout_of, row_remainder, write_rows
from advisor.formats.carriers.tables import HeadedTable
from advisor.formats.columns import fields as f
from advisor.formats.columns.property_cells import entry_in
from advisor.formats.columns.rows import RowReader, SeenRow
from advisor.formats.columns.texts import (
    EventValue,
    each_property,
    event_texts,
    list_text,
    property_texts,
    without_first_status,
)
from advisor.formats.columns.words import as_text
from advisor.formats.remainder import Remainder

_COMPUTED = (f.IGNORE, f.PLACEMENT, f.SLOT)
"""Fields whose cells are not made from what was read."""
_PLAIN_WORDS = (
    f.CALL,
    f.PRACTICE,
    f"{f.PROPERTY_PART}type",
    f"{f.PROPERTY_PART}required",
    f"{f.PROPERTY_PART}sensitive",
)
"""Fields whose words a table may spell in its own way, besides answers and destinations."""
Row = tuple[dict[str, str], Remainder | None]


def keep_table(table: HeadedTable, fields: Mapping[str, str], reader: RowReader, namespace: str) -> dict[str, Any]:
    """Keep of every event and property what its row has more, and return what is kept of the table as a whole."""
    return _Keeping(table, fields, reader, namespace).whole()


class _Keeping:
    """One table while it is compared with its plain form."""

    def __init__(self, table: HeadedTable, fields: Mapping[str, str], reader: RowReader, namespace: str) -> None:
        self._table = table
        self._cells: dict[int, dict[str, str]] = {}
        has_rows = f.PROPERTY in fields.values()
        self._fields = {
            key: field
            for key, field in fields.items()
            if field not in _COMPUTED and (has_rows or not f.is_property_field(field))
        }
        self._reader = reader
        self._namespace = namespace
        self._first: dict[int, SeenRow] = {id(seen.event): seen for seen in reader.seen if seen.is_first}
        self._with_rows = {id(seen.event) for seen in reader.seen if seen.prop}
        self._paths: dict[int, str] = {}
        for seen in self._first.values():
            self._paths |= {id(prop): path for path, prop in _pairs(seen.event.properties, "")}
            for prop in seen.event.properties:
                if key := reader.column_of(prop):
                    entry = reader.entry_of(prop)
                    spelled = {"entry": entry} if entry != prop.name else {}
                    types = {"type": "|".join(prop.types)} if prop.types else {}
                    prop.extra = {namespace: {"list": key} | spelled | types}
        self._values = {index: without_first_status(seen.event.document()) for index, seen in self._first.items()}

    def whole(self) -> dict[str, Any]:
        """Keep what each row has more, and return what is kept of the table."""
        plains = [self._own_texts(seen) for seen in self._reader.seen]
        words = self._words(plains)
        repeats = self._repeats()
        alone = self._is_alone()
        is_mixed = self._is_mixed()
        for seen, own in zip(self._reader.seen, plains, strict=True):
            plain = {key: words.get(key, {}).get(text, text) for key, text in own.items()}
            kept: dict[str, Any] = {}
            if not seen.is_first:
                same = self._same(seen)
                filled = {key for key in self._event_keys if self._source(self._first[id(seen.event)], key)}
                if same != filled & repeats:
                    kept["same"] = sorted(same)
                first = self._texts_of_event(seen, words)
                plain |= {key: first[key] if key in same else "" for key in self._event_keys}
            elif seen.prop is None and not alone and id(seen.event) in self._with_rows:
                kept["alone"] = True
            elif seen.prop is not None and alone:
                kept["alone"] = False
            kept |= {"row": row} if (row := row_remainder(plain, seen.row, self._table)) else {}
            kept |= {"at": seen.index} if is_mixed else {}
            self._put(seen, kept)
        layout = layout_of(self._table, self._reader.others).kept()
        whole = {"table": layout, "columns": self._fields, "words": words, "repeats": sorted(repeats)}
        return {key: value for key, value in whole.items() if value} | ({"alone": True} if alone else {})

    def _put(self, seen: SeenRow, kept: dict[str, Any]) -> None:
        """Keep this of a row: with its event, or with the property of a further row."""
        if not seen.is_first and seen.prop is None:
            seen.event.extra.setdefault(self._namespace, {}).setdefault("more", []).append(kept)
        elif kept:
            target = seen.event if seen.is_first or seen.prop is None else seen.prop
            target.extra = {self._namespace: target.extra.get(self._namespace, {}) | kept}

    def _own_texts(self, seen: SeenRow) -> dict[str, str]:
        """Return the cells that the row has of its own: of its event if it is the first row, and of its property."""
        texts = self._event_part(seen) if seen.is_first else {}
        if f.PROPERTY in self._fields.values():
            value, path = self._property_of(seen)
            named = property_texts(value, path, self._fields.values()) if value else {}
            texts |= {key: named.get(field, "") for key, field in self._fields.items() if f.is_property_field(field)}
        return texts

    def _event_part(self, seen: SeenRow) -> dict[str, str]:
        return event_cells(self._values[id(seen.event)], self._fields, self._namespace)

    def _texts_of_event(self, seen: SeenRow, words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        return {key: words.get(key, {}).get(text, text) for key, text in self._event_part(seen).items()}

    def _property_of(self, seen: SeenRow) -> tuple[EventValue | None, str]:
        if seen.prop is None:
            return None, ""
        return seen.prop.document(), self._paths[id(seen.prop)]

    @cached_property
    def _event_keys(self) -> set[str]:
        return {key for key, field in self._fields.items() if not f.is_property_field(field)}

    def _source(self, seen: SeenRow, key: str) -> str:
        cells = self._cells.get(seen.index)
        if cells is None:
            cells = self._cells[seen.index] = self._table.cells(seen.row)
        return cells.get(key, "")

    def _same(self, seen: SeenRow) -> set[str]:
        first = self._first[id(seen.event)]
        texts = {key: self._source(first, key) for key in self._event_keys}
        return {key for key, text in texts.items() if text and self._source(seen, key) == text}

    def _repeats(self) -> set[str]:
        same: Counter[str] = Counter()
        filled: Counter[str] = Counter()
        for seen in self._reader.seen:
            if not seen.is_first:
                same.update(self._same(seen))
                first = self._first[id(seen.event)]
                filled.update(key for key in self._event_keys if self._source(first, key))
        return {key for key, count in same.items() if 2 * count > filled[key]}

    def _is_alone(self) -> bool:
        alone = [seen.prop is None for index, seen in self._first.items() if index in self._with_rows]
        return bool(alone) and 2 * sum(alone) > len(alone)

    def _is_mixed(self) -> bool:
        """Return whether the rows of an event are apart, or not in the order of its properties."""
        order: dict[int, list[int]] = defaultdict(list)
        places = {id(seen.prop): seen.index for seen in self._reader.seen if seen.prop}
        for seen in self._reader.seen:
            if seen.is_first:
                inner = [places[id(prop)] for _, prop in _pairs(seen.event.properties, "") if id(prop) in places]
                order[id(seen.event)] = [seen.index, *(each for each in inner if each != seen.index)]
        for seen in self._reader.seen:
            if not seen.is_first and seen.prop is None:
                order[id(seen.event)].append(seen.index)
        flat = [each for indexes in order.values() for each in indexes]
        return flat != sorted(flat)

    def _words(self, plains: list[dict[str, str]]) -> dict[str, dict[str, str]]:
        """Return how the table spells yes, no, types and calls, where it does so in one way most of the time."""
        counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for seen, plain in zip(self._reader.seen, plains, strict=True):
            for key, text in plain.items():
                field = self._fields[key]
                if text and (field in _PLAIN_WORDS or field.startswith((f.QUESTION, f.DESTINATION))):
                    counts[key][text][self._source(seen, key)] += 1
        usual = {
            key: {text: spelled for text, by in texts.items() if (spelled := by.most_common(1)[0][0]) != text}
            for key, texts in counts.items()
        }
        return {key: words for key, words in usual.items() if words}


def _pairs(properties: Any, above: str) -> Iterator[tuple[str, Any]]:
    for prop in properties:
        path = above + prop.name
        yield path, prop
        yield from _pairs(prop.properties, path + ("[]." if "array" in prop.types else "."))


def event_cells(event: EventValue, fields: Mapping[str, str], namespace: str) -> dict[str, str]:
    """Return the cells of an event by the keys of their columns; a list of properties is in the column that it came from."""
    texts = event_texts(event, set(fields.values()) - {*_COMPUTED, f.PROPERTIES})
    cells = {key: texts[field] for key, field in fields.items() if field in texts}
    lists = [key for key, field in fields.items() if field == f.PROPERTIES]
    if lists:
        cells |= {
            key: as_text(list_text(map(as_text, names)))
            for key, names in _lists(event, lists, fields, namespace).items()
        }
    return cells


def _lists(event: EventValue, keys: list[str], fields: Mapping[str, str], namespace: str) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {key: [] for key in keys}
    added = []
    for prop in event.get("properties", ()):
        key = kept_of(prop, namespace).get("list")
        if key in named and (_fits(key, prop) or not any(_fits(each, prop) for each in keys)):
            named[key].append(_entry(prop, namespace))
        elif key in named or f.PROPERTY not in fields.values():
            added.append((prop, key))
    for prop, came in added:
        fitting = [key for key in keys if _fits(key, prop)] or ([came] if came in named else keys)
        free = next((key for key in fitting if not named[key]), fitting[-1])
        named[free if len(fitting) > 1 else fitting[0]].append(_entry(prop, namespace))
    return named


def _entry(prop: EventValue, namespace: str) -> str:
    """Return a property as its list spells it, while it is still called so and has the type that is in the entry."""
    entry = str(kept_of(prop, namespace).get("entry", ""))
    name, types = entry_in(entry)
    is_same = bool(entry) and name == prop["name"] and "|".join(types) == prop.get("type")
    return entry if is_same else str(prop["name"])


def _fits(key: str, prop: EventValue) -> bool:
    """Return whether a property may be in the list of a column: some are for required or for optional ones alone."""
    required = f.is_required_list(key)
    return bool(prop.get("required")) == bool(required)


def kept_of(value: EventValue, namespace: str) -> dict[str, Any]:
    """Return what is kept of an event or a property of a plan document."""
    found = value.get("extra", {}).get(namespace)
    return found if isinstance(found, dict) else {}


def write_kept(
    events: list[EventValue], kept: Mapping[str, Any], namespace: str, more: Mapping[str, list[str]]
) -> bytes:
    """Return the table that was kept, with these events. ``more`` are columns by heading, with a text for each event."""
    layout = layout_from(kept["table"])
    writing = _Writing(kept, namespace)
    rows: list[tuple[int, Row]] = []
    last = -1
    for index, event in enumerate(events):
        for number, (at, plain, remainder) in enumerate(writing.rows_of(event)):
            last = last if at is None else at
            computed = {heading: texts[index] for heading, texts in more.items() if not number}
            rows.append((last, (plain | computed, remainder)))
    rows.sort(key=lambda row: row[0])
    return write_rows(_with_columns(layout, more), [row for _, row in rows])


def _with_columns(layout: TableLayout, headings: Mapping[str, Any]) -> TableLayout:
    added = [heading for heading in headings if heading not in layout.columns]
    heading = layout.heading | {"cells": [*layout.heading["cells"], *added]}
    return replace(layout, columns=(*layout.columns, *added), heading=heading)


class _Writing:
    """The rows of the events of one table, by what was kept of it."""

    def __init__(self, kept: Mapping[str, Any], namespace: str) -> None:
        self._fields: dict[str, str] = kept.get("columns", {})
        self._words: dict[str, dict[str, str]] = kept.get("words", {})
        self._repeats = set(kept.get("repeats", ()))
        self._alone = bool(kept.get("alone"))
        self._namespace = namespace

    def rows_of(self, event: EventValue) -> Iterator[tuple[int | None, dict[str, str], Remainder | None]]:
        """Yield the rows of an event: where each was if that is known, its plain form, and what was kept of it."""
        own = kept_of(event, self._namespace)
        first = event_cells(event, self._fields, self._namespace)
        properties = list(self._properties(event))
        is_alone = own.get("alone", self._alone) or not properties
        blank = {key: "" for key, field in self._fields.items() if f.is_property_field(field)}
        head = blank if is_alone else self._property_cells(*properties.pop(0))
        yield own.get("at"), self._spelled(first | head), own.get("row")
        for path, prop in properties:
            kept = kept_of(prop, self._namespace)
            same = kept.get("same", self._repeats)
            repeated = {key: text if key in same else "" for key, text in first.items()}
            yield kept.get("at"), self._spelled(repeated | self._property_cells(path, prop)), kept.get("row")
        for kept in own.get("more", ()):
            repeated = {key: text if key in kept.get("same", self._repeats) else "" for key, text in first.items()}
            yield kept.get("at"), self._spelled(repeated | blank), kept.get("row")

    def _properties(self, event: EventValue) -> Iterator[tuple[str, EventValue]]:
        if f.PROPERTY in self._fields.values():
            pairs = each_property(event.get("properties", ()))
            yield from ((path, prop) for path, prop in pairs if "list" not in kept_of(prop, self._namespace))

    def _property_cells(self, path: str, prop: EventValue) -> dict[str, str]:
        texts = property_texts(prop, path, self._fields.values())
        return {key: texts[field] for key, field in self._fields.items() if field in texts}

    def _spelled(self, cells: dict[str, str]) -> dict[str, str]:
        return {key: self._words.get(key, {}).get(text, text) for key, text in cells.items()}
