"""Changes several events of a plan at once: saves, adds, removes, brings back and moves them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Row, func, select

from advisor.document import canonical_events, canonical_settings
from advisor.model import Event, Plan
from advisor.store import event_order, queries, statements
from advisor.store.damage import event_of, settings_to_change, split_by_damage
from advisor.store.databases.database import Database
from advisor.store.errors import NotFoundError
from advisor.store.record_change import record
from advisor.store.records import ChangeKind, StoredPlan
from advisor.store.sent_forms import FormInHand, mark_made
from advisor.store.serialization import same_event, same_settings, storable
from advisor.store.tables import ORDER, SETTINGS, events


@dataclass(frozen=True, kw_only=True)
class FoundEvent:
    """An event as it is during the change, while other writers wait."""

    event: Event
    deleted: bool


@dataclass(frozen=True, kw_only=True)
class Batch:
    """The changes to make. ``added`` has ids of its own, so that a batch that is sent twice adds nothing twice.

    ``moved`` is done last, in turn: an event, and the event to put it after (empty: it becomes the first). ``settings``
    are the new settings of the plan; None leaves them as they are.
    """

    settings: Plan | None = None
    saved: Mapping[str, Event] = field(default_factory=dict)
    added: Mapping[str, Event] = field(default_factory=dict)
    removed: Collection[str] = ()
    returned: Collection[str] = ()
    moved: Sequence[tuple[str, str]] = ()


Draft = Callable[[Plan, Mapping[str, FoundEvent]], Batch]
"""Makes a batch from the plan's settings and the requested events by id; unknown and unreadable ones are missing."""
WholeDraft = Callable[[StoredPlan], Batch]
"""Makes a batch from the whole plan."""


_FEW = 10_000
"""Up to this many events are queried by id; for more, all rows are read, because a statement has a limited number of values."""


class Batches:
    """Applies batches to everyone's plans. Methods raise as those of `advisor.store.Store` do."""

    def __init__(self, database: Database, author: str, form: FormInHand | None = None) -> None:
        self._database = database
        self._author = author
        self._form = form

    def order(self, owner: str, plan_id: str, *, deleted: bool = False) -> tuple[str, ...]:
        """Return the ids of the plan's events in order; with ``deleted`` also deleted ones, which keep their places."""
        with self._database.reading() as connection:
            queries.find_living_plan(connection, owner, plan_id)
            query = select(events.c.id).where(events.c.plan_id == plan_id).order_by(events.c.position)
            living = query if deleted else query.where(events.c.deleted_at.is_(None))
            return tuple(connection.execute(living).scalars())

    def part(self, owner: str, plan_id: str, start: int, count: int) -> tuple[StoredPlan, int]:
        """Return the plan with ``count`` of its events, from place ``start`` on, and how many events there are in all."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            living = (events.c.plan_id == plan_id, events.c.deleted_at.is_(None))
            total = connection.execute(select(func.count()).where(*living)).scalar_one()
            query = select(events).where(*living).order_by(events.c.position).offset(start).limit(count)
            return queries.read_part(connection, plan, connection.execute(query).all()), total

    def apply(self, owner: str, plan_id: str, ids: Collection[str], draft: Draft, note: str = "") -> Batch:
        """Apply the batch that ``draft`` makes of these events, all or nothing, and return it.

        It is one change of the history. ``draft`` gets the events as they are now, while other writers wait, without
        those that can't be read; if it raises, nothing changes. Raises `PlanFullError`, `UnstorableError`, `DamagedError`.
        """
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            rows = _rows(connection, plan_id, ids)
            settings = settings_to_change(plan)
            good, _ = split_by_damage(settings, rows.values())
            found = {row.id: FoundEvent(event=event, deleted=row.deleted_at is not None) for row, event in good}
            batch = draft(settings, found)
            before = self._write(connection, plan, batch.settings or settings, rows, batch)
            if batch.moved and (places := event_order.move(connection, plan_id, batch.moved)) is not None:
                before[ORDER] = places
            self._record(connection, plan_id, batch, before, note)
            return batch

    def apply_to_whole(self, owner: str, plan_id: str, draft: WholeDraft, note: str = "") -> Batch:
        """Apply the batch that ``draft`` makes of the whole plan, which may change its settings too, and return it.

        It is one change of the history, all or nothing. Raises `PlanFullError`, `UnstorableError`, `DamagedError`, and
        the errors of ``draft``.
        """
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            settings_to_change(plan)
            current = queries.read_stored_plan(connection, plan)
            batch = draft(current)
            settings = batch.settings or replace(current.plan, events=())
            before = self._write(connection, plan, settings, _rows_of(connection, plan_id), batch)
            mark_made(connection, self._form, plan_id)
            self._record(connection, plan_id, batch, before, note)
            return batch

    def _record(
        self, connection: Connection, plan_id: str, batch: Batch, before: Mapping[str, str | None], note: str
    ) -> None:
        if before:
            statements.touch(connection, plan_id)
            record(connection, plan_id, _kind(batch, before), before, author=self._author, note=note)

    def _write(
        self, connection: Connection, plan: Row[Any], settings: Plan, rows: Mapping[str, Row[Any]], batch: Batch
    ) -> dict[str, str | None]:
        """Write everything but the order. Returns the contents before, by event id or `SETTINGS`."""
        plan_id = plan.id
        with storable():
            changed = {event_id: event_of(settings, rows[event_id]) for event_id in batch.returned}
            changed |= batch.saved
            made = canonical_events(settings, (*changed.values(), *batch.added.values()))
        saved = dict(zip(changed, made, strict=False))
        added = dict(zip(batch.added, made[len(changed) :], strict=True))
        if more := len(batch.added) + len(batch.returned) - len(batch.removed):
            statements.require_room(connection, plan_id, max(more, 0))
        before: dict[str, str | None] = dict.fromkeys(batch.returned)
        for event_id in batch.returned:
            statements.mark_deleted(connection, events, event_id, deleted=False)
        for event_id, event in saved.items():
            row = rows[event_id]
            if not same_event(row.content, event.content):
                statements.write_event(connection, event_id, row.revision + 1, event)
                before.setdefault(event_id, row.content)
        for event_id in batch.removed:
            statements.mark_deleted(connection, events, event_id, deleted=True)
            before[event_id] = rows[event_id].content
        if added:
            _require_new(connection, added)
            statements.insert_events(connection, plan_id, added)
            before |= dict.fromkeys(added)
        return before | _write_settings(connection, plan, batch)


def _kind(batch: Batch, before: Collection[str]) -> ChangeKind:
    if set(before) == {ORDER}:
        return "moved"
    if set(before) == {SETTINGS}:
        return "settings"
    kinds: dict[ChangeKind, object] = {"removed": batch.removed, "returned": batch.returned, "added": batch.added}
    done: list[ChangeKind] = [kind for kind, what in kinds.items() if what]
    return done[0] if len(done) == 1 and not batch.saved else "event"


def _rows(connection: Connection, plan_id: str, ids: Collection[str]) -> dict[str, Row[Any]]:
    asked = {event_id for event_id in ids if queries.is_id(event_id)}
    if len(asked) > _FEW:
        return {key: row for key, row in _rows_of(connection, plan_id).items() if key in asked}
    query = select(events).where(events.c.plan_id == plan_id, events.c.id.in_(asked))
    return {row.id: row for row in connection.execute(query)} if asked else {}


def _write_settings(connection: Connection, plan: Row[Any], batch: Batch) -> dict[str, str | None]:
    """Write the settings of a batch, if it has any. Returns the content before, if that differs."""
    if batch.settings is None:
        return {}
    with storable():
        made = canonical_settings(batch.settings)
    if same_settings(plan.content, made.content):
        return {}
    statements.write_settings(connection, plan.id, plan.revision + 1, made)
    return {SETTINGS: plan.content}


def _rows_of(connection: Connection, plan_id: str) -> dict[str, Row[Any]]:
    return {row.id: row for row in connection.execute(select(events).where(events.c.plan_id == plan_id))}


def _require_new(connection: Connection, ids: Collection[str]) -> None:
    is_ids = all(map(queries.is_id, ids))
    if not is_ids or connection.execute(select(events.c.id).where(events.c.id.in_(list(ids)))).first():
        raise NotFoundError("There is no such event.")  # it is no id, or the id of an event of another plan
