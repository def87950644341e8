"""The bars that show how the events of a plan divide into kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Kind = TypeVar("Kind", bound=str)

_WIDTH = 600
"""The width of a bar in units of its picture."""
_GAP = 4


def bars(counts: Iterable[tuple[Kind, int]]) -> tuple[tuple[Kind, float, float], ...]:
    """Return the counts as parts of a bar, each with its kind, start and width. Kinds that have none are left out."""
    found = [(kind, count) for kind, count in counts if count]
    total = sum(count for _, count in found)
    parts, start = [], 0.0
    for kind, count in found:
        width = _WIDTH * count / total
        parts.append((kind, round(start, 2), round(max(width - _GAP, 1), 2)))
        start += width
    return tuple(parts)
