"""Finds and reads the rows of plans and events."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, func, select

from advisor.model import Plan
from advisor.store.damage import event_of, settings_of, split_by_damage
from advisor.store.errors import DeletedError, NotFoundError
from advisor.store.records import EventName, OwnedPlan, PlanSummary, StoredEvent, StoredPlan, StoredSettings
from advisor.store.serialization import name_in
from advisor.store.tables import events, installation, joined, plans

_ID = re.compile("[0-9a-f]{32}")
# Times are left out: for ten thousand events, reading them takes longer than reading all the rest.
_EVENT_COLUMNS = (events.c.id, events.c.plan_id, events.c.revision, events.c.deleted_at, events.c.content)


def current_owner(connection: Connection, owner: str, *, lock: bool = False) -> str:
    """Return the owner that this one was merged into, or this one itself.

    A transaction that writes an owner id asks with ``lock``, before it locks a plan. Then no owners are merged until it
    ends, and nothing is left to an id that no browser has any more. The lock is the row of the key, which the app adds
    when it starts. SQLite has one writer at a time anyway.
    """
    if lock:
        connection.execute(select(installation.c.name).with_for_update(read=True))
    became = connection.execute(select(joined.c.became).where(joined.c.owner == owner)).scalar_one_or_none()
    return became or owner


def find_plan(connection: Connection, owner: str, plan_id: str, *, lock: bool = False) -> Row[Any]:
    """Return the row of the owner's plan, deleted or not. ``lock`` makes other writers of the plan wait.

    Raises `NotFoundError`.
    """
    query = select(plans).where(plans.c.id == plan_id, plans.c.owner == owner)
    row = _find(connection, query.with_for_update() if lock else query, plan_id)
    if row is None:
        raise NotFoundError("There is no such plan.")
    return row


def find_living_plan(connection: Connection, owner: str, plan_id: str, *, lock: bool = False) -> Row[Any]:
    """Return the row of the owner's plan. Raises `NotFoundError`, or `DeletedError` if it was deleted."""
    row = find_plan(connection, owner, plan_id, lock=lock)
    if row.deleted_at is not None:
        raise DeletedError("This plan was deleted. It can be restored.")
    return row


def find_event(connection: Connection, plan_id: str, event_id: str) -> Row[Any]:
    """Return the row of the plan's event, deleted or not. Raises `NotFoundError`."""
    row = _find(connection, select(events).where(events.c.id == event_id, events.c.plan_id == plan_id), event_id)
    if row is None:
        raise NotFoundError("There is no such event.")
    return row


def _find(connection: Connection, query: Any, row_id: str) -> Row[Any] | None:
    return connection.execute(query).one_or_none() if is_id(row_id) else None


def count_events(connection: Connection, plan_id: str) -> int:
    """Return how many events a plan has that are not deleted."""
    query = select(func.count()).where(events.c.plan_id == plan_id, events.c.deleted_at.is_(None))
    return int(connection.execute(query).scalar_one()) if is_id(plan_id) else 0


class _Named(msgspec.Struct, gc=False):
    """The part of an event's content that `event_names` reads: for ten thousand events, the rest takes far longer."""

    name: str
    call: str = "track"


def event_names(connection: Connection, plan_ids: Collection[str]) -> list[EventName]:
    """Return the names of the events of these plans that are not deleted, in the order of each plan."""
    known = [plan_id for plan_id in plan_ids if is_id(plan_id)]
    living = (events.c.deleted_at.is_(None), plans.c.deleted_at.is_(None))
    rows = select(events.c.id, events.c.plan_id, events.c.content).join(plans, plans.c.id == events.c.plan_id)
    query = rows.where(events.c.plan_id.in_(known), *living).order_by(events.c.plan_id, events.c.position)
    return [_event_name(*row) for row in connection.execute(query)]


def _event_name(event_id: str, plan_id: str, content: str) -> EventName:
    try:
        named = _NAMED.decode(content)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return EventName(id=event_id, plan_id=plan_id, name=name_in(content), call="")
    return EventName(id=event_id, plan_id=plan_id, name=named.name, call=named.call)


_NAMED = msgspec.json.Decoder(_Named)


def is_id(text: str) -> bool:
    """Return whether the text can be an id. It comes from an address, and PostgreSQL refuses text with a NUL."""
    return _ID.fullmatch(text) is not None


def summaries(connection: Connection, owner: str, *, deleted: bool) -> list[PlanSummary]:
    """Return the owner's plans, or instead the deleted ones; last changed first."""
    is_deleted = plans.c.deleted_at.is_not(None) if deleted else plans.c.deleted_at.is_(None)
    return _summaries(connection, plans.c.owner == owner, is_deleted)


def summaries_of(connection: Connection, plan_ids: Collection[str]) -> list[PlanSummary]:
    """Return these plans of any owner, without deleted ones; last changed first."""
    return _summaries(connection, plans.c.id.in_(plan_ids), plans.c.deleted_at.is_(None))


def all_summaries(connection: Connection) -> list[OwnedPlan]:
    """Return everyone's plans, deleted ones too, each with its owner; last changed first."""
    owners = {row.id: row.owner for row in connection.execute(select(plans.c.id, plans.c.owner))}
    return [OwnedPlan(owner=owners[plan.id], plan=plan) for plan in _summaries(connection)]


def _summaries(connection: Connection, *which: Any) -> list[PlanSummary]:
    living = select(func.count()).where(events.c.plan_id == plans.c.id, events.c.deleted_at.is_(None)).scalar_subquery()
    query = select(plans, living.label("living")).where(*which).order_by(plans.c.updated_at.desc(), plans.c.id)
    return [_summary(connection, row) for row in connection.execute(query).all()]


def _summary(connection: Connection, row: Row[Any]) -> PlanSummary:
    settings, damage = settings_of(connection, row)
    return PlanSummary(
        id=row.id,
        name=settings.name,
        events=row.living,
        updated_at=row.updated_at,
        deleted=row.deleted_at is not None,
        damage=damage,
    )


def read_stored_settings(connection: Connection, row: Row[Any]) -> StoredSettings:
    """Return the settings in a plan's row."""
    settings, damage = settings_of(connection, row)
    return StoredSettings(
        id=row.id,
        plan=settings,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        damage=damage,
    )


def read_stored_plan(connection: Connection, plan: Row[Any]) -> StoredPlan:
    """Return the plan of a row with its events that are not deleted, in their order."""
    living = (events.c.plan_id == plan.id, events.c.deleted_at.is_(None))
    rows = connection.execute(select(*_EVENT_COLUMNS).where(*living).order_by(events.c.position))
    return read_part(connection, plan, rows.all())


def read_part(connection: Connection, plan: Row[Any], rows: Sequence[Any]) -> StoredPlan:
    """Return the plan of a row with the events of these rows only."""
    settings, damage = settings_of(connection, plan)
    good, bad = split_by_damage(settings, rows)
    return StoredPlan(
        id=plan.id,
        plan=replace(settings, events=tuple(event for _, event in good)),
        revision=plan.revision,
        created_at=plan.created_at,
        updated_at=plan.updated_at,
        damage=damage,
        event_ids=tuple(row.id for row, _ in good),
        event_revisions=tuple(row.revision for row, _ in good),
        damaged=bad,
    )


def read_stored_event(connection: Connection, settings: Plan, row: Row[Any]) -> StoredEvent:
    """Return the event of a row, with its place among the plan's events. Raises `DamagedError`."""
    before = select(func.count()).where(
        events.c.plan_id == row.plan_id, events.c.deleted_at.is_(None), events.c.position < row.position
    )
    return StoredEvent(
        id=row.id,
        event=event_of(settings, row),
        revision=row.revision,
        index=connection.execute(before).scalar_one(),
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted=row.deleted_at is not None,
    )
