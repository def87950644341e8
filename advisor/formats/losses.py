"""What a writer returns: files, and for each event what the format could not hold (the fidelity report)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from advisor.formats.places import shown
from advisor.model import Event, Plan, Property

_FIRST_STATUS = Event(name="-").status


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
    """Collects losses while a plan is written. ``namespace`` is the key of the format's data under ``extra``."""

    namespace: str
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
            "dismissed findings": plan.dismissed,
        }
        for what in (what for what, value in given.items() if value):
            self.add("", what, done)
        for what in _of_properties(plan.common):
            self.add("", f"common {what}", done)

    def add_event(self, event: Event, done: str = "left out", held: Collection[str] = ()) -> None:
        """Add what of an event only our own document holds, as answers; ``held`` may be owner, sensitive and personal."""
        for what in _ours(event, self.namespace, held):
            self.add(event.name, what, done)

    def report(self) -> list[dict[str, Any]]:
        """Return the losses as a report lists them, each once."""
        return [{"event": each.event, "what": each.what, "done": each.done} for each in dict.fromkeys(self.losses)]


def _ours(event: Event, namespace: str, held: Collection[str]) -> Iterator[str]:
    """Yield what of an event has no place in the formats of other tools."""
    given = {
        "where it is tracked today": event.practice and not _says_practice(event, namespace),
        "the status": event.status != _FIRST_STATUS,
        "the owner": event.owner and "owner" not in held,
        "answers": event.answers,
        "decision": event.decision,
        "dismissed findings": event.dismissed,
        "sources": event.sources != "all",
        "destinations": event.destinations != "all",
    }
    yield from (what for what, value in given.items() if value)
    yield from _of_properties(event.properties, held)


def _says_practice(event: Event, namespace: str) -> bool:
    """Return whether the practice of an event will be found again: in its labels, or in what the format kept of its file."""
    evidence = event.practice.evidence if event.practice else ""
    is_label = any(evidence.startswith(f"labels.{key} = ") for key in event.labels)
    return is_label or (isinstance(event.extra, dict) and namespace in event.extra)


def _of_properties(properties: Iterable[Property], held: Collection[str] = ()) -> Iterator[str]:
    for prop in _all_properties(properties):
        what = f"property {shown(prop.name)}"
        if prop.sensitive and "sensitive" not in held:
            yield f"{what}: sensitive"
        if prop.personal and "personal" not in held:
            yield f"{what}: personal data ({prop.personal})"
        if prop.known_by != "either":
            yield f"{what}: known by {prop.known_by}"


def _all_properties(properties: Iterable[Property]) -> Iterator[Property]:
    for each in properties:
        yield each
        yield from _all_properties(each.properties)
