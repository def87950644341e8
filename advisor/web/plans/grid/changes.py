"""Changes of the grid: read from JSON, turned into one batch for the store, and the changes that undo them.

A changed cell is sent with its previous value (``was``). If the cell has another value by now, someone else changed it:
the cell is left unchanged and reported as a conflict. Other cells of the same event are still changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Destination, Event, Plan
from advisor.store import Batch, FoundEvent
from advisor.web.plans.grid.cells import NAME, RefusedCellError, Value, exact, is_same, new_event, read, write
from advisor.web.plans.grid.column_answers import Act, ColumnChange, Rows, column_values, open_rows


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The change of a cell: the value it had when it was edited (None: any value), and its new value."""

    id: str
    field: str
    was: Any
    value: Any


class NewEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An event to add, from its cells or as a copy of another event. ``after`` is the id of the event it follows."""

    id: str
    cells: dict[str, Any] = {}
    copy: str = ""
    after: str | None = None


class Changes(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"returned": "return"}
):
    """All changes of one batch, applied in this order."""

    returned: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    columns: tuple[ColumnChange, ...] = ()
    add: tuple[NewEvent, ...] = ()
    remove: tuple[str, ...] = ()
    move: tuple[tuple[str, str], ...] = ()

    @property
    def ids(self) -> set[str]:
        """The ids of all events in the batch, without those of columns."""
        named = {
            *self.returned,
            *self.remove,
            *(cell.id for cell in self.cells),
            *(event_id for event_id, _ in self.move),
        }
        return named | {new.id for new in self.add} | {new.copy for new in self.add if new.copy}


def with_column_cells(changes: Changes, settings: Plan, rows: Rows) -> Changes:
    """Return the changes with the cells of the columns in place of these. ``rows`` are all events of the plan.

    Raises `RefusedCellError` for a column that isn't a question, or that is answered twice: every answer is a cell of
    every event.
    """
    cells = list(changes.cells)
    if len({column.field for column in changes.columns}) < len(changes.columns):
        raise RefusedCellError("A column is answered once in a request.")
    for column in changes.columns:
        if column.field not in QUESTION_KEYS:
            raise RefusedCellError("Only questions are answered by column.")
        chosen = rows if column.which == "all" else open_rows(settings, column.field, rows)
        cells += column_cells(column.field, column.act, chosen)
    return replace(changes, cells=tuple(cells), columns=())


def column_cells(question: str, act: Act, rows: Rows) -> tuple[Cell, ...]:
    """Return the changes of the cells of a question in these events."""
    return tuple(Cell(event_id, question, was, value) for event_id, was, value in column_values(question, act, rows))


@dataclass(frozen=True)
class RejectedCell:
    """A cell that was not changed: its value was rejected, or someone else changed it (``theirs``) or deleted its event."""

    cell: Cell
    event: str
    message: str = ""
    theirs: Value | None = None
    deleted: bool = False


@dataclass
class Draft:
    """Turns the changes into a batch for the store and collects the data for the response.

    The store calls it once, in the transaction. ``adds`` are keys of destinations that the plan gets too.
    """

    changes: Changes
    adds: tuple[str, ...] = ()
    before: dict[str, Event] = field(default_factory=dict)
    after: dict[str, Event] = field(default_factory=dict)
    settings: Plan = field(default_factory=Plan)
    removed: tuple[str, ...] = ()
    conflicts: list[RejectedCell] = field(default_factory=list)
    refused: list[RejectedCell] = field(default_factory=list)
    _undo: list[Cell] = field(default_factory=list)
    _batch: Batch = field(default_factory=Batch)

    def __call__(self, settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        """Return the batch for these events in their current state."""
        before, settings = settings, with_destinations(settings, self.adds)
        self.settings = settings
        returned = [key for key in self.changes.returned if key in found and found[key].deleted]
        living = {key: item.event for key, item in found.items() if not item.deleted or key in returned}
        self.before = dict(living)
        now = dict(living)
        for cell in self.changes.cells:
            self._change(now, cell, found)
        added = self._add_events(now, found)
        self.removed = tuple(key for key in dict.fromkeys(self.changes.remove) if key in living)
        saved = {key: now[key] for key, event in living.items() if now[key] is not event}
        self.after = {key: event for key, event in (now | added).items() if key not in self.removed}
        copies = tuple((new.id, new.after) for new in self.changes.add if new.id in added and new.after is not None)
        moves = tuple(pair for pair in self.changes.move if pair[0] in living)
        self._batch = Batch(
            settings=None if settings is before else settings,
            saved=saved,
            added=added,
            removed=self.removed,
            returned=tuple(returned),
            moved=(*copies, *moves),
        )
        return self._batch

    def undo(self, order: Mapping[str, str]) -> Changes:
        """Return the changes that undo these. ``order`` gives, for each moved event, the one it followed before."""
        return Changes(
            returned=self.removed,
            cells=tuple(reversed(self._undo)),
            remove=(*self._batch.added, *self._batch.returned),
            move=tuple(order.items()),
        )

    @property
    def changed(self) -> tuple[Cell, ...]:
        """The changed cells with their previous and new values."""
        return tuple(Cell(cell.id, cell.field, cell.value, cell.was) for cell in self._undo)

    @property
    def batch(self) -> Batch:
        """The batch that was given to the store."""
        return self._batch

    def _change(self, now: dict[str, Event], cell: Cell, found: Mapping[str, FoundEvent]) -> None:
        event = now.get(cell.id)
        if event is None:
            gone = found.get(cell.id)
            name, theirs = (gone.event.name, read(gone.event, cell.field)) if gone else ("", None)
            self.conflicts.append(RejectedCell(cell, name, theirs=theirs, deleted=True))
            return
        try:
            current = read(event, cell.field)
            changed = write(self.settings, event, cell.field, cell.value)
        except RefusedCellError as error:
            self.refused.append(RejectedCell(cell, event.name, str(error)))
            return
        if is_same(current, read(changed, cell.field)):
            return
        if cell.was is not None and not is_same(current, cell.was):
            self.conflicts.append(RejectedCell(cell, event.name, theirs=current))
            return
        now[cell.id] = changed
        self._undo.append(Cell(cell.id, cell.field, read(changed, cell.field), exact(event, cell.field)))

    def _add_events(self, now: Mapping[str, Event], found: Mapping[str, FoundEvent]) -> dict[str, Event]:
        added: dict[str, Event] = {}
        for new in self.changes.add:
            if new.id in found:  # already added: the browser sent it again because it got no response
                continue
            try:
                original = now.get(new.copy)
                added[new.id] = self._fill(original, new.cells) if original else new_event(self.settings, new.cells)
            except RefusedCellError as error:
                cell = Cell(new.id, NAME, "", new.cells.get(NAME))
                self.refused.append(RejectedCell(cell, str(new.cells.get(NAME, ""))[:120], str(error)))
        return added

    def _fill(self, event: Event, cells: Mapping[str, Any]) -> Event:
        for name, value in cells.items():
            event = write(self.settings, event, name, value)
        return event


def with_destinations(settings: Plan, keys: Iterable[str]) -> Plan:
    """Return the settings with these destinations of the catalogue too."""
    known = {item.key for item in settings.destinations}
    more = tuple(Destination(key=key) for key in keys if key not in known)
    return replace(settings, destinations=(*settings.destinations, *more)) if more else settings


_CHANGES = msgspec.json.Decoder(Changes)


def read_changes(body: bytes) -> Changes:
    """Return the sent changes. Raises `msgspec.MsgspecError` if the body is not valid."""
    return _CHANGES.decode(body)
