"""Writes contents of an earlier point of a plan again, as its current contents."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from advisor.document import Canonical, DocumentError, Problem, canonical_events, canonical_settings
from advisor.document.canonical import encoded, read_event
from advisor.model import Plan
from advisor.store import queries, statements
from advisor.store.history import snapshots
from advisor.store.serialization import event_in, same_event, settings_in, storable
from advisor.store.tables import SETTINGS, events


def is_same_event(one: str | None, other: str | None) -> bool:
    """Return whether an event is the same in two contents; None means that it is not there."""
    if one is None or other is None:
        return one is other
    return same_event(one, other)


def contents_then(stored: str, contents: snapshots.Contents) -> tuple[Canonical[Plan], dict[str, str | None]]:
    """Return the settings of a point in canonical form, and the contents of its events, made to fit them.

    Events that can't be read any more are left out: they stay as they are. Raises `UnstorableError` if the settings can't.
    """
    found = settings_in(stored)
    with storable():
        if found.plan is None:
            raise DocumentError("plan", [Problem(code="damaged", message=found.damage, pointer="")])
        settings = canonical_settings(found.plan)
    then: dict[str, str | None] = {}
    for thing, content in contents.items():
        try:
            if thing != SETTINGS:
                then[thing] = None if content is None else _fitting(settings.value, content)
        except DocumentError:
            continue
    return settings, then


def write_contents(connection: Connection, plan_id: str, things: Mapping[str, str | None], settings: Plan) -> None:
    """Write these contents of events; None deletes the event. A changed content gets a new revision."""
    given = {thing: event_in(settings, content) for thing, content in things.items() if content is not None}
    with storable():
        made = dict(zip(given, canonical_events(settings, tuple(given.values())), strict=True))
    for thing in things:
        row = queries.find_event(connection, plan_id, thing)
        if thing in made and not same_event(row.content, made[thing].content):
            statements.write_event(connection, thing, row.revision + 1, made[thing])
        if (row.deleted_at is not None) == (thing in made):
            statements.mark_deleted(connection, events, thing, deleted=thing not in made)


def _fitting(settings: Plan, content: str) -> str:
    """Return the content as it is, or the event in it made to fit the settings. Raises `DocumentError`."""
    event = event_in(settings, content)
    return content if event == read_event(content) else encoded(event)
