"""The visitor's choice of code in the advice panel: a library per side, a place of the hand-off, and the side in view.

The choice is part of the address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

from advisor.knowledge.libraries import LIBRARIES, find_library
from advisor.model import Event, Plan, Side

LIBRARY, PLACE, SIDE = "library", "handoff", "side"
"""The names of the arguments in an address."""


@dataclass(frozen=True)
class Chosen:
    """The chosen code. None for a side means the plan's own library, None for ``place`` the first place of the hand-off.

    ``side`` is the side whose code is in view; None means the first one.
    """

    client: str | None = None
    server: str | None = None
    place: str | None = None
    side: Side | None = None

    @classmethod
    def of(cls, values: MultiDict[str, str]) -> Chosen:
        """Return the choice in an address or a form. Unknown library names are dropped; the last one of each side counts."""
        keys = [key for name in values.getlist(LIBRARY) if (key := find_library(name))]
        sides = {LIBRARIES[key].side: key for key in keys}
        side = values.get(SIDE)
        in_view = cast(Side, side) if side in ("client", "server") else None
        return cls(sides.get("client"), sides.get("server"), values.get(PLACE) or None, in_view)

    def library(self, side: Side) -> str | None:
        """Return the library chosen for this side, or None."""
        return self.client if side == "client" else self.server

    def pairs(self) -> list[tuple[str, str]]:
        """Return the choice as arguments of an address."""
        return list(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        yield from ((LIBRARY, key) for key in (self.client, self.server) if key)
        if self.place:
            yield PLACE, self.place
        if self.side:
            yield SIDE, self.side


def in_place_of(plan: Plan, event: Event, own: str | None, key: str) -> Plan:
    """Return a plan with only this event that uses the library ``key`` instead of ``own`` (None: in addition)."""
    if LIBRARIES[key].side == "server":
        return replace(plan, sources=replace(plan.sources, server=key), events=(event,))
    sources = replace(plan.sources, client=_swap(plan.sources.client, own, key))
    where = event.sources if event.sources == "all" else _swap(event.sources, own, key)
    return replace(plan, sources=sources, events=(replace(event, sources=where),))


def _swap(keys: Iterable[str], own: str | None, key: str) -> tuple[str, ...]:
    kept = tuple(key if each == own else each for each in keys)
    return tuple(dict.fromkeys(kept if own else (*kept, key)))
