"""Short words for what an advice says: how a side, a placement, a list or a number reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Placement

Tone = Literal["client", "server", "both", "none", "bad", "open", "suggested"]

_WORDS: dict[Placement, str] = {"client": "Client", "server": "Server", "both": "Both"}
_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Place:
    """Where an event goes, for a table: the mark, the word, and a few words more. ``tone`` is its colour."""

    tone: Tone
    mark: str
    word: str
    more: str = ""


def place(placement: Placement, *, relay: bool = False, settled: bool = True, suggested: bool = False) -> Place:
    """A placement as mark and words. What isn't settled ends in a question mark, unless only suggestions are open."""
    word = _WORDS[placement]
    if not settled and not suggested:
        return Place("open", "open", f"{word}?")
    if not settled:
        return Place("suggested", f"suggested-{placement}", word, "if the suggestions hold")
    if relay and placement == "server":
        return Place("both", "relay", word, "by relay")
    return Place(placement, placement, word, "by relay" if relay else "")


def destination_name(key: str) -> str:
    """The name that people know a destination by; its key if the catalogue has none."""
    row = CATALOGUE.get(key)
    return row.name if row else key


def listed(items: Sequence[str], last: str = "and") -> str:
    """A list as a sentence has it: ``A, B and C``."""
    return " ".join(filter(None, (", ".join(items[:-1]), last if len(items) > 1 else "", *items[-1:])))


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 reason``, ``2 reasons``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spelled(number: int) -> str:
    """Small numbers in letters: ``two``."""
    return _SMALL_NUMBERS[number] if number < len(_SMALL_NUMBERS) else f"{number:,}"
