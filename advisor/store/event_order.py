"""Moves a plan's events, and finds their order now and at a point of the history.

Deleted events count too, so that they keep their places. New events are always added at the end. That is why the places
that the moved events had before are enough to find the whole order before a move, even if events were added since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from advisor.store.tables import ORDER, earlier, events

Places = dict[str, int]
"""The events that were moved, and the place that each had before, counted from 0."""


def move(connection: Connection, plan_id: str, moved: Sequence[tuple[str, str]]) -> str | None:
    """Apply the moves in turn. Returns the previous places for the history, or None if the order is unchanged."""
    after = reorder(order(connection, plan_id), moved)
    return arrange(connection, plan_id, after, {event_id for event_id, _ in moved})


def arrange(connection: Connection, plan_id: str, after: Sequence[str], moved: Collection[str]) -> str | None:
    """Put all events in this order.

    Returns the previous places of those in ``moved`` for the history, or None if the order is unchanged. The other
    events must keep their order among each other.
    """
    query = select(events.c.id, events.c.position).where(events.c.plan_id == plan_id).order_by(events.c.position)
    rows = connection.execute(query).all()
    before = [row.id for row in rows]
    first = next((place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]), None)
    if first is None:
        return None
    # Positions must be unique at every moment: the first moved event and all after it get new ones after the last.
    start = rows[-1].position + 1
    places = [{"event": event_id, "place": start + place} for place, event_id in enumerate(after[first:])]
    statement = update(events).where(events.c.id == bindparam("event")).values(position=bindparam("place"))
    connection.execute(statement, places)
    found = {event_id: place for place, event_id in enumerate(before) if event_id in moved}
    return msgspec.json.encode(found).decode()


def order(connection: Connection, plan_id: str) -> list[str]:
    """Return the ids of all events in their current order, deleted ones too."""
    query = select(events.c.id).where(events.c.plan_id == plan_id).order_by(events.c.position)
    return list(connection.execute(query).scalars())


def order_at(connection: Connection, plan_id: str, number: int) -> list[str] | None:
    """Return the ids of all events, later ones too, in the order of a point; None if it is the current order."""
    steps = list(_moves(connection, plan_id, earlier.c.number > number))
    if not steps:
        return None
    ids = order(connection, plan_id)
    for places in steps:
        ids = _before(ids, places)
    return ids


def moved_between(connection: Connection, plan_id: str, start: int, end: int) -> set[str]:
    """Return the events that were moved after point ``start``, up to point ``end``."""
    moves = _moves(connection, plan_id, earlier.c.number > start, earlier.c.number <= end)
    return {event_id for places in moves for event_id in places}


def _moves(connection: Connection, plan_id: str, *which: Any) -> Iterator[Places]:
    """Yield the places that were recorded for these moves, newest first."""
    query = select(earlier.c.content).where(earlier.c.plan_id == plan_id, earlier.c.event_id == ORDER, *which)
    for content in connection.execute(query.order_by(earlier.c.number.desc())).scalars():
        with suppress(msgspec.MsgspecError, ValueError):  # a move that can't be read any more is left out
            yield msgspec.json.decode(content, type=Places)


def _before(ids: list[str], places: Places) -> list[str]:
    """Return the order before a move: the moved events at these places, the others in the order of ``ids``."""
    moved = {place: event_id for event_id, place in places.items()}
    others = (event_id for event_id in ids if event_id not in places)
    return [moved[place] if place in moved else next(others) for place in range(len(ids))]


def reorder(ids: Sequence[str], moved: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ids after all moves. Uses links between neighbours, so that the time per move is constant."""
    following = dict(zip(("", *ids), (*ids, ""), strict=True))
    preceding = {after: before for before, after in following.items()}
    for event_id, target in moved:
        if event_id not in preceding or event_id in ("", target) or target not in following:
            continue
        _link(following, preceding, preceding[event_id], following[event_id])
        last = following[target]
        _link(following, preceding, target, event_id)
        _link(following, preceding, event_id, last)
    result, here = [], following[""]
    while here:
        result.append(here)
        here = following[here]
    return result


def _link(following: dict[str, str], preceding: dict[str, str], before: str, after: str) -> None:
    following[before], preceding[after] = after, before
