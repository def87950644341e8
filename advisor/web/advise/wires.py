"""Where the wires of the first page's picture run: curves from the event to its lanes, and from a lane to its tools.

Lengths are sixteenths of a rem, so that the picture grows with the text. The stylesheet ``advise/way.css`` has the same sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ROW, _GAP = 32, 6
"""The height of a tool, and the space between two."""
_EDGE = 11
"""The padding of a lane with its line."""
_BETWEEN = 12
"""The space between two lanes."""
_FROM_EVENT, _TO_TOOL = 40, 56
"""How wide the wires from the event and those to the tools are."""
_TIP = 6


@dataclass(frozen=True, slots=True)
class Wire:
    """A curve with the triangle at its end, as paths of SVG."""

    line: str
    tip: str


def height_of_lane(tools: int) -> int:
    """Return how high a lane with this number of tools is."""
    return _height_of(tools) + 2 * _EDGE


def wires_from_event(heights: Sequence[int]) -> tuple[tuple[Wire, ...], int]:
    """Return the wires from the event to lanes of these heights, and how high all of it is."""
    total = sum(heights) + _BETWEEN * (len(heights) - 1)
    tops = [sum(heights[:index]) + _BETWEEN * index for index in range(len(heights))]
    ends = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
    return tuple(_wire(total / 2, end, _FROM_EVENT) for end in ends), total


def wires_to_tools(tools: int) -> tuple[Wire, ...]:
    """Return the wires from the side of a lane to each of its tools."""
    middle = _height_of(tools) / 2
    return tuple(_wire(middle, _ROW / 2 + index * (_ROW + _GAP), _TO_TOOL) for index in range(tools))


def _height_of(tools: int) -> int:
    return tools * (_ROW + _GAP) - _GAP


def _wire(start: float, end: float, width: int) -> Wire:
    bend, stop = width / 2, width - _TIP
    return Wire(
        line=f"M0 {start:g}C{bend:g} {start:g} {bend:g} {end:g} {stop} {end:g}",
        tip=f"M{stop - 1} {end - 4.5:g}l{_TIP + 1} 4.5-{_TIP + 1} 4.5z",
    )
