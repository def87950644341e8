"""Which events of a plan a page lists: the filter that its address holds, and pages of a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.presentation.matrix import EventLine
from advisor.web.plan_overview import Overview

PER_PAGE = 100
PLACEMENTS = ("client", "server", "both", "open")


@dataclass(frozen=True)
class EventFilter:
    """A text that the name holds, and a placement; empty for all."""

    text: str
    placement: str
    page: int

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> EventFilter:
        """The filter of an address. What makes no sense counts as not there."""
        placement, page = arguments.get("placement", ""), arguments.get("page", "")
        is_number = page.isascii() and page.isdecimal() and len(page) < 5
        return cls(
            text=arguments.get("find", "")[:500],
            placement=placement if placement in PLACEMENTS else "",
            page=max(int(page), 1) if is_number else 1,
        )

    @property
    def is_on(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text.strip() or self.placement)

    def matches(self, line: EventLine) -> bool:
        """Whether an event passes."""
        if self.placement and self.placement != _placement(line):
            return False
        return self.text.strip().casefold() in line.name.casefold()

    def query(self, page: int = 1) -> dict[str, str]:
        """The filter as the query of an address."""
        pairs = {"find": self.text, "placement": self.placement, "page": str(page) if page > 1 else ""}
        return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True)
class Listing:
    """The events of one page of a list: those that match, and the part of them that is shown."""

    filter: EventFilter
    matching: int
    lines: tuple[EventLine, ...]
    first: int
    pages: int

    @property
    def last(self) -> int:
        """The number of the last event that is shown."""
        return self.first + len(self.lines) - 1


def listing(whole: Overview, wanted: EventFilter) -> Listing:
    """The events that pass the filter, a page of them."""
    matching = [line for line in whole.lines if wanted.matches(line)] if wanted.is_on else whole.lines
    pages = max(1, -(-len(matching) // PER_PAGE))
    page = min(wanted.page, pages)
    start = (page - 1) * PER_PAGE
    shown = EventFilter(wanted.text, wanted.placement, page)
    return Listing(shown, len(matching), tuple(matching[start : start + PER_PAGE]), start + 1, pages)


def _placement(line: EventLine) -> str:
    return "open" if line.place.tone == "open" else line.place.word.lower()
