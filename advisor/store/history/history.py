"""The history of a plan: its changes, the plan at any point, and going back to one. One transaction per method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Row, exists, select

from advisor.document import canonical_event
from advisor.model import Event, Plan
from advisor.store import event_order, queries, statements
from advisor.store.damage import settings_to_change
from advisor.store.databases.database import Database
from advisor.store.errors import NotFoundError, OutdatedError
from advisor.store.history import go_back, snapshots, undo
from advisor.store.record_change import latest, record
from advisor.store.records import Change, ChangeKind, Snapshot
from advisor.store.serialization import same_settings, storable
from advisor.store.tables import ORDER, SETTINGS, changes, earlier

_MOST_READABLE = 50
Fit = Callable[[Plan, Event], Event]
"""Returns an event made to fit the settings that the plan has now."""


class History:
    """The history of everyone's plans. Methods raise as those of `advisor.store.Store` do."""

    def __init__(self, database: Database, author: str) -> None:
        self._database = database
        self._author = author

    def latest(self, owner: str, plan_id: str) -> int:
        """Return the number of the plan's last change, which is the point that the plan is at; 0 without history."""
        with self._database.reading() as connection:
            return latest(connection, queries.find_living_plan(connection, owner, plan_id).id)

    def changes(
        self, owner: str, plan_id: str, *, before: int | None = None, limit: int = 100, event_id: str | None = None
    ) -> list[Change]:
        """Return the changes before this number, newest first; with ``event_id``, those that may concern the event."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            query = select(changes).where(changes.c.plan_id == plan.id)
            if before is not None:
                query = query.where(changes.c.number < before)
            if event_id is not None:
                queries.find_event(connection, plan.id, event_id)
                query = query.where(_concerns(event_id))
            rows = connection.execute(query.order_by(changes.c.number.desc()).limit(limit))
            return [_read_change(row) for row in rows]

    def change(self, owner: str, plan_id: str, number: int) -> Change:
        """Return one change. Raises `NotFoundError`."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            query = select(changes).where(changes.c.plan_id == plan.id, changes.c.number == number)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NotFoundError("There is no such change in the history of this plan.")
            return _read_change(row)

    def at(self, owner: str, plan_id: str, number: int) -> Snapshot:
        """Return the whole plan at a point. Raises `NotFoundError` if there is no such point."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            snapshots.require_point(connection, plan, number)
            return snapshots.snapshot(snapshots.contents_at(connection, plan, number))

    def count_at(self, owner: str, plan_id: str, number: int) -> int:
        """Return how many events the plan had at a point. Raises `NotFoundError` if there is no such point."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            snapshots.require_point(connection, plan, number)
            return snapshots.count_at(connection, plan, number)

    def between(
        self, owner: str, plan_id: str, start: int, end: int, *, event_id: str | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """Return what changed between two points, before and after: both settings, and the events that were touched.

        With ``event_id``, return that event alone, touched or not. ``start`` may be the later point. An event that is
        the same at both points is one object.
        """
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                snapshots.require_point(connection, plan, number)
            if event_id is None:
                things = snapshots.changed_things(connection, plan.id, min(start, end), max(start, end))
            else:
                things = {queries.find_event(connection, plan.id, event_id).id}
            asked = things | {SETTINGS}
            before, after = snapshots.snapshots(
                *(snapshots.contents_at(connection, plan, number, asked) for number in (start, end))
            )
            return before, after

    def both(self, owner: str, plan_id: str, start: int, end: int) -> tuple[Snapshot, Snapshot]:
        """Return the whole plan at two snapshots. An event that is the same at both is one object. Raises as `at` does."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                snapshots.require_point(connection, plan, number)
            before, after = snapshots.snapshots(
                *(snapshots.contents_at(connection, plan, number) for number in (start, end))
            )
            return before, after

    def count_touched(self, owner: str, plan_id: str, start: int, end: int) -> int:
        """Return how many events changed after point ``start``, up to point ``end``."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            return len(snapshots.changed_things(connection, plan.id, start, end) - {SETTINGS})

    def moved(self, owner: str, plan_id: str, start: int, end: int) -> tuple[str, ...]:
        """Return the events that were moved between two points and are there at both, in the order of the later one.

        Empty if the events are in the same order at both snapshots. ``start`` may be the later point.
        """
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                snapshots.require_point(connection, plan, number)
            return snapshots.moved_events(connection, plan, min(start, end), max(start, end))

    def settings_between(self, owner: str, plan_id: str, start: int, end: int) -> tuple[Snapshot, Snapshot]:
        """Return the settings at two points, without any events. Raises as `at` does."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                snapshots.require_point(connection, plan, number)
            before, after = snapshots.snapshots(
                *(snapshots.contents_at(connection, plan, number, {SETTINGS}) for number in (start, end))
            )
            return before, after

    def readable(self, owner: str, plan_id: str, event_id: str) -> list[tuple[int, Event]]:
        """Return the points at which an event can be read, newest first, each with the event; at most 50."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            query = select(earlier.c.number, earlier.c.content).where(
                earlier.c.plan_id == plan.id, earlier.c.event_id == event_id, earlier.c.content.is_not(None)
            )
            rows = connection.execute(query.order_by(earlier.c.number.desc()).limit(_MOST_READABLE)).all()
            found = [(row.number - 1, snapshots.event_in_history(row.content)) for row in rows]
            return [(number, event) for number, event in found if event is not None]

    def restore(self, owner: str, plan_id: str, number: int, seen: int) -> int:
        """Restore the plan to a point. Returns the number of this change, or of the last one if nothing differs.

        ``seen`` is the latest point that the user has seen. Raises `OutdatedError` if there are changes since.
        """
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            snapshots.require_point(connection, plan, number)
            if seen != latest(connection, plan_id):
                raise OutdatedError("This plan was changed meanwhile. Look at what would change now, and decide again.")
            contents = snapshots.contents_at(connection, plan, number)
            if contents[SETTINGS] is None:
                raise NotFoundError("The plan was not made yet at this point.")
            settings, then = go_back.contents_then(str(contents[SETTINGS]), contents)
            now = snapshots.contents_at(connection, plan, seen)
            found = {thing: now[thing] for thing in then if not go_back.is_same_event(now[thing], then[thing])}
            if not same_settings(str(now[SETTINGS]), settings.content):
                found = {SETTINGS: now[SETTINGS]} | found
                statements.write_settings(connection, plan_id, plan.revision + 1, settings)
            go_back.write_contents(
                connection, plan_id, {thing: then[thing] for thing in found if thing != SETTINGS}, settings.value
            )
            order = [thing for thing in contents if thing != SETTINGS]
            moved = event_order.moved_between(connection, plan_id, number, seen)
            if (places := event_order.arrange(connection, plan_id, order, moved)) is not None:
                found[ORDER] = places
            if not found:
                return seen
            statements.touch(connection, plan_id)
            return record(connection, plan_id, "restored", found, author=self._author, note=str(number))

    def restore_event(self, owner: str, plan_id: str, event_id: str, number: int, fit: Fit) -> int:
        """Restore one event to a point, made to fit the plan's current settings. Returns the number of the last change.

        Raises `NotFoundError` if the event was not there at this point; `PlanFullError`.
        """
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            row = queries.find_event(connection, plan_id, event_id)
            snapshots.require_point(connection, plan, number)
            then = snapshots.snapshot(snapshots.contents_at(connection, plan, number, {event_id})).events.get(event_id)
            if then is None:
                raise NotFoundError("The event was not there at this point, or can't be read any more.")
            settings = settings_to_change(plan)
            with storable():
                made = fit(settings, then)
                content = canonical_event(settings, made).content
            now = row.content if row.deleted_at is None else None
            if go_back.is_same_event(now, content):
                return latest(connection, plan_id)
            if now is None:
                statements.require_room(connection, plan_id, 1)
            go_back.write_contents(connection, plan_id, {event_id: content}, settings)
            statements.touch(connection, plan_id)
            return record(connection, plan_id, "returned", {event_id: now}, author=self._author, note=str(number))

    def first_after(self, owner: str, plan_id: str, seen: int, event_id: str | None = None) -> int | None:
        """Return the number of the first change after point ``seen`` that touched this event; without an id, the settings."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            return undo.first_after(connection, plan.id, seen, event_id or SETTINGS)

    def undo(self, owner: str, plan_id: str, number: int) -> int:
        """Undo one change, and return the number of the new change that does so, or ``number`` if nothing differs.

        Other changes stay, also later ones of other events. Raises `OutdatedError` if something that the change touched was
        changed since; `NotFoundError`, `PlanFullError`.
        """
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            before = undo.take_back(connection, plan, number)
            if not before:
                return number
            statements.touch(connection, plan_id)
            kind: ChangeKind = "settings" if SETTINGS in before else "event"
            return record(connection, plan_id, kind, before, author=self._author)


def _concerns(event_id: str) -> Any:
    return exists().where(
        earlier.c.plan_id == changes.c.plan_id,
        earlier.c.number == changes.c.number,
        earlier.c.event_id.in_((event_id, SETTINGS)),
    )


def _read_change(row: Row[Any]) -> Change:
    return Change(number=row.number, at=row.at, kind=row.kind, author=row.author, note=row.note)
