"""The values that a pasted text can hold, a call in any of the libraries' languages, and the place of each part."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from advisor.explain.parse.source import line_starts

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


class Undefined(Enum):
    """JavaScript's ``undefined``. A type of its own, because libraries treat it differently from null, which is None here."""

    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Variable:
    """An expression whose value isn't in the text: a name, a call, a condition. ``name`` is its text, shortened."""

    name: str


class OpenObject(dict[str, "Value"]):
    """An object with entries that aren't written out, because of a spread or a computed key.

    A key that it doesn't have is unknown, not absent. ``rest`` is the text of the last such spread or key.
    """

    rest: str = "…"


@dataclass(frozen=True)
class Closure:
    """A function as an argument of a call. ``assigned`` are the fields that it sets on the event, under the library's names.

    In a call's path, the entry ``integrations`` of the closure that is argument 2 is ``(2, "integrations")``.
    """

    text: str
    assigned: dict[str, Value] = field(default_factory=dict)


Value: TypeAlias = "bool | int | float | str | Undefined | Variable | Closure | list[Value] | dict[str, Value] | None"
"""JSON, and what else the languages can hold. A `Closure` is only ever an argument, never inside an object."""


@dataclass(frozen=True)
class Invocation:
    """A call: its name as it is written, its positional and its named arguments.

    A message that is built, such as Go's ``analytics.Track{…}`` or Java's ``TrackMessage.builder("X").userId("u")``, is a call
    with named arguments; what a builder enables one by one is its argument ``integrations``. Arguments that aren't written
    out, such as Python's ``**fields``, are under the name ``**``. ``outside`` are the fields that the text sets on an
    event elsewhere, such as in a plugin.
    """

    name: str
    arguments: list[Value]
    keywords: dict[str, Value]
    outside: dict[str, Value] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """The last part of the name: ``track`` of ``analytics.track``."""
        return re.split(r"[^\w$]+", self.name)[-1]


@dataclass(frozen=True)
class Literal:
    """The result of reading a text. ``duplicates`` are the paths of keys that an object has twice; the last one counts.

    ``calls`` is the number of Segment's calls in the text; the value is the first of them, or the first that has an
    integrations object. ``loads`` is True if the text has a call of ``analytics.load`` with options besides.
    """

    value: Value | Invocation
    text: str = ""
    offsets: dict[Path, int] = field(default_factory=dict)
    duplicates: tuple[Path, ...] = ()
    calls: int = 0
    loads: bool = False

    def place(self, path: Path) -> tuple[int, int] | None:
        """Return line and column of the key or item at the path, or of its nearest parent; None if there is no text."""
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
