"""Which events of a plan a page lists: the filter that its address holds, and pages of two hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.presentation.matrix import EventLine
from advisor.web.plan_overview import Overview

PER_PAGE = 200
_LONGEST = 500
_SHOWN = 60


@dataclass(frozen=True)
class EventFilter:
    """A text that the name holds, and a choice for some of the facets; ``ignored`` says what the plan hasn't got."""

    text: str
    chosen: dict[str, str]
    page: int
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, arguments: Mapping[str, str], whole: Overview) -> EventFilter:
        """The filter of an address. What makes no sense counts as not there, and is told."""
        chosen, ignored = {}, []
        for facet in whole.facets.values():
            value = arguments.get(facet.name, "")
            if value in facet.options:
                chosen[facet.name] = value
            elif value.strip():
                ignored.append(f"{facet.label} “{value[:_SHOWN]}”")
        page = arguments.get("page", "")
        is_number = page.isascii() and page.isdecimal() and len(page) < 5
        text = arguments.get("find", "")[:_LONGEST]
        return cls(text, chosen, max(int(page), 1) if is_number else 1, tuple(ignored))

    @property
    def is_on(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text.strip() or self.chosen)

    def query(self, page: int = 1) -> dict[str, str]:
        """The filter as the query of an address."""
        pairs = {"find": self.text.strip(), **self.chosen, "page": str(page) if page > 1 else ""}
        return {key: value for key, value in pairs.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """The query of the filter without one of its parts."""
        return {key: value for key, value in self.query().items() if key != name}


@dataclass(frozen=True)
class Chip:
    """One part of a filter, to be removed: what it says, its parameter, and the query without it."""

    label: str
    text: str
    name: str
    query: dict[str, str]


@dataclass(frozen=True)
class Listing:
    """The events of one page of a list: ``matching`` are all that match, ``lines`` the part of them that is shown."""

    filter: EventFilter
    chips: tuple[Chip, ...]
    matching: tuple[EventLine, ...]
    lines: tuple[EventLine, ...]
    first: int
    pages: int

    @property
    def last(self) -> int:
        """The number of the last event that is shown."""
        return self.first + len(self.lines) - 1


def listing(whole: Overview, wanted: EventFilter) -> Listing:
    """The events that pass the filter, a page of them."""
    matching = _matching(whole, wanted) if wanted.is_on else whole.lines
    pages = max(1, -(-len(matching) // PER_PAGE))
    page = min(wanted.page, pages)
    start = (page - 1) * PER_PAGE
    shown = replace(wanted, page=page)
    return Listing(shown, tuple(_chips(whole, wanted)), matching, matching[start : start + PER_PAGE], start + 1, pages)


def _matching(whole: Overview, wanted: EventFilter) -> tuple[EventLine, ...]:
    passing = set(range(len(whole.lines)))
    for name, value in wanted.chosen.items():
        passing &= whole.facets[name].options[value].events
    found = [whole.lines[place] for place in sorted(passing)]
    if {"to", "reach"} <= wanted.chosen.keys():
        # Both together mean this destination, not one this event wants and another that it can't reach.
        number = next(at for at, column in enumerate(whole.columns) if column.key == wanted.chosen["to"])
        found = [line for line in found if line.cells[number].kind == "bad"]
    if text := wanted.text.strip().casefold():
        found = [line for line in found if text in line.name.casefold()]
    return tuple(found)


def _chips(whole: Overview, wanted: EventFilter) -> list[Chip]:
    chips = [
        Chip(whole.facets[name].label, whole.facets[name].options[value].text, name, wanted.without(name))
        for name, value in wanted.chosen.items()
    ]
    if text := wanted.text.strip():
        chips.insert(0, Chip("Name", f"“{text[:_SHOWN]}”", "find", wanted.without("find")))
    return chips
