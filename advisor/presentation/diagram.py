"""Draws the diagram of an event as shapes, for the advice panel: wide for screens, narrow for phones.

Sizes are SVG user units.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.presentation.lanes import Box, Lane
from advisor.presentation.wrapping import wrap

PITCH = 40
BOX = 34
PADDING = 14
GAP = 17
_WIDE, _NARROW = 720, 320
_EVENT_WIDTH, _EVENT_LINE = 148, 16
_LANE_LEFT, _LANE_RIGHT = 196.5, 713.5
_BOX_LEFT, _BOX_RIGHT = 408.5, 701.5
_WIDE_BOX_LINE, _NARROW_BOX_LINE = 34, 28
_NARROW_LANE_LEFT, _NARROW_RIGHT, _NARROW_HEAD, _NARROW_PITCH = 24.5, 318.5, 38, 39


@dataclass(frozen=True)
class Rect:
    """A rectangle with rounded corners."""

    css: str
    x: float
    y: float
    width: float
    height: float
    radius: float = 10
    shape: Literal["rect"] = "rect"


@dataclass(frozen=True)
class Circle:
    """A circle: the mark of the client."""

    css: str
    x: float
    y: float
    radius: float
    shape: Literal["circle"] = "circle"


@dataclass(frozen=True)
class Line:
    """A path. ``d`` is the SVG path data."""

    css: str
    d: str
    shape: Literal["path"] = "path"


@dataclass(frozen=True)
class Label:
    """A line of text; ``y`` is its baseline."""

    css: str
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    shape: Literal["text"] = "text"


Shape = Rect | Circle | Line | Label


@dataclass(frozen=True)
class Picture:
    """The size of a diagram, and its shapes in the order in which they are drawn."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def wide(name: str, call: str, lanes: tuple[Lane, ...]) -> Picture:
    """Return the wide diagram: the event on the left, the lanes with their destinations on the right."""
    lines = wrap(name, _EVENT_LINE, 3)
    event_height = 35 + 17 * len(lines)
    tops, height = _stack(lanes, event_height)
    middle = height / 2
    relayed: float | None = None
    shapes: list[Shape] = []
    for lane, top in zip(lanes, tops, strict=True):
        shapes += _wide_lane(lane, top)
        centre = top + _lane_height(lane) / 2
        if relayed is not None and lane.kind == "server":
            shapes.append(Line("ln-wire ln-wire-server", f"M219 {_n(relayed + 9)}V{_n(centre - 20)}"))
            shapes.append(Line("ln-tip-server", f"M214.5 {_n(centre - 23)}h9l-4.5 7z"))
        else:
            shapes.append(Line(f"ln-wire {_wire(lane)}", _curve(152, middle, 206, centre)))
        if lane.kind == "relay":
            relayed = centre
    shapes.append(Rect("ln-event", 6, middle - event_height / 2, _EVENT_WIDTH, event_height, 8))
    for number, text in enumerate((*lines, call)):
        css = "ln-event-s" if number == len(lines) else "ln-event-t"
        shapes.append(Label(css, 80, middle - event_height / 2 + 22 + 17 * number, text, "middle"))
    return Picture(_WIDE, height, tuple(shapes))


def _lane_height(lane: Lane) -> float:
    return 2 * PADDING + max(PITCH * len(lane.boxes) - (PITCH - BOX), 18 if lane.kind == "relay" else BOX)


def _stack(lanes: tuple[Lane, ...], least: float) -> tuple[list[float], float]:
    height = sum(map(_lane_height, lanes)) + GAP * max(len(lanes) - 1, 0)
    top, tops = 6.5 + max(least - height, 0) / 2, []
    for lane in lanes:
        tops.append(top)
        top += _lane_height(lane) + GAP
    return tops, max(height, least) + 13


def _wide_lane(lane: Lane, top: float) -> Iterator[Shape]:
    height = _lane_height(lane)
    middle = top + height / 2
    yield Rect(_ground(lane), _LANE_LEFT, top, _LANE_RIGHT - _LANE_LEFT, height)
    yield from _mark(lane, 219, middle - 6)
    yield Label(_title(lane), 234, middle - 1.5, lane.title)
    yield Label(_note(lane), 234, middle + 15, lane.note)
    first = middle - (PITCH * len(lane.boxes) - (PITCH - BOX)) / 2
    start = max(234 + 7 * len(lane.note) + 8, 300)
    for number, box in enumerate(lane.boxes):
        y = first + PITCH * number
        if lane.kind != "refused":
            yield Line(f"ln-wire {_wire(lane)}", _curve(start, middle, 402, y + BOX / 2))
            yield Line(f"ln-tip-{lane.kind}", f"M401 {_n(y + BOX / 2 - 4.5)}l7 4.5-7 4.5z")
        yield from _box(lane, box, _BOX_LEFT, y, _BOX_RIGHT, _WIDE_BOX_LINE)


def narrow(name: str, call: str, lanes: tuple[Lane, ...]) -> Picture:
    """Return the narrow diagram: the event on top, the lanes below, connected by a line on the left."""
    lines = wrap(name, 30)
    bottom = 4 + 17 * len(lines) + 17
    shapes: list[Shape] = [Rect("ln-event", 1, 2, _NARROW - 2, bottom - 2, 8)]
    shapes += [Label("ln-event-t", 16, 24 + 17 * number, text) for number, text in enumerate(lines)]
    shapes.append(Label("ln-event-s", 304, 24, call, "end"))
    top = bottom + 16.5
    wires: list[Shape] = []
    for lane in lanes:
        height = _NARROW_HEAD + _NARROW_PITCH * len(lane.boxes) + (5 if lane.boxes else 14)
        wires.append(Line(f"ln-wire {_wire(lane)}", f"M10 {_n(bottom)}V{_n(top + 21)}H{_n(_NARROW_LANE_LEFT - 1)}"))
        shapes.append(Rect(_ground(lane), _NARROW_LANE_LEFT, top, _NARROW_RIGHT - _NARROW_LANE_LEFT, height))
        shapes += _narrow_lane(lane, top)
        top += height + GAP
    # The last wire is drawn first, so that the nearest lane's colour is on top where wires overlap.
    return Picture(_NARROW, max(top - GAP, bottom) + 2, (*reversed(wires), *shapes))


def _narrow_lane(lane: Lane, top: float) -> Iterator[Shape]:
    left = _NARROW_LANE_LEFT + 10
    yield from _mark(lane, left + 9, top + 20.5)
    yield Label(_title(lane), left + 24, top + 25, lane.title)
    if lane.boxes:
        yield Label(_note(lane), _NARROW_RIGHT - 12, top + 25, lane.note, "end")
    else:
        yield Label(_note(lane), left + 24, top + 41, lane.note)
    for number, box in enumerate(lane.boxes):
        y = top + _NARROW_HEAD + _NARROW_PITCH * number
        yield from _box(lane, box, left, y, _NARROW_RIGHT - 10, _NARROW_BOX_LINE)


def _box(lane: Lane, box: Box, left: float, top: float, right: float, line: int) -> Iterator[Shape]:
    css = "ln-off" if lane.kind == "refused" or box.faint else f"ln-box-{lane.kind}"
    yield Rect(css, left, top, right - left, BOX, 6)
    lines = wrap(box.text, line if box.mode else line + 6)
    first = top + (22 if len(lines) == 1 else 15)
    for number, text in enumerate(lines):
        yield Label("ln-s" if box.faint or len(lines) > 1 else "", left + 13, first + 13.5 * number, text)
    if box.mode:
        yield Label("ln-s", right - 11, top + 22, box.mode, "end")


def _mark(lane: Lane, x: float, y: float) -> Iterator[Shape]:
    if lane.kind == "refused":
        yield Line("ln-no", f"m{_n(x - 6)} {_n(y - 6)} 12 12m0-12-12 12")
    elif lane.kind == "server":
        yield Rect("ln-tip-server", x - 7, y - 7, 14, 14, 2.5)
    else:
        yield Circle("ln-tip-client", x, y, 7)


def _ground(lane: Lane) -> str:
    return f"ln-lane-{lane.kind}" if lane.kind in ("client", "server") else "ln-off"


def _wire(lane: Lane) -> str:
    return {"refused": "ln-wire-off", "relay": "ln-wire-client"}.get(lane.kind, f"ln-wire-{lane.kind}")


def _title(lane: Lane) -> str:
    return {"refused": "ln-bad", "relay": ""}.get(lane.kind, f"ln-{lane.kind}")


def _note(lane: Lane) -> str:
    return "ln-m" if lane.kind in ("client", "server") else "ln-s"


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    if y == to_y:
        return f"M{_n(x)} {_n(y)}H{_n(to_x)}"
    half = (x + to_x) / 2
    return f"M{_n(x)} {_n(y)}C{_n(half)} {_n(y)} {_n(half)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"


def _n(value: float) -> str:
    return f"{value:g}"
