"""The pages of a long list. Every view that splits a list over several pages reads the page of its address here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

_DIGITS = 9
"""Number of digits of a page number that are read. No list has so many pages."""


@dataclass(frozen=True)
class Pager:
    """One page of a list: its ``number``, counted from 1, the ``size`` of a page, and the ``total`` number of items."""

    number: int
    size: int
    total: int

    @classmethod
    def of(cls, asked: str, size: int, total: int) -> Pager:
        """Return the page that an address asks for: the last one if there are fewer, the first one if it is no number."""
        return cls(min(_number_in(asked), _count(size, total)), size, total)

    @property
    def pages(self) -> int:
        """The number of pages. An empty list has one."""
        return _count(self.size, self.total)

    @property
    def start(self) -> int:
        """The index of the first item of this page, counted from 0."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The position of the first item of this page, counted from 1."""
        return self.start + 1

    @property
    def last(self) -> int:
        """The position of the last item of this page; 0 for an empty list."""
        return min(self.start + self.size, self.total)

    @property
    def previous(self) -> int | None:
        """The number of the page before this one; None if this is the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after this one; None if this is the last."""
        return self.number + 1 if self.number < self.pages else None

    def cut(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items of this page."""
        return items[self.start : self.start + self.size]


def _count(size: int, total: int) -> int:
    return max(1, -(-total // size))


def _number_in(text: str) -> int:
    digits = text.strip().lstrip("0")
    return int(digits[:_DIGITS]) if digits.isascii() and digits.isdecimal() else 1
