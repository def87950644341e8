"""The list of events with their review: the counts above it, and what each row shows beside the line of its event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model import Side
from advisor.presentation.matrix import Cell, Column, EventLine
from advisor.web.plans.summary.bars import bars
from advisor.web.plans.summary.filter import Listing
from advisor.web.plans.summary.overview import Overview

COMMENTED = "commented"
"""The parameter of an address that lists only events with comments."""
_ORDER = ("implemented", "agreed", "proposed")


@dataclass(frozen=True)
class Feeds:
    """The destinations that an event feeds by each call, and those that it wants and doesn't reach. Keys and names."""

    client: tuple[Column, ...]
    server: tuple[Column, ...]
    missed: tuple[Column, ...]


@dataclass(frozen=True)
class ReviewRow:
    """One event of the list. ``initials`` stand for its owner; ``feeds`` is None while the event is not settled."""

    line: EventLine
    comments: int
    initials: str
    feeds: Feeds | None


@dataclass(frozen=True)
class ReviewList:
    """The list. The counts are of the whole plan; ``owners`` are all names of owners in it."""

    listing: Listing
    rows: tuple[ReviewRow, ...]
    counts: Mapping[str, int]
    without_owner: int
    comments: int
    owners: tuple[str, ...]
    commented_only: bool

    @property
    def query(self) -> dict[str, str]:
        """Return the filter of the list as the query of an address."""
        return {"view": "list", **self.listing.filter.query(), **({COMMENTED: "yes"} if self.commented_only else {})}

    @property
    def is_narrowed(self) -> bool:
        """Return whether some events are not in the list."""
        return self.commented_only or self.listing.filter.is_on

    @property
    def bars(self) -> tuple[tuple[str, float, float], ...]:
        """Return the statuses as parts of a bar."""
        return bars((status, self.counts.get(status, 0)) for status in _ORDER)


def review_list(whole: Overview, listed: Listing, comments: Mapping[str, int], *, commented_only: bool) -> ReviewList:
    """Return the list of the events on one page. ``comments`` has the number of comments by event id."""
    return ReviewList(
        listing=listed,
        rows=tuple(
            ReviewRow(line, comments.get(line.id, 0), initials(line.owner), _feeds(line, whole.columns))
            for line in listed.lines
        ),
        counts=Counter(line.status for line in whole.lines),
        without_owner=sum(not line.owner for line in whole.lines),
        comments=sum(comments.get(line.id, 0) for line in whole.lines),
        owners=tuple(sorted({line.owner for line in whole.lines if line.owner})),
        commented_only=commented_only,
    )


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else ""


def _feeds(line: EventLine, columns: tuple[Column, ...]) -> Feeds | None:
    if line.state == "unsettled":
        return None
    pairs = tuple(zip(columns, line.cells, strict=True))
    return Feeds(
        client=tuple(column for column, cell in pairs if _is_sent(cell, "client")),
        server=tuple(column for column, cell in pairs if _is_sent(cell, "server")),
        missed=tuple(column for column, cell in pairs if cell.kind == "bad"),
    )


def _is_sent(cell: Cell, side: Side) -> bool:
    return any(by == side for by, _ in cell.sent)
