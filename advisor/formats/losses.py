"""What a writer returns: files, and for each event what the format could not hold (the fidelity report)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from advisor.formats.places import shown
from advisor.model import Event, Plan, Property


class Loss(Struct, frozen=True):
    """Something of a plan that a format can't hold. ``event`` is empty for the plan as a whole."""

    event: str
    what: str
    done: str
    """What was done about it: ``left out``, ``written into the description``, ``kept in tracking-advisor.json`` …"""


@dataclass(frozen=True, slots=True)
class Written:
    """The files of an export by their paths, in the order in which they are written, and what was lost."""

    files: dict[str, bytes]
    losses: tuple[Loss, ...] = ()


@dataclass(slots=True)
class LossList:
    """Collects losses while a plan is written."""

    losses: list[Loss] = field(default_factory=list)

    def add(self, event: str, what: str, done: str = "left out") -> None:
        """Add a loss of one event, or of the plan if ``event`` is empty."""
        self.losses.append(Loss(event, what, done))

    def add_plan(self, plan: Plan, done: str = "left out") -> None:
        """Add what of a plan as a whole only our own document holds."""
        sources = plan.sources.client or plan.sources.server
        given = {
            "sources": sources,
            "destinations": plan.destinations,
            "warehouse": plan.warehouse,
            "naming": plan.naming,
        }
        for what in (what for what, value in given.items() if value):
            self.add("", what, done)

    def add_event(self, event: Event, done: str = "left out") -> None:
        """Add what of an event only our own document holds: answers, decisions, who knows a value, what is sensitive."""
        for what in _ours(event):
            self.add(event.name, what, done)

    def report(self) -> list[dict[str, Any]]:
        """Return the losses as a report lists them, each once."""
        return [{"event": each.event, "what": each.what, "done": each.done} for each in dict.fromkeys(self.losses)]


def _ours(event: Event) -> Iterator[str]:
    """Yield what of an event has no place in the formats of other tools."""
    given = {
        "answers": event.answers,
        "decision": event.decision,
        "dismissed findings": event.dismissed,
        "sources": event.sources != "all",
        "destinations": event.destinations != "all",
    }
    yield from (what for what, value in given.items() if value)
    for prop in _all_properties(event.properties):
        if prop.sensitive:
            yield f"property {shown(prop.name)}: sensitive"
        if prop.known_by != "either":
            yield f"property {shown(prop.name)}: known by {prop.known_by}"


def _all_properties(properties: Iterable[Property]) -> Iterator[Property]:
    for each in properties:
        yield each
        yield from _all_properties(each.properties)
