"""The store: what pages and the API do with the plans of an owner, one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from advisor.model import Event, Plan
from advisor.store import reading, writing
from advisor.store.batches import Batches
from advisor.store.content import same_event, same_settings, write_event, write_settings
from advisor.store.database import Database
from advisor.store.errors import EventConflict, SettingsConflict
from advisor.store.history import History
from advisor.store.owners import Owners
from advisor.store.recording import record
from advisor.store.shares import Shares
from advisor.store.stored import ChangeKind, PlanSummary, StoredEvent, StoredPlan, StoredSettings
from advisor.store.tables import SETTINGS, events, plans
from advisor.store.versions import Versions


class Store:
    """Everyone's plans in one database; threads and processes share it.

    Every method raises `NotFound` for an id that is unknown or someone else's, `Deleted` (a `NotFound`) for what the
    owner deleted, and `Unavailable` when the database cannot be used. A method that raises has changed nothing.
    Every change is written down in the plan's `history`, in the transaction that makes it.
    """

    def __init__(self, database: Database, author: str = "") -> None:
        self._database = database
        self._author = author
        self.batches = Batches(database, author)
        self.history = History(database, author)
        self.versions = Versions(database, author)
        self.shares = Shares(database)
        self.owners = Owners(database)

    def signed(self, author: str) -> Store:
        """The same store, its changes marked with the name that their author goes by (none if empty)."""
        return Store(self._database, author)

    @property
    def place(self) -> str:
        """Where the plans are kept, for people to read."""
        return self._database.place

    def close(self) -> None:
        """Closes the connections that are not in use."""
        self._database.close()

    def plans(self, owner: str, *, deleted: bool = False) -> list[PlanSummary]:
        """The owner's plans, or instead the deleted ones; the last changed first."""
        with self._database.reading() as connection:
            return reading.summaries(connection, owner, deleted=deleted)

    def create(self, owner: str, plan: Plan, note: str = "") -> str:
        """Stores a new plan and its events: its id. ``note`` says where it comes from. Raises `Unstorable`, `PlanFull`."""
        settings, contents = write_settings(plan), [write_event(event) for event in plan.events]
        with self._database.writing() as connection:
            plan_id = writing.insert_plan(connection, owner, settings)
            ids = writing.append_events(connection, plan_id, contents)
            self._record(connection, plan_id, "created", dict.fromkeys((SETTINGS, *ids)), note)
            return plan_id

    def load(self, owner: str, plan_id: str) -> StoredPlan:
        """The whole plan."""
        with self._database.reading() as connection:
            return reading.read_stored_plan(connection, reading.find_living_plan(connection, owner, plan_id))

    def load_settings(self, owner: str, plan_id: str) -> StoredSettings:
        """The plan without its events, which costs the same however many there are."""
        with self._database.reading() as connection:
            return reading.read_stored_settings(reading.find_living_plan(connection, owner, plan_id))

    def load_event(self, owner: str, plan_id: str, event_id: str) -> StoredEvent:
        """One event, deleted or not."""
        with self._database.reading() as connection:
            reading.find_living_plan(connection, owner, plan_id)
            return reading.read_stored_event(connection, reading.find_event(connection, plan_id, event_id))

    def count_events(self, plan_id: str) -> int:
        """Return how many events a plan has, whoever owns it; 0 for a plan that is not there."""
        with self._database.reading() as connection:
            return reading.count_events(connection, plan_id)

    def delete(self, owner: str, plan_id: str) -> None:
        """Deletes the plan with its events, until `restore`. A deleted plan stays deleted."""
        self._mark_plan(owner, plan_id, deleted=True)

    def restore(self, owner: str, plan_id: str) -> None:
        """Brings the plan back as it was."""
        self._mark_plan(owner, plan_id, deleted=False)

    def save_settings(self, owner: str, plan_id: str, revision: int, change: Callable[[Plan], Plan]) -> int:
        """Changes the plan of which someone edited this revision of the settings: the new revision.

        ``change`` gets the whole plan as it is now, while other writers wait. It may change events too, such as those
        that name a destination it removes, but neither add nor move any. Raises `SettingsConflict` if the settings
        were saved meanwhile, unless what they would become is what they are; `Unstorable`.
        """
        with self._database.writing() as connection:
            row = reading.find_living_plan(connection, owner, plan_id, lock=True)
            current = reading.read_stored_plan(connection, row)
            wanted = change(current.plan)
            settings, contents = write_settings(wanted), _changed_events(current, wanted)
            if not contents and same_settings(row.content, settings):
                return current.revision
            if revision != current.revision:
                raise SettingsConflict(current)
            before = {
                event_id: write_event(current.plan.events[index]) for event_id, index in _places(current, contents)
            }
            for event_id, (event_revision, content) in contents.items():
                writing.write_content(connection, events, event_id, event_revision, content)
            writing.write_content(connection, plans, plan_id, revision + 1, settings)
            settings_before = {} if same_settings(row.content, settings) else {SETTINGS: row.content}
            self._record(connection, plan_id, "settings", settings_before | before)
            return revision + 1

    def save_event(self, owner: str, plan_id: str, event_id: str, revision: int, event: Event) -> int:
        """Replaces the event of which someone edited this revision: the new revision.

        Raises `EventConflict` if the event was saved meanwhile, unless as the same, or deleted; `Unstorable`.
        """
        content = write_event(event)
        with self._database.writing() as connection:
            reading.find_living_plan(connection, owner, plan_id, lock=True)
            row = reading.find_event(connection, plan_id, event_id)
            is_deleted = row.deleted_at is not None
            if not is_deleted and same_event(row.content, content):
                return int(row.revision)
            if is_deleted or revision != row.revision:
                raise EventConflict(reading.read_stored_event(connection, row))
            writing.write_content(connection, events, event_id, revision + 1, content)
            self._touch(connection, plan_id, "event", {event_id: row.content})
            return revision + 1

    def add_event(self, owner: str, plan_id: str, event: Event) -> str:
        """Adds the event after all there are: its id. Raises `PlanFull`, `Unstorable`."""
        (event_id,) = self.add_events(owner, plan_id, (event,))
        return event_id

    def add_events(self, owner: str, plan_id: str, added: Sequence[Event], note: str = "") -> tuple[str, ...]:
        """Adds these events after all there are, all or none: their ids. ``note`` says where they come from.

        Raises `PlanFull`, `Unstorable`.
        """
        contents = [write_event(event) for event in added]
        with self._database.writing() as connection:
            reading.find_living_plan(connection, owner, plan_id, lock=True)
            ids = writing.append_events(connection, plan_id, contents)
            if ids:
                self._touch(connection, plan_id, "added", dict.fromkeys(ids), note)
            return ids

    def delete_event(self, owner: str, plan_id: str, event_id: str, revision: int | None = None) -> None:
        """Deletes the event, until `restore_event`. A deleted event stays deleted.

        Raises `EventConflict` if a revision is given and someone saved a newer one.
        """
        with self._database.writing() as connection:
            reading.find_living_plan(connection, owner, plan_id, lock=True)
            row = reading.find_event(connection, plan_id, event_id)
            if row.deleted_at is not None:
                return
            if revision not in (None, row.revision):
                raise EventConflict(reading.read_stored_event(connection, row))
            writing.mark_deleted(connection, events, event_id, deleted=True)
            self._touch(connection, plan_id, "removed", {event_id: row.content})

    def restore_event(self, owner: str, plan_id: str, event_id: str) -> None:
        """Brings the event back to its place, as it was. Raises `PlanFull`."""
        with self._database.writing() as connection:
            reading.find_living_plan(connection, owner, plan_id, lock=True)
            row = reading.find_event(connection, plan_id, event_id)
            if row.deleted_at is None:
                return
            writing.require_room(connection, plan_id, 1)
            writing.mark_deleted(connection, events, event_id, deleted=False)
            self._touch(connection, plan_id, "returned", {event_id: None})

    def _mark_plan(self, owner: str, plan_id: str, *, deleted: bool) -> None:
        with self._database.writing() as connection:
            row = reading.find_plan(connection, owner, plan_id, lock=True)
            if (row.deleted_at is not None) != deleted:
                writing.mark_deleted(connection, plans, plan_id, deleted=deleted)
                self._record(connection, plan_id, "deleted" if deleted else "undeleted", {})

    def _touch(
        self, connection: Connection, plan_id: str, kind: ChangeKind, before: Mapping[str, str | None], note: str = ""
    ) -> None:
        writing.touch(connection, plan_id)
        self._record(connection, plan_id, kind, before, note)

    def _record(
        self, connection: Connection, plan_id: str, kind: ChangeKind, before: Mapping[str, str | None], note: str = ""
    ) -> None:
        record(connection, plan_id, kind, before, author=self._author, note=note)


def _changed_events(current: StoredPlan, wanted: Plan) -> dict[str, tuple[int, str]]:
    """The events that differ: id -> new revision and content."""
    rows = zip(current.event_ids, current.event_revisions, current.plan.events, wanted.events, strict=True)
    return {
        event_id: (revision + 1, write_event(after))
        for event_id, revision, before, after in rows
        if after is not before and write_event(after) != write_event(before)
    }


def _places(current: StoredPlan, ids: Container[str]) -> Iterable[tuple[str, int]]:
    """The places of these events among the plan's."""
    return ((event_id, index) for index, event_id in enumerate(current.event_ids) if event_id in ids)
