"""What the privacy page shows: the filter of its address, and tables and details that stay small for the largest plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Plan, SourceType
from advisor.privacy import Lens, Receiver
from advisor.privacy.filter import DATA_KINDS, LensFilter, kinds_in
from advisor.privacy.guesses import GuessedKind
from advisor.privacy.sheet import (
    CallLine,
    HeldLine,
    ReceiverGroup,
    RefusedLine,
    call_lines,
    held_lines,
    receiver_groups,
    refused_lines,
)
from advisor.web.app.pager import Pager
from advisor.web.plans.privacy.changes import notes_seen

RECEIVERS_PER_PAGE = 40
LINES_EACH, LINES_OF_ONE = 12, 200
"""How many lines of calls a receiver has among others, and on a page of its own."""
EVENTS_NAMED = 8
LISTED = 40
"""How many guesses, values left out, and refusals the page lists."""


@dataclass(frozen=True)
class ReceiverSheet:
    """A receiver with its calls. ``more`` counts the lines that are left out; ``seen`` identifies its notes."""

    receiver: Receiver
    anchor: str
    lines: tuple[CallLine, ...]
    more: int
    seen: str
    is_open: bool

    @property
    def in_page(self) -> bool:
        """Whether its own code runs on the device for one of these calls."""
        return any(line.mode == "device" for line in self.lines)

    @property
    def by_server(self) -> bool:
        """Whether the server makes one of these calls."""
        return any(line.side == "server" for line in self.lines)


@dataclass(frozen=True)
class GuessGroup:
    """The guesses of one kind. ``more`` counts those that are not listed."""

    kind: str
    word: str
    total: int
    listed: tuple[GuessedKind, ...]

    @property
    def more(self) -> int:
        """The number of guesses that are not listed."""
        return self.total - len(self.listed)


@dataclass(frozen=True)
class Listed:
    """The first entries of a list, and how many it has in all."""

    first: tuple[HeldLine | RefusedLine, ...]
    total: int

    @property
    def more(self) -> int:
        """The number of entries that are not among the first."""
        return self.total - len(self.first)


@dataclass(frozen=True)
class PrivacyPage:
    """Everything on the privacy page. ``query`` is the filter as the query of an address; ``columns`` are the kinds shown.

    ``present`` are all kinds that the calls of the plan carry. ``alone`` is whether the page shows one receiver.
    """

    lens: Lens
    query: dict[str, Any]
    filter: LensFilter
    present: tuple[str, ...]
    columns: tuple[str, ...]
    groups: tuple[ReceiverGroup, ...]
    sheets: tuple[ReceiverSheet, ...]
    pager: Pager
    alone: bool
    held: Listed
    refused: Listed
    guesses: tuple[GuessGroup, ...]
    client_types: tuple[SourceType, ...]


def filter_of(kinds: Sequence[str], side: str) -> LensFilter:
    """Return the filter of an address. Unknown kinds and sides are left out."""
    known = tuple(kind for kind in DATA_KINDS if kind in kinds)
    return LensFilter(known, "client" if side == "client" else "server" if side == "server" else "")


def query_of(chosen: LensFilter) -> dict[str, Any]:
    """Return the query of an address with this filter."""
    query = {"kind": list(chosen.kinds), "by": chosen.side}
    return {name: value for name, value in query.items() if value}


def privacy_page(plan: Plan, lens: Lens, chosen: LensFilter, arguments: Mapping[str, str], edited: str) -> PrivacyPage:
    """Return the page. ``edited`` is the key of a destination whose notes are being edited, which is then open."""
    present = kinds_in(lens)
    narrow = chosen.narrow(lens)
    columns = tuple(kind for kind in present if not chosen.kinds or kind in chosen.kinds)
    receiving = [item for item in narrow.receivers if item.calls or item.loads_only or item.key == edited]
    one = [item for item in receiving if item.key == arguments.get("receiver")]
    if one:
        lines = call_lines(one[0])
        pager = Pager.of(arguments.get("page", ""), LINES_OF_ONE, len(lines))
        shown = [(one[0], tuple(pager.cut(lines)), 0)]
    else:
        pager = _page_with(receiving, arguments.get("page", ""), edited)
        found = [(item, call_lines(item)) for item in pager.cut(receiving)]
        shown = [(item, lines[:LINES_EACH], max(0, len(lines) - LINES_EACH)) for item, lines in found]
    notes = {item.key: item for item in plan.destinations}
    return PrivacyPage(
        lens=lens,
        query=query_of(chosen),
        filter=chosen,
        present=present,
        columns=columns,
        groups=receiver_groups(narrow, columns),
        sheets=tuple(
            ReceiverSheet(
                receiver=item,
                anchor=anchor_of(plan, item.key),
                lines=lines,
                more=more,
                seen=notes_seen(notes[item.key]) if item.key in notes else "",
                is_open=bool(one) or item.key == edited,
            )
            for item, lines, more in shown
        ),
        pager=pager,
        alone=bool(one),
        held=_listed(held_lines(lens)),
        refused=_listed(refused_lines(lens)),
        guesses=guess_groups(lens),
        client_types=tuple(dict.fromkeys(LIBRARIES[key].type for key in plan.sources.client)),
    )


def anchor_of(plan: Plan, key: str) -> str:
    """Return the id that a receiver has on the page."""
    place = next((number for number, item in enumerate(plan.destinations, start=1) if item.key == key), key)
    return f"receiver-{place}"


def guess_groups(lens: Lens) -> tuple[GuessGroup, ...]:
    """Return the guesses of a plan by kind, in the order of the kinds."""
    groups = []
    for kind, word in DATA_KINDS.items():
        found = [item for item in lens.guesses if item.kind == kind]
        if found:
            groups.append(GuessGroup(kind, word, len(found), tuple(found[:LISTED])))
    return tuple(groups)


def _page_with(receiving: list[Receiver], asked: str, edited: str) -> Pager:
    """Return the page that was asked for, or that on which a destination is edited."""
    pager = Pager.of(asked, RECEIVERS_PER_PAGE, len(receiving))
    place = next((index for index, item in enumerate(receiving) if item.key == edited), None)
    return pager if place is None else replace(pager, number=place // RECEIVERS_PER_PAGE + 1)


def _listed(lines: tuple[HeldLine, ...] | tuple[RefusedLine, ...]) -> Listed:
    return Listed(lines[:LISTED], len(lines))
