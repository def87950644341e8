"""The store: what pages and the API do with the plans of an owner, one transaction per method."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection

from advisor.document import DocumentError, canonical, canonical_event, canonical_events, canonical_settings
from advisor.document.canonical import encoded
from advisor.document_limits import MAX_EVENTS
from advisor.model import Event, Plan
from advisor.store import queries, statements
from advisor.store.batches import Batches
from advisor.store.comments import Comments
from advisor.store.damage import event_of, settings_of, settings_to_change
from advisor.store.databases.database import Database
from advisor.store.errors import EventConflictError, PlanFullError, SettingsConflictError, UnstorableError
from advisor.store.history.history import History
from advisor.store.history.versions import Versions
from advisor.store.owners import Owners
from advisor.store.record_change import record
from advisor.store.records import ChangeKind, EventName, PlanSummary, StoredEvent, StoredPlan, StoredSettings
from advisor.store.sent_forms import FormInHand, SentForms, mark_made
from advisor.store.serialization import same_event, same_settings, storable
from advisor.store.settings_change import split_change
from advisor.store.shares import Shares
from advisor.store.tables import SETTINGS, events, plans
from advisor.store.uploads import Uploads


class Store:
    """Everyone's plans in one database; threads and processes share it.

    Every method raises `NotFoundError` for an id that is unknown or someone else's, `DeletedError` (a `NotFoundError`) for
    what the owner deleted, and `UnavailableError` when the database cannot be used. A method that raises has changed
    nothing.
    Every change is recorded in the plan's `history`, in the transaction that makes it.
    """

    def __init__(self, database: Database, author: str = "", form: FormInHand | None = None) -> None:
        self._database = database
        self._author = author
        self._form = form
        self.batches = Batches(database, author, form)
        self.history = History(database, author)
        self.versions = Versions(database, author, form)
        self.shares = Shares(database, form)
        self.comments = Comments(database, author, form)
        self.forms = SentForms(database)
        self.owners = Owners(database)
        self.uploads = Uploads(database)

    def signed(self, author: str, form: FormInHand | None = None) -> Store:
        """Return the same store, which records this name as the author of its changes (none if empty).

        With ``form``, the form of this request, no other copy of the form creates the same thing again.
        """
        return Store(self._database, author, form)

    @property
    def place(self) -> str:
        """Return where the plans are kept, for people to read."""
        return self._database.place

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._database.close()

    def plans(self, owner: str, *, deleted: bool = False) -> list[PlanSummary]:
        """Return the owner's plans, or instead the deleted ones; last changed first."""
        with self._database.reading() as connection:
            return queries.summaries(connection, owner, deleted=deleted)

    def create(self, owner: str, plan: Plan, note: str = "") -> str:
        """Store a new plan and return its id. ``note`` says where it comes from. Raises `UnstorableError`, `PlanFullError`."""
        if len(plan.events) > MAX_EVENTS:
            raise PlanFullError(f"A plan holds at most {MAX_EVENTS:,} events; this one has {len(plan.events):,}.")
        with storable():
            made = canonical(plan)
        with self._database.writing() as connection:
            owner = queries.current_owner(connection, owner, lock=True)
            plan_id = statements.insert_plan(connection, owner, made.settings)
            ids = statements.append_events(connection, plan_id, made.events)
            mark_made(connection, self._form, plan_id, owner)
            self._record(connection, plan_id, "created", dict.fromkeys((SETTINGS, *ids)), note)
            return plan_id

    def load(self, owner: str, plan_id: str) -> StoredPlan:
        """Return the whole plan."""
        with self._database.reading() as connection:
            return queries.read_stored_plan(connection, queries.find_living_plan(connection, owner, plan_id))

    def load_settings(self, owner: str, plan_id: str) -> StoredSettings:
        """Return the plan without its events. The cost does not depend on their number."""
        with self._database.reading() as connection:
            return queries.read_stored_settings(connection, queries.find_living_plan(connection, owner, plan_id))

    def load_event(self, owner: str, plan_id: str, event_id: str) -> StoredEvent:
        """Return one event, deleted or not. Raises `DamagedError`."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            row = queries.find_event(connection, plan_id, event_id)
            return queries.read_stored_event(connection, settings_of(connection, plan)[0], row)

    def count_events(self, plan_id: str) -> int:
        """Return how many events the plan of any owner has; 0 if there is no such plan."""
        with self._database.reading() as connection:
            return queries.count_events(connection, plan_id)

    def event_names(self, plan_ids: Collection[str]) -> list[EventName]:
        """Return the names of the events of these plans, of any owner: the caller knows who may see them.

        Deleted events and events of deleted plans are left out. Events come in the order of their plan.
        """
        with self._database.reading() as connection:
            return queries.event_names(connection, plan_ids)

    def delete(self, owner: str, plan_id: str) -> None:
        """Delete the plan with its events, until `restore`. Does nothing if it is deleted already."""
        self._mark_plan(owner, plan_id, deleted=True)

    def restore(self, owner: str, plan_id: str) -> None:
        """Restore a deleted plan as it was."""
        self._mark_plan(owner, plan_id, deleted=False)

    def save_settings(self, owner: str, plan_id: str, revision: int, change: Callable[[Plan], Plan]) -> int:
        """Change the plan whose settings someone edited at this revision. Returns the new revision.

        ``change`` gets the whole plan as it is now, while other writers wait. It may change events too, such as those
        that name a destination it removes (they lose it in any case), but neither add nor move any. Raises
        `SettingsConflictError` if the settings were saved meanwhile, unless the change makes no difference; `UnstorableError`;
        `DamagedError`.
        """
        with self._database.writing() as connection:
            row = queries.find_living_plan(connection, owner, plan_id, lock=True)
            settings_to_change(row)
            current = queries.read_stored_plan(connection, row)
            settings, changed = split_change(current, change(current.plan))
            if not changed and same_settings(row.content, settings.content):
                return current.revision
            if revision != current.revision:
                raise SettingsConflictError(current)
            before = {}
            for index, event in changed.items():
                event_id = current.event_ids[index]
                before[event_id] = encoded(current.plan.events[index])
                statements.write_event(connection, event_id, current.event_revisions[index] + 1, event)
            statements.write_settings(connection, plan_id, revision + 1, settings)
            settings_before = {} if same_settings(row.content, settings.content) else {SETTINGS: row.content}
            self._record(connection, plan_id, "settings", settings_before | before)
            return revision + 1

    def save_event(self, owner: str, plan_id: str, event_id: str, revision: int, event: Event) -> int:
        """Replace the event that someone edited at this revision. Returns the new revision.

        Raises `EventConflictError` if the event was deleted, or was saved meanwhile with another content; `UnstorableError`;
        `DamagedError`.
        """
        with self._database.writing() as connection:
            settings = settings_to_change(queries.find_living_plan(connection, owner, plan_id, lock=True))
            row = queries.find_event(connection, plan_id, event_id)
            current = queries.read_stored_event(connection, settings, row)
            outdated = current.deleted or revision != current.revision
            try:
                made = canonical_event(settings, event)
            except DocumentError as error:
                # The event may have been valid for the plan as it was before: report the conflict first.
                raise (EventConflictError(current) if outdated else UnstorableError(error.errors)) from error
            if not current.deleted and same_event(row.content, made.content):
                return current.revision
            if outdated:
                raise EventConflictError(current)
            statements.write_event(connection, event_id, revision + 1, made)
            self._touch(connection, plan_id, "event", {event_id: row.content})
            return revision + 1

    def add_event(self, owner: str, plan_id: str, event: Event) -> str:
        """Add the event after all others, and return its id. Raises `PlanFullError`, `UnstorableError`."""
        (event_id,) = self.add_events(owner, plan_id, (event,))
        return event_id

    def add_events(self, owner: str, plan_id: str, added: Sequence[Event], note: str = "") -> tuple[str, ...]:
        """Add these events after all others, all or none. Returns their ids. ``note`` says where they come from.

        Raises `PlanFullError`, `UnstorableError`.
        """
        with self._database.writing() as connection:
            settings = settings_to_change(queries.find_living_plan(connection, owner, plan_id, lock=True))
            statements.require_room(connection, plan_id, len(added))
            with storable():
                made = canonical_events(settings, added)
            ids = statements.append_events(connection, plan_id, made)
            if ids:
                mark_made(connection, self._form, plan_id)
                self._touch(connection, plan_id, "added", dict.fromkeys(ids), note)
            return ids

    def delete_event(self, owner: str, plan_id: str, event_id: str, revision: int | None = None) -> None:
        """Delete the event, until `restore_event`. Does nothing if it is deleted already.

        Raises `EventConflictError` if a revision is given and someone saved a newer one.
        """
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            row = queries.find_event(connection, plan_id, event_id)
            if row.deleted_at is not None:
                return
            if revision not in (None, row.revision):
                settings, _ = settings_of(connection, plan)
                raise EventConflictError(queries.read_stored_event(connection, settings, row))
            statements.mark_deleted(connection, events, event_id, deleted=True)
            self._touch(connection, plan_id, "removed", {event_id: row.content})

    def restore_event(self, owner: str, plan_id: str, event_id: str) -> None:
        """Restore the event to its place, as it was, but without what its plan does not have any more.

        Raises `PlanFullError`, `DamagedError`.
        """
        with self._database.writing() as connection:
            settings = settings_to_change(queries.find_living_plan(connection, owner, plan_id, lock=True))
            row = queries.find_event(connection, plan_id, event_id)
            if row.deleted_at is None:
                return
            statements.require_room(connection, plan_id, 1)
            with storable():
                made = canonical_event(settings, event_of(settings, row))
            if not same_event(row.content, made.content):
                statements.write_event(connection, event_id, row.revision + 1, made)
            statements.mark_deleted(connection, events, event_id, deleted=False)
            self._touch(connection, plan_id, "returned", {event_id: None})

    def repair_settings(self, owner: str, plan_id: str) -> None:
        """Replace settings that can't be read by what `load_settings` returns. The history keeps the damaged content."""
        with self._database.writing() as connection:
            row = queries.find_living_plan(connection, owner, plan_id, lock=True)
            readable, damage = settings_of(connection, row)
            if damage:
                with storable():
                    made = canonical_settings(readable)
                statements.write_settings(connection, plan_id, row.revision + 1, made)
                self._record(connection, plan_id, "settings", {SETTINGS: row.content})

    def _mark_plan(self, owner: str, plan_id: str, *, deleted: bool) -> None:
        with self._database.writing() as connection:
            row = queries.find_plan(connection, owner, plan_id, lock=True)
            if (row.deleted_at is not None) != deleted:
                statements.mark_deleted(connection, plans, plan_id, deleted=deleted)
                self._record(connection, plan_id, "deleted" if deleted else "undeleted", {})

    def _touch(
        self, connection: Connection, plan_id: str, kind: ChangeKind, before: Mapping[str, str | None], note: str = ""
    ) -> None:
        statements.touch(connection, plan_id)
        self._record(connection, plan_id, kind, before, note)

    def _record(
        self, connection: Connection, plan_id: str, kind: ChangeKind, before: Mapping[str, str | None], note: str = ""
    ) -> None:
        record(connection, plan_id, kind, before, author=self._author, note=note)
