"""The matrix of a plan: a line per event, a column per destination, and in each cell the calls that deliver the event."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from advisor.field_values import label_texts
from advisor.knowledge.catalogue import CATALOGUE, destination_name
from advisor.model import (
    CustomReach,
    Decision,
    Event,
    Mode,
    Placement,
    Plan,
    Practice,
    Recommendation,
    Side,
    SourceType,
    Status,
    Strength,
    placement_in_force,
    recommendation_of,
)
from advisor.model import Unreachable as Unreached
from advisor.presentation.receivers import Receivers, wants
from advisor.presentation.states import State, open_questions, place_of, state_of, suggested_answers
from advisor.presentation.words import Place

_REFUSALS = {
    "not-a-stream": "No events",
    "call-type": "Call type",
    "no-source": "No source",
    "user-absent": "User away",
    "sensitive": "Sensitive",
    "mode": "Not from here",
}
"""Reason code -> why a destination isn't reached, in a word or two."""
Agreement = Literal["agrees", "differs", "moving", "unknown"]
_CLIENT_TYPES: tuple[SourceType, ...] = ("web", "mobile")


@dataclass(frozen=True)
class Cell:
    """One event at one destination: which calls reach it and in which mode, or why none does.

    The kind ``bad`` means that the destination isn't reached: the cell then has the ``code`` of the reason, a
    ``message`` and the name of an ``alternative``, if there is one. ``loads`` means that the event wants the
    destination, but that it takes no calls. A destination that is reached although the event doesn't want it has a
    ``message``, too.
    """

    kind: Literal["sent", "off", "bad", "loads"]
    sent: tuple[tuple[Side, Mode], ...] = ()
    words: str = ""
    code: str = ""
    message: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class Column:
    """One destination: its name, and the sides from which it accepts data."""

    key: str
    name: str
    accepts: str


@dataclass(frozen=True)
class EventLine:
    """One event of the plan in a table.

    ``advised`` is the placement that we advise, with its ``strength`` and the first ``reason`` for it. A ``decision`` may
    name another placement, which is then ``in_force``, and ``is_outdated`` says that it was made against other advice.
    ``decisive`` are the questions without an answer that can still change the placement. ``suggested`` is the number of
    answers to accept. ``practice`` is where the event is tracked today, None if nobody said it.
    """

    id: str
    name: str
    call: str
    labels: tuple[str, ...]
    place: Place
    state: State
    suggested: int
    advised: Placement
    in_force: Placement
    strength: Strength
    reason: str
    decision: Decision | None
    is_outdated: bool
    practice: Practice | None
    status: Status
    owner: str
    cells: tuple[Cell, ...]
    decisive: tuple[str, ...]
    unreachable: int

    @property
    def agreement(self) -> Agreement:
        """Return how the placement in force compares with where the event is tracked today.

        An event that is tracked elsewhere ``differs``; once the team has agreed to move it, it is ``moving``.
        """
        if self.practice is None:
            return "unknown"
        if self.practice.placement == self.in_force:
            return "agrees"
        return "moving" if self.status == "agreed" else "differs"

    @property
    def is_decided_otherwise(self) -> bool:
        """Return whether the team decided for another placement than we advise."""
        return self.decision is not None and self.decision.placement != self.advised


def columns(plan: Plan) -> tuple[Column, ...]:
    """Return a column for each destination of the plan, in the order of the plan."""
    return tuple(_column(item.key, item.custom) for item in plan.destinations)


def event_line(event_id: str, event: Event, receivers: Receivers) -> EventLine:
    """Return the line of an advised event. ``receivers`` are the plan's destinations, one for each column."""
    advice = recommendation_of(event)
    decision = event.decision
    return EventLine(
        id=event_id,
        name=event.name,
        call=event.call,
        labels=tuple(f"{key}: {text}" for key, value in event.labels.items() for text in label_texts(value)),
        place=place_of(event),
        state=state_of(event),
        suggested=len(suggested_answers(event)),
        advised=advice.placement,
        in_force=placement_in_force(event),
        strength=advice.strength,
        reason=advice.reasons[0].text if advice.reasons else "",
        decision=decision,
        is_outdated=bool(decision and decision.against and decision.against.placement != advice.placement),
        practice=event.practice,
        status=event.status,
        owner=event.owner,
        cells=_cells(event, advice, receivers),
        decisive=open_questions(event),
        unreachable=len(advice.unreachable),
    )


def _cells(event: Event, advice: Recommendation, receivers: Receivers) -> tuple[Cell, ...]:
    sent: dict[str, dict[tuple[Side, Mode], None]] = {}
    for item in (*advice.deliveries, *receivers.storage_deliveries(event)):
        sent.setdefault(item.destination, {})[item.side, item.mode] = None
    cells = {key: _sent_cell(tuple(ways), "" if wants(event, key) else key) for key, ways in sent.items()}
    cells.update((item.destination, _refused_cell(item)) for item in advice.unreachable)
    cells.update((key, _LOADS) for key in receivers.loading_only(event))
    return tuple([cells.get(key, _NOT_WANTED) for key in receivers.keys])


_NOT_WANTED = Cell("off")
_LOADS = Cell(
    "loads", words="Loads only", message="It takes no calls. Loading Analytics.js with it enabled is all it needs."
)


@cache
def _sent_cell(ways: tuple[tuple[Side, Mode], ...], unwanted: str) -> Cell:
    message = (
        f"This event doesn’t want it. {destination_name(unwanted)} stores every call all the same." if unwanted else ""
    )
    return Cell("sent", ways, " and ".join(f"{mode}, from the {side}" for side, mode in ways), message=message)


@lru_cache(maxsize=4096)
def _refused_cell(item: Unreached) -> Cell:
    return Cell(
        "bad",
        words=_REFUSALS.get(item.reason, "Not reached"),
        code=item.reason,
        message=item.message,
        alternative=destination_name(item.alternative) if item.alternative else "",
    )


@lru_cache(maxsize=1024)
def _column(key: str, reach: CustomReach | None) -> Column:
    row = CATALOGUE.get(key) if reach is None else None
    if row is not None and row.loads_only:
        return Column(key, row.name, "loads only")
    if row is not None:
        client = any(row.reaches(source) for source in _CLIENT_TYPES)
        return Column(key, row.name, _accepts(client, bool(row.reaches("server"))))
    client = reach is not None and (reach.web, reach.mobile) != ("none", "none")
    return Column(key, key, _accepts(client, reach is not None and reach.server != "none"))


def _accepts(client: bool, server: bool) -> str:
    if client and server:
        return "any side"
    return "client only" if client else "server only" if server else "no events"
