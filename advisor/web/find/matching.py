"""Chooses the names that fit what was typed, and puts the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from advisor.knowledge.name_words import words_of

Item = TypeVar("Item")

LONGEST_QUERY = 200
"""The most characters that are searched for."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Matches(Generic[Item]):
    """The items that fit best, at most as many as were asked for, and the ``total`` of those that fit.

    ``grade`` says how well the first one fits: 0 if it has exactly that name, 4 if it only has other words for it.
    """

    items: tuple[Item, ...]
    total: int
    grade: int


def wanted_words(text: str) -> tuple[str, ...]:
    """Return the words to look for, in small letters. A text of signs only is searched for as it is."""
    typed = text[:LONGEST_QUERY].casefold()
    return tuple(_WORD.findall(typed)) or tuple(typed.split())


def matches(
    items: Iterable[Item], wanted: tuple[str, ...], most: int, *, name: Callable[[Item], str], others: str = ""
) -> Matches[Item]:
    """Return the items whose names have all the words, or parts of words; all items if there are no words.

    ``others`` is the attribute of an item with other words that find it, if it has such an attribute.
    """
    graded = []
    for item in items:
        grade = _grade(name(item), getattr(item, others) if others else "", wanted)
        if grade is not None:
            graded.append((grade, item))
    graded.sort(key=lambda pair: pair[0])  # which keeps the given order among equals
    return Matches(tuple(item for _, item in graded[:most]), len(graded), graded[0][0] if graded else 4)


def _grade(name: str, others: str, wanted: tuple[str, ...]) -> int | None:
    """Return how well a name fits, 0 being best; None if it doesn't."""
    folded = name.casefold()
    if not all(word in folded for word in wanted):
        more = f"{folded} {others}".casefold()
        return 4 if others and all(word in more for word in wanted) else None
    whole = " ".join(wanted)
    if folded in (whole, "_".join(wanted), "".join(wanted)):
        return 0
    if not wanted or folded.startswith(whole):
        return 1
    words = words_of(name)
    return 2 if all(any(each.startswith(word) for each in words) for word in wanted) else 3
