"""The events of a plan that go to one destination, and those that want it and don't reach it."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.presentation.matrix import Cell, EventLine
from advisor.presentation.words import Place
from advisor.text import quantity
from advisor.web.plans.summary.overview import Overview

MOST_SHOWN = 30


@dataclass(frozen=True)
class EventHere:
    """An event that wants the destination: where it is sent from, or why it isn't sent."""

    id: str
    name: str
    place: Place
    is_sent: bool
    words: str
    message: str


@dataclass(frozen=True)
class PlanHere:
    """A plan that has the destination. ``events`` are the first that want it, ``more`` the number of the others.

    ``is_whole`` is false if some of its events can't be read.
    """

    id: str
    name: str
    says: str
    events: tuple[EventHere, ...]
    more: int
    is_whole: bool


def plan_here(plan_id: str, whole: Overview, key: str, *, is_whole: bool) -> PlanHere | None:
    """Return what goes to a destination in an advised plan, or None if the plan doesn't have it."""
    number = next((at for at, column in enumerate(whole.columns) if column.key == key), None)
    if number is None:
        return None
    wanting = [(line, line.cells[number]) for line in whole.lines if line.cells[number].kind != "off"]
    events = tuple(_event(line, cell) for line, cell in wanting[:MOST_SHOWN])
    return PlanHere(plan_id, whole.plan.name, _says(wanting), events, len(wanting) - len(events), is_whole)


def _event(line: EventLine, cell: Cell) -> EventHere:
    return EventHere(line.id, line.name, line.place, cell.kind == "sent", cell.words, cell.message)


def _says(wanting: list[tuple[EventLine, Cell]]) -> str:
    """Return how many events go there, how many of them from the server, and how many don't reach it."""
    sent = [cell for _, cell in wanting if cell.kind == "sent"]
    from_server = sum(any(side == "server" for side, _ in cell.sent) for cell in sent)
    if not wanting:
        return "No event wants it."
    says = f"{quantity(len(sent), 'event')} {'goes' if len(sent) == 1 else 'go'} here, {from_server:,} from the server."
    refused = sum(cell.kind == "bad" for _, cell in wanting)
    return f"{says} {refused:,} can’t." if refused else says
