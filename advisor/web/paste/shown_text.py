"""Shows names as they are: blanks at their ends, which nobody would see, get a mark."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_SHOWN = 120
"""How many characters of a cell a page shows."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in three parts: how many blanks it begins with, what is between, and how many it ends with."""

    before: int
    text: str
    after: int


def shown_text(text: str) -> ShownText:
    """Return a text with its blanks at the ends counted, and shortened in the middle part."""
    inner = text.strip()
    if not inner:
        return ShownText(0, "", 0)
    before = len(text) - len(text.lstrip())
    short = inner if len(inner) <= LONGEST_SHOWN else f"{inner[: LONGEST_SHOWN - 1]}…"
    return ShownText(min(before, 3), short, min(len(text) - len(inner) - before, 3))
