"""The totals of the matrix columns: how many events each destination receives, and from which side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.presentation.matrix import Cell, EventLine


@dataclass(frozen=True)
class Total:
    """The total of one destination: the events it receives, also by side, and those that want it but can't reach it.

    An event that both calls deliver counts once in ``events``, and on each side.
    """

    events: int = 0
    client: int = 0
    server: int = 0
    unreachable: int = 0


def totals(lines: Sequence[EventLine], columns: int) -> tuple[Total, ...]:
    """Return the totals of these lines, one for each column. Events that are not settled count nowhere yet."""
    firm = [line.cells for line in lines if line.state != "unsettled"]
    if not firm:
        return (Total(),) * columns
    return tuple(_total(cells) for cells in zip(*firm, strict=True))


def wanted_columns(lines: Sequence[EventLine], columns: int) -> tuple[bool, ...]:
    """Return for each column whether one of these events wants it, or reaches it all the same."""
    if not lines:
        return (False,) * columns
    return tuple(
        any(cell.kind != "off" for cell in cells) for cells in zip(*(line.cells for line in lines), strict=True)
    )


def _total(cells: tuple[Cell, ...]) -> Total:
    # Lines share a small number of cell objects. Counting the objects is much quicker than reading every cell.
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
