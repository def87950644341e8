"""What a pasted text can hold: values of JSON and JavaScript, a call, and where each part stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from advisor.explain.scanner import line_starts

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


class Undefined(Enum):
    """JavaScript's ``undefined``."""

    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that stands for a value we can't know, as it was written."""

    name: str


Value: TypeAlias = "bool | int | float | str | Undefined | Variable | list[Value] | dict[str, Value] | None"
"""JSON, and what a JavaScript literal can hold besides."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call: the dotted name, its positional arguments and Python's keyword arguments."""

    name: str
    arguments: list[Value]
    keywords: dict[str, Value]

    @property
    def method(self) -> str:
        """The last part of the name: ``track`` of ``analytics.track``."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Literal:
    """What was read. ``duplicates`` are the paths of keys that an object has twice; the last one counts."""

    value: Value | Invocation
    text: str = ""
    offsets: dict[Path, int] = field(default_factory=dict)
    duplicates: tuple[Path, ...] = ()

    def place(self, path: Path) -> tuple[int, int] | None:
        """Line and column of the key or item at the path, or of the nearest one above it, if there is a text."""
        while path not in self.offsets:
            if not path:
                return None
            path = path[:-1]
        offset = self.offsets[path]
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return line_starts(self.text)
