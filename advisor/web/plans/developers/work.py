"""Which events the page for developers lists, and what there is to do for each, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.model import Placement
from advisor.presentation.matrix import EventLine
from advisor.web.plans.summary.filter import EventFilter, Listing, listing
from advisor.web.plans.summary.overview import Overview

BUILD, EVERY = "build", "all"
"""Which events to list: those that are agreed and not built yet, or every event of the plan."""
_FACETS = ("placement", "owner")
_CALLS: dict[Placement, str] = {
    "client": "From the client",
    "server": "From the server",
    "both": "From both sides",
}
_MOVES: dict[tuple[Placement, Placement], str] = {
    ("client", "server"): "moves from the client",
    ("server", "client"): "moves from the server",
    ("client", "both"): "adds the server call",
    ("server", "both"): "adds the client call",
    ("both", "client"): "without the server call of today",
    ("both", "server"): "without the client call of today",
}


@dataclass(frozen=True)
class Work:
    """The events to list. ``current`` is the one that is shown in full; None if none matches.

    ``to_build`` and ``implemented`` count the events of the whole plan.
    """

    which: str
    listing: Listing
    current: EventLine | None
    to_build: int
    implemented: int

    @property
    def others(self) -> tuple[EventLine, ...]:
        """Return the listed events besides the current one."""
        return tuple(line for line in self.listing.lines if line is not self.current)

    @property
    def query(self) -> dict[str, Any]:
        """Return what is listed as the query of an address, without the page and the current event."""
        chosen = {name: value for name, value in self.listing.filter.query().items() if name != "status"}
        return chosen | ({"show": EVERY} if self.which == EVERY else {})

    @property
    def is_narrowed(self) -> bool:
        """Return whether the page lists less than all events that are to be built, or than every event."""
        return bool(self.query.keys() - {"show"})


def work(whole: Overview, arguments: Mapping[str, str]) -> Work:
    """Return what the arguments of an address ask for. Unknown values count as not said."""
    which = EVERY if arguments.get("show") == EVERY else BUILD
    asked = {name: arguments.get(name, "") for name in ("find", *_FACETS)}
    asked["status"] = "agreed" if which == BUILD else ""
    listed = listing(whole, EventFilter.of(asked, whole), arguments.get("page", ""))
    wanted = arguments.get("event", "")
    found = next((line for line in listed.matching if line.id == wanted), None)
    statuses = [line.status for line in whole.lines]
    return Work(
        which=which,
        listing=listed,
        current=found or next(iter(listed.lines), None),
        to_build=statuses.count("agreed"),
        implemented=statuses.count("implemented"),
    )


def calls_in_words(line: EventLine) -> str:
    """Return from which side the calls come, and how that differs from today, if today is known."""
    return f"{_CALLS[line.in_force]}{move_in_words(line)}"


def move_in_words(line: EventLine) -> str:
    """Return how the calls differ from today, with a comma before it; empty if that is not known."""
    if line.practice is None:
        return ""
    return f", {_MOVES.get((line.practice.placement, line.in_force), 'as today')}"


def link_to(line: EventLine, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return the query of the address that shows this event in full, with the same events listed."""
    return {**query, "event": line.id}
