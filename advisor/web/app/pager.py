"""The pages of a long list. Every view that splits a list over several pages reads the page of its address here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from advisor.text import whole_number

Item = TypeVar("Item")

_DIGITS = 4_000
"""Maximum number of digits of a page number. Python reads no number of more than 4,300 digits."""


@dataclass(frozen=True)
class Pager:
    """One page of a list: its ``number``, counted from 1, the ``size`` of a page, and the ``total`` number of items."""

    number: int
    size: int
    total: int

    @classmethod
    def of(cls, asked: str, size: int, total: int) -> Pager:
        """Return the page that an address asks for: the last one if there are fewer, the first one if it is no number."""
        return cls(min(whole_number(asked.strip(), _DIGITS) or 1, _count(size, total)), size, total)

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
