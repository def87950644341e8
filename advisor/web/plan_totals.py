"""What the columns of the matrix add up to: how many events each destination gets, and from which side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.presentation.matrix import Cell, EventLine


@dataclass(frozen=True)
class Total:
    """What one destination gets: of how many events, from which call, and how many want it in vain.

    An event that both calls deliver counts once in ``events``, and on each side.
    """

    events: int = 0
    client: int = 0
    server: int = 0
    unreachable: int = 0


def totals(lines: Sequence[EventLine], columns: int) -> tuple[Total, ...]:
    """The totals of these lines, a column each."""
    if not lines:
        return (Total(),) * columns
    return tuple(_total(cells) for cells in zip(*(line.cells for line in lines), strict=True))


def _total(cells: tuple[Cell, ...]) -> Total:
    # Few cells differ, so that the objects are counted, which is much quicker than looking at each.
    counts, known = Counter(map(id, cells)), {id(cell): cell for cell in cells}
    events = client = server = unreachable = 0
    for number, count in counts.items():
        cell = known[number]
        sides = {side for side, _ in cell.sent}
        events += count * bool(sides)
        client += count * ("client" in sides)
        server += count * ("server" in sides)
        unreachable += count * (cell.kind == "bad")
    return Total(events, client, server, unreachable)
