"""Which code the visitor wants to see: a library for each side, and a place of the hand-off. Part of an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

from advisor.knowledge.libraries import LIBRARIES, find_library
from advisor.model import Event, Plan, Side

LIBRARY, PLACE = "library", "handoff"
"""Their names in an address."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen; nothing for a side means the plan's own library, nothing for the hand-off its first place."""

    client: str | None = None
    server: str | None = None
    place: str | None = None

    @classmethod
    def of(cls, values: MultiDict[str, str]) -> Chosen:
        """What an address or a form says. Names that are no library's are dropped; the last of a side counts."""
        keys = [key for name in values.getlist(LIBRARY) if (key := find_library(name))]
        sides = {LIBRARIES[key].side: key for key in keys}
        return cls(sides.get("client"), sides.get("server"), values.get(PLACE) or None)

    def library(self, side: Side) -> str | None:
        """The library that was chosen for this side."""
        return self.client if side == "client" else self.server

    def pairs(self) -> list[tuple[str, str]]:
        """What an address says of it."""
        return list(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        yield from ((LIBRARY, key) for key in (self.client, self.server) if key)
        if self.place:
            yield PLACE, self.place


def in_place_of(plan: Plan, event: Event, own: str | None, key: str) -> Plan:
    """A plan of this event alone that uses the library ``key`` in place of its ``own`` (none: in addition)."""
    if LIBRARIES[key].side == "server":
        return replace(plan, sources=replace(plan.sources, server=key), events=(event,))
    sources = replace(plan.sources, client=_swapped(plan.sources.client, own, key))
    where = event.sources if event.sources == "all" else _swapped(event.sources, own, key)
    return replace(plan, sources=sources, events=(replace(event, sources=where),))


def _swapped(keys: Iterable[str], own: str | None, key: str) -> tuple[str, ...]:
    kept = tuple(key if each == own else each for each in keys)
    return tuple(dict.fromkeys(kept if own else (*kept, key)))
