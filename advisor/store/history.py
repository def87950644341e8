"""The history of a plan: its changes, the plan at any point, and the way back. One transaction each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, exists, select

from advisor.store import ordering, points, reading, undoing, writing
from advisor.store.content import read_settings, same_event, write_event
from advisor.store.database import Database
from advisor.store.errors import NotFound, Outdated
from advisor.store.recording import latest, record
from advisor.store.stored import Change, ChangeKind, Snapshot
from advisor.store.tables import ORDER, SETTINGS, changes, earlier, events, plans
from advisor.store.undoing import Fit
from advisor.store.undoing import is_same as _same


class History:
    """The history of everyone's plans. Methods raise as those of `advisor.store.Store` do."""

    def __init__(self, database: Database, author: str) -> None:
        self._database = database
        self._author = author

    def latest(self, owner: str, plan_id: str) -> int:
        """The number of the plan's last change: the point that the plan is at. 0 without history."""
        with self._database.reading() as connection:
            return latest(connection, reading.find_living_plan(connection, owner, plan_id).id)

    def changes(
        self, owner: str, plan_id: str, *, before: int | None = None, limit: int = 100, event_id: str | None = None
    ) -> list[Change]:
        """The changes before this number, the newest first; with an event's id those that may concern the event."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            query = select(changes).where(changes.c.plan_id == plan.id)
            if before is not None:
                query = query.where(changes.c.number < before)
            if event_id is not None:
                reading.find_event(connection, plan.id, event_id)
                query = query.where(_concerns(event_id))
            rows = connection.execute(query.order_by(changes.c.number.desc()).limit(limit))
            return [_read_change(row) for row in rows]

    def change(self, owner: str, plan_id: str, number: int) -> Change:
        """One change. Raises `NotFound`."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            query = select(changes).where(changes.c.plan_id == plan.id, changes.c.number == number)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NotFound("There is no such change in the history of this plan.")
            return _read_change(row)

    def at(self, owner: str, plan_id: str, number: int) -> Snapshot:
        """The whole plan at a point. Raises `NotFound` for a point that there is not."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            points.require_point(connection, plan, number)
            return points.snapshot(points.contents_at(connection, plan, number))

    def count_at(self, owner: str, plan_id: str, number: int) -> int:
        """How many events the plan had at a point. Raises `NotFound` for a point that there is not."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            points.require_point(connection, plan, number)
            return points.count_at(connection, plan, number)

    def between(
        self, owner: str, plan_id: str, start: int, end: int, *, event_id: str | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """What changed between two points, before and after: both settings, and only the events that were touched.

        With an event's id, that event alone, touched or not. ``start`` may be the later one. An event that is the same
        at both points is one object.
        """
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                points.require_point(connection, plan, number)
            if event_id is None:
                things = points.touched(connection, plan.id, min(start, end), max(start, end))
            else:
                things = {reading.find_event(connection, plan.id, event_id).id}
            asked = things | {SETTINGS}
            before, after = points.snapshots(
                *(points.contents_at(connection, plan, number, asked) for number in (start, end))
            )
            return before, after

    def both(self, owner: str, plan_id: str, start: int, end: int) -> tuple[Snapshot, Snapshot]:
        """The whole plan at two points. An event that is the same at both is one object. Raises as `at` does."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                points.require_point(connection, plan, number)
            before, after = points.snapshots(*(points.contents_at(connection, plan, number) for number in (start, end)))
            return before, after

    def count_touched(self, owner: str, plan_id: str, start: int, end: int) -> int:
        """How many events changed after point ``start``, up to point ``end``."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            return len(points.touched(connection, plan.id, start, end) - {SETTINGS})

    def moved(self, owner: str, plan_id: str, start: int, end: int) -> tuple[str, ...]:
        """The events that were moved between two points and are there at both, in the order of the later one.

        Empty if the events of both follow each other in the same order. ``start`` may be the later one.
        """
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                points.require_point(connection, plan, number)
            return points.moved(connection, plan, min(start, end), max(start, end))

    def settings_between(self, owner: str, plan_id: str, start: int, end: int) -> tuple[Snapshot, Snapshot]:
        """The settings at two points, without any events. Raises as `at` does."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            for number in (start, end):
                points.require_point(connection, plan, number)
            before, after = points.snapshots(
                *(points.contents_at(connection, plan, number, {SETTINGS}) for number in (start, end))
            )
            return before, after

    def restore(self, owner: str, plan_id: str, number: int, seen: int) -> int:
        """Makes the plan what it was at a point: the number of this change, or of the last one if nothing differs.

        ``seen`` is the point that whoever decides has seen; raises `Outdated` if there are changes since.
        """
        with self._database.writing() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id, lock=True)
            points.require_point(connection, plan, number)
            if seen != latest(connection, plan_id):
                raise Outdated("This plan was changed meanwhile. Look at what would change now, and decide again.")
            then = points.contents_at(connection, plan, number)
            if then[SETTINGS] is None:
                raise NotFound("The plan was not made yet at this point.")
            now = points.contents_at(connection, plan, seen)
            found = {thing: now[thing] for thing in then if not _same(thing, now[thing], then[thing])}
            for thing in found:
                _put(connection, plan, thing, then[thing])
            order = [thing for thing in then if thing != SETTINGS]
            moved = ordering.moved_between(connection, plan_id, number, seen)
            if (places := ordering.arrange(connection, plan_id, order, moved)) is not None:
                found[ORDER] = places
            if not found:
                return seen
            writing.touch(connection, plan_id)
            return record(connection, plan_id, "restored", found, author=self._author, note=str(number))

    def restore_event(self, owner: str, plan_id: str, event_id: str, number: int, fit: Fit) -> int:
        """Makes one event what it was at a point, made to fit the plan's settings of now: the number of the last change.

        Raises `NotFound` for a point at which the event was not there; `PlanFull`.
        """
        with self._database.writing() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id, lock=True)
            row = reading.find_event(connection, plan_id, event_id)
            points.require_point(connection, plan, number)
            then = points.snapshot(points.contents_at(connection, plan, number, {event_id})).events.get(event_id)
            if then is None:
                raise NotFound("The event was not there at this point.")
            content = write_event(fit(read_settings(plan.content), then))
            now = row.content if row.deleted_at is None else None
            if _same(event_id, now, content):
                return latest(connection, plan_id)
            if now is None:
                writing.require_room(connection, plan_id, 1)
            _put(connection, plan, event_id, content)
            writing.touch(connection, plan_id)
            return record(connection, plan_id, "returned", {event_id: now}, author=self._author, note=str(number))

    def first_after(self, owner: str, plan_id: str, seen: int, event_id: str | None = None) -> int | None:
        """Return the number of the first change after point ``seen`` that touched this event, or else the settings."""
        with self._database.reading() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id)
            return undoing.first_after(connection, plan.id, seen, event_id or SETTINGS)

    def undo(self, owner: str, plan_id: str, number: int, fit: Fit) -> int:
        """Make what one change touched what it was before, and return the number of the change that does so.

        Other changes stay, also later ones of other things. Raises `Outdated` if something that the change touched was
        changed since; `NotFound`, `PlanFull`.
        """
        with self._database.writing() as connection:
            plan = reading.find_living_plan(connection, owner, plan_id, lock=True)
            now, wanted = undoing.taken_back(connection, plan, number, fit)
            if not wanted:
                return number
            if more := sum((wanted[thing] is not None) - (now[thing] is not None) for thing in wanted):
                writing.require_room(connection, plan_id, max(more, 0))
            for thing, content in wanted.items():
                _put(connection, plan, thing, content)
            writing.touch(connection, plan_id)
            before = {thing: now[thing] for thing in wanted}
            kind: ChangeKind = "settings" if SETTINGS in wanted else "event"
            return record(connection, plan_id, kind, before, author=self._author)


def _concerns(event_id: str) -> Any:
    return exists().where(
        earlier.c.plan_id == changes.c.plan_id,
        earlier.c.number == changes.c.number,
        earlier.c.event_id.in_((event_id, SETTINGS)),
    )


def _read_change(row: Row[Any]) -> Change:
    return Change(number=row.number, at=row.at, kind=row.kind, author=row.author, note=row.note)


def _put(connection: Connection, plan: Row[Any], thing: str, content: str | None) -> None:
    """Gives a thing this content, or takes it out of the plan. A new content is a new revision."""
    if thing == SETTINGS:
        writing.write_content(connection, plans, plan.id, plan.revision + 1, str(content))
        return
    row = reading.find_event(connection, plan.id, thing)
    if content is not None and not same_event(row.content, content):
        writing.write_content(connection, events, thing, row.revision + 1, content)
    if (row.deleted_at is not None) != (content is None):
        writing.mark_deleted(connection, events, thing, deleted=content is None)
