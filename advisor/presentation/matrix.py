"""The matrix of a plan: its events against its destinations, with who delivers what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination, Event, Mode, Plan, Recommendation, Side, SourceType
from advisor.presentation.words import Place, placement_in_force

_REFUSALS = {
    "not-a-stream": "No events",
    "call-type": "Call type",
    "no-source": "No source",
    "user-absent": "User absent",
    "sensitive": "Sensitive",
    "mode": "Not from here",
}
"""Why a destination isn't reached, in a word or two."""
_CLIENT_TYPES: tuple[SourceType, ...] = ("web", "mobile")


@dataclass(frozen=True)
class Cell:
    """One event at one destination: which calls deliver it and in which mode, or why none does."""

    kind: Literal["sent", "off", "bad"]
    sent: tuple[tuple[Side, Mode], ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Column:
    """One destination: its name, and from where it accepts data."""

    key: str
    name: str
    accepts: str


@dataclass(frozen=True)
class EventLine:
    """One event of the plan in a table. ``decisive`` are the open questions that can still move it."""

    id: str
    name: str
    call: str
    team: str
    place: Place
    cells: tuple[Cell, ...]
    decisive: tuple[str, ...]
    unreachable: int


def columns(plan: Plan) -> tuple[Column, ...]:
    """The plan's destinations, in their order."""
    return tuple(map(_column, plan.destinations))


def event_line(event_id: str, event: Event, keys: tuple[str, ...]) -> EventLine:
    """The line of an advised event; ``keys`` are those of the columns."""
    advice = event.recommendation
    assert isinstance(advice, Recommendation)
    return EventLine(
        id=event_id,
        name=event.name,
        call=event.call,
        team=event.labels.get("team", ""),
        place=placement_in_force(advice, event.decision.placement if event.decision else None),
        cells=_cells(advice, keys),
        decisive=() if event.decision else advice.decisive,
        unreachable=len(advice.unreachable),
    )


def _cells(advice: Recommendation, keys: tuple[str, ...]) -> tuple[Cell, ...]:
    sent: dict[str, dict[tuple[Side, Mode], None]] = {}
    for item in advice.deliveries:
        sent.setdefault(item.destination, {})[item.side, item.mode] = None
    refused = {item.destination: item.reason for item in advice.unreachable}
    return tuple(
        _sent(tuple(sent[key])) if key in sent else _refused(refused[key]) if key in refused else _NOT_WANTED
        for key in keys
    )


_NOT_WANTED = Cell("off")


@cache
def _sent(ways: tuple[tuple[Side, Mode], ...]) -> Cell:
    return Cell("sent", ways, " and ".join(f"{mode}, from the {side}" for side, mode in ways))


@cache
def _refused(reason: str) -> Cell:
    return Cell("bad", words=_REFUSALS.get(reason, "Not reached"))


@lru_cache(maxsize=1024)
def _column(item: Destination) -> Column:
    row = CATALOGUE.get(item.key) if item.custom is None else None
    if row is not None:
        client = any(row.reaches(source) for source in _CLIENT_TYPES)
        return Column(item.key, row.name, _accepts(client, bool(row.reaches("server"))))
    reach = item.custom
    client = reach is not None and (reach.web, reach.mobile) != ("none", "none")
    return Column(item.key, item.key, _accepts(client, reach is not None and reach.server != "none"))


def _accepts(client: bool, server: bool) -> str:
    if client and server:
        return "any side"
    return "client only" if client else "server only" if server else "no events"
