"""Handles rows that can't be read: finds a replacement for damaged settings, and describes damaged events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from advisor.document import DocumentError
from advisor.document.canonical import read_event
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import UNTITLED, Destination, Event, Plan, Sources
from advisor.store.errors import DamagedError
from advisor.store.records import DamagedEvent
from advisor.store.serialization import ReadSettings, event_in, name_in, reason, settings_in
from advisor.store.tables import SETTINGS, earlier, events


def settings_of(connection: Connection, plan: Row[Any]) -> tuple[Plan, str]:
    """Return the settings of a plan's row, and what is wrong with them.

    If nothing of them can be read, they are replaced by the newest readable settings of the history, or else by settings
    with what the events name.
    """
    found = settings_in(plan.content)
    if found.plan is not None:
        return found.plan, found.damage
    return _earlier_settings(connection, plan.id) or _implied_settings(connection, plan.id), found.damage


def settings_to_change(plan: Row[Any]) -> Plan:
    """Return the settings of a plan that is about to be changed. Raises `DamagedError` if they can't be read as they are."""
    found = settings_in(plan.content)
    if found.plan is None or found.damage:
        raise DamagedError(plan.id, found.damage)
    return found.plan


def split_by_damage(settings: Plan, rows: Iterable[Any]) -> tuple[list[tuple[Any, Event]], tuple[DamagedEvent, ...]]:
    """Return the rows of events that can be read, each with its event, and the damaged events."""
    good: list[tuple[Any, Event]] = []
    bad: list[DamagedEvent] = []
    for row in rows:
        try:
            good.append((row, event_in(settings, row.content)))
        except DocumentError as error:
            bad.append(describe_damage(row, error))
    return good, tuple(bad)


def event_of(settings: Plan, row: Row[Any]) -> Event:
    """Return the event of a row. Raises `DamagedError`."""
    try:
        return event_in(settings, row.content)
    except DocumentError as error:
        raise DamagedError(row.plan_id, reason(error.errors), describe_damage(row, error)) from error


def describe_damage(row: Row[Any], error: DocumentError) -> DamagedEvent:
    """Return what is known of a row that can't be read."""
    return DamagedEvent(
        plan_id=row.plan_id,
        id=row.id,
        name=name_in(row.content),
        reason=reason(error.errors),
        content=row.content.encode(errors="replace").decode(),
        deleted=row.deleted_at is not None,
    )


def _earlier_settings(connection: Connection, plan_id: str) -> Plan | None:
    query = select(earlier.c.content).where(
        earlier.c.plan_id == plan_id, earlier.c.event_id == SETTINGS, earlier.c.content.is_not(None)
    )
    for content in connection.execute(query.order_by(earlier.c.number.desc()).limit(20)).scalars():
        found: ReadSettings = settings_in(content)
        if found.plan is not None and not found.damage:
            return found.plan
    return None


def _implied_settings(connection: Connection, plan_id: str) -> Plan:
    query = select(events.c.content).where(events.c.plan_id == plan_id, events.c.deleted_at.is_(None))
    client, keys = dict[str, None](), dict[str, None]()
    for content in connection.execute(query.order_by(events.c.position)).scalars():
        try:
            event = read_event(content)
        except DocumentError:
            continue
        client |= dict.fromkeys(() if event.sources == "all" else event.sources)
        keys |= dict.fromkeys(() if event.destinations == "all" else event.destinations)
    return Plan(
        name=UNTITLED,
        sources=Sources(client=tuple(key for key in client if key in LIBRARIES and LIBRARIES[key].side == "client")),
        destinations=tuple(Destination(key=key) for key in keys if key in CATALOGUE),
    )
