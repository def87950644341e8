"""The formats of other tools that a plan can be written in, and what its files say of ours besides. For pages and the API."""

from __future__ import annotations

from typing import Literal, get_args

from advisor.formats import EXPORTS
from advisor.formats.format import Format, WriteOptions
from advisor.formats.registry import formats

Addition = Literal["side", "everything", "nothing"]
"""What a file says besides what the format is made for. ``side``: where each event is tracked, in the place that people
filter by. ``everything``: all answers, decisions and notes, too, so that they come back.
"""
ADDITIONS: tuple[Addition, ...] = get_args(Addition)
_OPTIONS: dict[Addition, WriteOptions] = {
    "side": WriteOptions(verdict=True),
    "everything": WriteOptions(verdict=True, advisor_data=True),
    "nothing": WriteOptions(),
}
_OURS = frozenset({*EXPORTS, "tracking-plan", "decision-record"})
"""The formats that are offered as ours, under these or other keys."""


def written_for_tools() -> tuple[Format, ...]:
    """Return the formats of other tools that can be written, in the order of the registry."""
    return tuple(each for each in formats().values() if each.writes and each.key not in _OURS)


def tool_format(key: str) -> Format | None:
    """Return the format of another tool with this key; None if there is none to write."""
    return next((each for each in written_for_tools() if each.key == key), None)


def options_for(addition: Addition) -> WriteOptions:
    """Return what a writer has to add."""
    return _OPTIONS[addition]
