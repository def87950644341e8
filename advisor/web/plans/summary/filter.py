"""The filter and the pages of an event list: read from the address, they select the events that a page shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advisor.presentation.matrix import EventLine
from advisor.web.app.pager import Pager
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.practice import in_order_of_weight

PER_PAGE = 100
LONGEST = 500
_SHOWN = 60


@dataclass(frozen=True)
class EventFilter:
    """A text to find in event names, and the chosen options. ``ignored`` lists the options that the plan doesn't have."""

    text: str
    chosen: dict[str, str]
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, arguments: Mapping[str, str], whole: Overview) -> EventFilter:
        """Return the filter of an address. Unknown options go to ``ignored``."""
        chosen, ignored = {}, []
        for facet in whole.facets.values():
            value = arguments.get(facet.name, "")
            if value in facet.options:
                chosen[facet.name] = value
            elif value.strip():
                ignored.append(f"{facet.label} “{value[:_SHOWN]}”")
        text = arguments.get("find", "")[:LONGEST]
        return cls(text, chosen, tuple(ignored))

    @property
    def is_on(self) -> bool:
        """Return whether the filter has a text or a chosen option."""
        return bool(self.text.strip() or self.chosen)

    def query(self, page: int | None = None) -> dict[str, str]:
        """Return the filter as the query of an address, with the number of a page unless it is the first."""
        pairs = {"find": self.text.strip(), **self.chosen, "page": str(page) if page and page > 1 else ""}
        return {key: value for key, value in pairs.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the query of the filter without one of its parts."""
        return {key: value for key, value in self.query().items() if key != name}


@dataclass(frozen=True)
class Chip:
    """One part of a filter that can be removed: its label and text, its parameter, and the query without it."""

    label: str
    text: str
    name: str
    query: dict[str, str]


@dataclass(frozen=True)
class Listing:
    """One page of a list of events. ``matching`` are all events that match, ``lines`` those on this page."""

    filter: EventFilter
    chips: tuple[Chip, ...]
    matching: tuple[EventLine, ...]
    lines: tuple[EventLine, ...]
    pager: Pager


def listing(whole: Overview, wanted: EventFilter, page: str = "", among: Collection[str] | None = None) -> Listing:
    """Return a page of the events that match the filter. ``page`` is its number as the address has it.

    ``among`` are the ids of the only events to look at; None means all of them.
    """
    matching = _matching(whole, wanted) if wanted.is_on else whole.lines
    if among is not None:
        matching = tuple(line for line in matching if line.id in among)
    pager = Pager.of(page, PER_PAGE, len(matching))
    return Listing(wanted, tuple(_chips(whole, wanted)), matching, tuple(pager.cut(matching)), pager)


def _matching(whole: Overview, wanted: EventFilter) -> tuple[EventLine, ...]:
    passing = set(range(len(whole.lines)))
    for name, value in wanted.chosen.items():
        passing &= whole.facets[name].options[value].events
    found = [whole.lines[place] for place in sorted(passing)]
    if {"to", "reach"} <= wanted.chosen.keys():
        # Both together mean events that can't reach this destination, not events that can't reach another one.
        number = next(at for at, column in enumerate(whole.columns) if column.key == wanted.chosen["to"])
        found = [line for line in found if line.cells[number].kind == "bad"]
    if text := wanted.text.strip().casefold():
        found = [line for line in found if text in line.name.casefold()]
    # A list of differences begins with those that weigh most.
    return in_order_of_weight(tuple(found)) if wanted.chosen.get("practice") == "differs" else tuple(found)


def _chips(whole: Overview, wanted: EventFilter) -> list[Chip]:
    chips = [
        Chip(whole.facets[name].label, whole.facets[name].options[value].text, name, wanted.without(name))
        for name, value in wanted.chosen.items()
    ]
    if text := wanted.text.strip():
        chips.insert(0, Chip("Name", f"“{text[:_SHOWN]}”", "find", wanted.without("find")))
    return chips
