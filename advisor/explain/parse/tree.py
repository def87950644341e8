"""The nodes of an expression in any language: values, objects, calls, functions, and opaque expressions.

``start`` is always the position in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from advisor.explain.parse.values import Undefined

Plain: TypeAlias = "bool | int | float | str | Undefined | None"
"""A value without parts."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a number, true, false, null or undefined. ``symbol`` is True for a name as a value, such as Ruby's ``:name``."""

    value: Plain
    start: int
    symbol: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name, perhaps dotted."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Opaque:
    """An expression that isn't analysed."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function as a value; its tokens begin at the index ``first`` and end before ``last``."""

    text: str
    start: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an object. Without a key it is a ``spread``, or its key is computed."""

    key: str | None
    value: Node
    start: int
    symbol: bool = False
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """An object, with the name of its type if it is written."""

    entries: tuple[Entry, ...]
    start: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, with the name of its type if it is written."""

    items: tuple[Node, ...]
    start: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call, with its name if it has one. A ``spread`` stands for any number of arguments."""

    value: Node
    start: int
    name: str | None = None
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a name, or of a method on an expression. ``text`` is the whole call as written."""

    name: str
    arguments: tuple[Argument, ...]
    start: int
    receiver: Node | None = None
    text: str = ""

    @property
    def method(self) -> str:
        """The last part of the name."""
        for link in (".", "::", "->", "/"):
            _, found, last = self.name.rpartition(link)
            if found:
                return last if link != "." else last.rpartition("::")[2]
        return self.name


@dataclass(frozen=True, slots=True)
class Choice:
    """An expression that gives one of several values. Which one is only known at run time."""

    alternatives: tuple[Node, ...]
    start: int
    text: str = ""


Node: TypeAlias = "Constant | Name | Opaque | Function | Mapping | Sequence | Call | Choice"
