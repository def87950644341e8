"""A placement as a mark and words, as tables on pages and in files show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.model import Placement

Tone = Literal["client", "server", "both", "none", "bad", "open", "suggested"]

_WORDS: dict[Placement, str] = {"client": "Client", "server": "Server", "both": "Both"}


@dataclass(frozen=True)
class Place:
    """A placement as a table shows it: its ``mark``, a ``word``, and ``more`` words. ``tone`` is the colour."""

    tone: Tone
    mark: str
    word: str
    more: str = ""


def place(placement: Placement, *, relay: bool = False, settled: bool = True, suggested: bool = False) -> Place:
    """Return a placement as mark and words.

    The word ends in a question mark if the placement is not settled, unless only suggestions wait to be accepted.
    """
    word = _WORDS[placement]
    if not settled and not suggested:
        return Place("open", "open", f"{word}?")
    if not settled:
        return Place("suggested", f"suggested-{placement}", word, "if the suggestions hold")
    if relay and placement == "server":
        return Place("both", "relay", word, "by relay")
    return Place(placement, placement, word, "by relay" if relay else "")
