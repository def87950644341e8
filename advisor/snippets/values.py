"""The values that a snippet passes to a call: plain ones, those of the hand-off, and variables of the snippet itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HandoffPart = Literal["anonymous_id", "user_id", "context", "ids", "properties"]


@dataclass(frozen=True, slots=True)
class Handed:
    """A value of the hand-off: a part as a whole, or one entry of its ``ids`` or ``properties``."""

    part: HandoffPart
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that the snippet itself declares."""

    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a destination in place of true. If none of their values is set at run time, true is sent."""

    options: dict[str, Handed]


Value = None | bool | int | float | str | Handed | Variable | Settings | list["Value"] | dict[str, "Value"]
"""A tree of values; Python's own types represent those of JSON."""

SHARED_ID = Variable("sharedId")
"""The id that two destinations of one vendor use to tell copies of an event apart."""
