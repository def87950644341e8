"""The columns of the matrix: grouped by what can reach the tool, sorted by use, and without those that no event wants."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.presentation.matrix import Column
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.totals import Total

_GROUPS = (
    ("Client only", "client", ("client only", "loads only")),
    ("Any side", "both", ("any side",)),
    ("Server only", "server", ("server only",)),
    ("No events", "no", ("no events",)),
)
"""The title and the mark of each group, and what its columns accept."""
FITTING = 27
"""The number of columns that fit beside the names in a window of 1280 pixels."""
FEW = 14
"""Up to this number of columns, there is room for long names of events."""


@dataclass(frozen=True)
class ShownColumn:
    """A column of the matrix: its place among the plan's destinations, and the total of the events that match."""

    place: int
    column: Column
    total: Total
    is_first: bool


@dataclass(frozen=True)
class ColumnGroup:
    """Columns that the same sides can reach, those of most use first."""

    title: str
    mark: str
    columns: tuple[ShownColumn, ...]


@dataclass(frozen=True)
class MatrixColumns:
    """The groups of columns that are shown, and the destinations that no event wants."""

    groups: tuple[ColumnGroup, ...]
    unused: tuple[Column, ...]

    @property
    def shown(self) -> tuple[ShownColumn, ...]:
        """Return all columns of all groups, in their order."""
        return tuple(column for group in self.groups for column in group.columns)

    @property
    def size(self) -> str:
        """Return ``few``, ``many``, or ``wide`` for more columns than fit."""
        count = len(self.shown)
        return "few" if count <= FEW else "many" if count <= FITTING else "wide"


def arrange(whole: Overview, sums: tuple[Total, ...]) -> MatrixColumns:
    """Return the columns of a plan in groups. ``sums`` has the total of each column that the matrix shows.

    The order depends on the whole plan, so that it stays the same with any filter.
    """
    used = [place for place, is_wanted in enumerate(whole.wanted) if is_wanted]
    used.sort(key=lambda place: -whole.totals[place].events)
    groups = []
    for title, mark, accepted in _GROUPS:
        places = [place for place in used if whole.columns[place].accepts in accepted]
        if places:
            columns = tuple(
                ShownColumn(place, whole.columns[place], sums[place], place == places[0]) for place in places
            )
            groups.append(ColumnGroup(title, mark, columns))
    unused = tuple(column for column, is_wanted in zip(whole.columns, whole.wanted, strict=True) if not is_wanted)
    return MatrixColumns(tuple(groups), unused)
