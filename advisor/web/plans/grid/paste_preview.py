"""Pasted rows compared with a plan: what each row would add or change, and why rows are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from advisor.document_limits import MAX_DESTINATIONS, MAX_EVENTS
from advisor.formats.columns.destination_cells import named_destinations, unknown_destination_text
from advisor.knowledge.answer_words import answer_in, fold
from advisor.knowledge.catalogue import destination_name, find_exactly
from advisor.knowledge.known_names import with_known_answers
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES, Event, Plan
from advisor.text import quote
from advisor.web.plans.grid.cells import (
    CALL,
    NAME,
    WANTED,
    RefusedCellError,
    Value,
    check_value,
    is_same,
    new_event,
    phrase,
    read,
    title,
    write,
)
from advisor.web.plans.grid.changes import Cell, Changes, NewEvent, with_destinations
from advisor.web.plans.grid.more_cells import MORE, NoValueError, value_in
from advisor.web.plans.grid.table import PLACEMENT, PastedTable

Kind = Literal["new", "changes", "same", "left out"]


@dataclass
class PastedRow:
    """One pasted row and what would happen with it.

    ``bad`` has an error message per column; ``event`` is the event with the changes of the row. ``suggested`` counts the
    answers that its name suggests.
    """

    number: int
    texts: tuple[str, ...]
    kind: Kind = "new"
    bad: dict[int, str] = field(default_factory=dict)
    event_id: str = ""
    event: Event | None = None
    cells: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    suggested: int = 0
    doubts: dict[int, str] = field(default_factory=dict)
    """Messages per column about what is left out or may be meant otherwise; they leave no row out."""


@dataclass(frozen=True)
class PastePreview:
    """All pasted rows. ``problem`` says why none of them can be added; empty if they can.

    ``missing`` has the destinations that rows name and the plan doesn't have, those of most rows first; ``naming`` counts
    these rows, and ``adds`` are the destinations that the plan gets.
    """

    table: PastedTable
    rows: tuple[PastedRow, ...]
    problem: str = ""
    missing: tuple[str, ...] = ()
    naming: int = 0
    adds: tuple[str, ...] = ()

    def count(self, kind: Kind) -> int:
        """Return the number of rows of this kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def digest(self) -> str:
        """A hash of everything that would be done. A confirmation sends it to show that the visitor saw this preview."""
        done = [(row.number, row.kind, row.event_id, row.notes, row.suggested) for row in self.rows]
        return sha256(repr((done, self.problem, self.adds)).encode()).hexdigest()[:16]

    def changes(self, events: Mapping[str, Event], token: str) -> Changes:
        """Return the changes of the grid for these rows.

        The ids of new events are derived from the token of the form, so that a form sent twice adds them once.
        """
        cells = [
            Cell(row.event_id, name, read(events[row.event_id], name), value)
            for row in self.rows
            if row.kind == "changes"
            for name, value in row.cells.items()
        ]
        new = [NewEvent(id=_new_id(token, row.number), cells=dict(row.cells)) for row in self.rows if row.kind == "new"]
        return Changes(cells=tuple(cells), add=tuple(new))


def _new_id(token: str, number: int) -> str:
    return sha256(f"{token}/{number}".encode(errors="surrogatepass")).hexdigest()[:32]


def preview_rows(
    table: PastedTable,
    settings: Plan,
    ids: Sequence[str],
    events: Sequence[Event],
    *,
    fill: bool = False,
    adds: bool = False,
) -> PastePreview:
    """Return the rows of the table compared with the events of the plan.

    With ``fill``, new events get the suggested answers of known names, where the row has no answer itself. ``adds``
    gives the plan the destinations that rows name and it doesn't have; else rows are read without them.
    """
    if table.problem:
        return PastePreview(table, (), table.problem)
    missing, naming = _missing(table, settings)
    added = missing[: MAX_DESTINATIONS - len(settings.destinations)] if adds else ()
    wider = with_destinations(settings, added)
    known = _Known(ids, events, fill=fill)
    rows = tuple(
        _row(PastedRow(number, texts), table, wider, known)
        for number, texts in zip(table.numbers, table.rows, strict=True)
    )
    total = len(events) + sum(row.kind == "new" for row in rows)
    problem = ""
    if total > MAX_EVENTS:
        problem = f"A plan holds at most {MAX_EVENTS:,} events; with these rows it would have {total:,}. Paste fewer."
    return PastePreview(table, rows, problem, missing, naming, added)


def _missing(table: PastedTable, settings: Plan) -> tuple[tuple[str, ...], int]:
    """Return the destinations of the catalogue that rows name and the plan doesn't have, and the number of these rows."""
    found: Counter[str] = Counter()
    naming = 0
    planned = {item.key for item in settings.destinations}
    column = table.columns.index(WANTED) if WANTED in table.columns else len(table.columns)
    for texts in table.rows:
        named = (named_destinations(texts[column]) if column < len(texts) else None) or ()
        keys = {key for name in named if not _key_of(settings, name) and (key := find_exactly(name))} - planned
        naming += bool(keys)
        found.update(keys)
    return tuple(key for key, _ in found.most_common()), naming


class _Known:
    """An index of the plan's events by call type and name, and by name only."""

    def __init__(self, ids: Sequence[str], events: Sequence[Event], *, fill: bool) -> None:
        pairs = list(zip(ids, events, strict=True))
        self._named = Counter(event.name for event in events)
        self._by_name = {event.name: pair for pair in pairs for event in pair[1:]}
        self._by_call = {(event.call, event.name): (event_id, event) for event_id, event in reversed(pairs)}
        self.seen: dict[tuple[str, str], int] = {}
        self.fill = fill

    def find(self, name: str, call: str | None) -> tuple[str, Event] | None:
        """Return the id and event of a row, or None.

        Without a call type, this is the only event with the name, or else the track call.
        """
        if call is None and self._named[name] == 1:
            return self._by_name[name]
        return self._by_call.get((call or "track", name))  # type: ignore[arg-type]  # any text can be looked up


def _row(row: PastedRow, table: PastedTable, settings: Plan, known: _Known) -> PastedRow:
    for column, text in enumerate(row.texts):
        if text.strip():
            _read_cell(row, settings, table, column, text)
    name = row.cells.get(NAME)
    if name is None and not row.bad:
        row.bad[table.columns.index(NAME)] = "There is no name in this row."
    call = row.cells.get(CALL)
    found = None if row.bad else known.find(str(name), str(call) if call else None)
    if found:
        row.event_id, row.event = found
    if isinstance(name, str) and name != name.strip():
        there = " The plan has it without." if known.find(name.strip(), str(call) if call else None) else ""
        row.doubts[table.columns.index(NAME)] = f"The name begins or ends with a blank, which stays.{there}"
    if not row.bad:
        key = (row.event.call if row.event else str(call or "track"), str(name))
        if key in known.seen:
            row.bad[table.columns.index(NAME)] = f"The same event is in row {known.seen[key]}."
        known.seen.setdefault(key, row.number)
    if row.bad:
        row.kind = "left out"
    else:
        _compare(row, settings, fill=known.fill)
    return row


def _compare(row: PastedRow, settings: Plan, *, fill: bool) -> None:
    before = row.event
    if before is None:
        row.event = new_event(settings, row.cells)
        if fill:
            row.event = with_known_answers(row.event)
            row.suggested = len(row.event.suggested)
            row.cells |= {key: read(row.event, key) for key in row.event.suggested}
        return
    event = before
    for field_, value in row.cells.items():
        event = write(settings, event, field_, value)
    row.cells = {name: value for name, value in row.cells.items() if not is_same(read(before, name), value)}
    row.notes = [
        f"{title(name)}: {phrase(name, read(before, name))} → {phrase(name, value)}"
        for name, value in row.cells.items()
    ]
    row.kind = "changes" if row.cells else "same"
    row.event = event


def _read_cell(row: PastedRow, settings: Plan, table: PastedTable, column: int, text: str) -> None:
    if column >= len(table.columns):
        row.bad[column] = f"There are only {len(table.columns)} columns to fill."
        return
    name = table.columns[column]
    if name is None or name == PLACEMENT:
        return
    try:
        value: Value | None = _value(settings, name, text)
        if name == WANTED and isinstance(value, list):
            value = _known_ones(row, settings, column, text, value)
        if value is not None:
            check_value(settings, name, value)
            row.cells[name] = value
    except RefusedCellError as error:
        (row.doubts if name in MORE else row.bad)[column] = str(error)


def _value(settings: Plan, name: str, text: str) -> Value:
    if name == NAME:
        return text  # names are kept byte for byte
    shown = text.strip()
    if name in MORE:
        try:
            return value_in(name, title(name), text)
        except NoValueError as error:
            raise RefusedCellError(str(error)) from error
    if name in QUESTION_KEYS:
        answer = answer_in(text)
        if answer is None:
            raise RefusedCellError(f"“{shown[:60]}” isn’t yes, no or not sure.")
        return answer
    if name == CALL:
        return next((call for call in CALL_TYPES if call == shown.casefold()), shown)
    return _destinations(settings, shown) if name == WANTED else shown


def _destinations(settings: Plan, text: str) -> Value:
    """Return the destinations of the plan that a cell names; names that it doesn't have are left out."""
    names = named_destinations(text)
    if names is None:
        return "all"
    return list(dict.fromkeys(key for name in names if (key := _key_of(settings, name))))


def _known_ones(row: PastedRow, settings: Plan, column: int, text: str, keys: list[str]) -> Value | None:
    """Return the destinations of a cell, and note the names that are left out; None if they are all there is."""
    strangers = [name for name in (named_destinations(text) or ()) if not _key_of(settings, name)]
    if strangers:
        row.doubts[column] = " ".join(_doubt(settings, name) for name in strangers)
    return keys if keys or not strangers else None


def _doubt(settings: Plan, name: str) -> str:
    if find_exactly(name):
        return f"{quote(name)} is left out: this plan doesn’t have it."
    return unknown_destination_text(name, [item.key for item in settings.destinations])


def _key_of(settings: Plan, name: str) -> str | None:
    """Return the key of the plan's destination that a name means; None if the plan doesn't have it."""
    names = _names_of(tuple(item.key for item in settings.destinations))
    return names.get(name) or names.get(fold(name)) or names.get(find_exactly(name) or "")


@lru_cache(maxsize=16)
def _names_of(keys: tuple[str, ...]) -> dict[str, str]:
    """Return the keys of a plan's destinations by themselves and by their folded names."""
    folded = {fold(each): key for key in reversed(keys) for each in (destination_name(key), key)}
    return folded | {key: key for key in keys}
