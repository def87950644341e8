"""Small pieces of text that every room writes the same way: lists, numbers with nouns, quotes, suggestions, and numbers
that a program sent as text. It imports nothing of ours, so that every room can use it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST_QUOTE = 60
"""The maximum number of characters that a message quotes."""
_LONGEST_COMPARED = 200  # comparing is quadratic, and no known name is this long
_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def join_names(names: Iterable[str], last: str = "and") -> str:
    """Return names as a list in a sentence: ``A``, ``A and B``, ``A, B and C``; empty if there are none."""
    items = list(names)
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return the word that fits the number: ``one``, or else ``many``, which is ``one`` with an s if it is not given."""
    return one if number == 1 else many or one + "s"


def quantity(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 reason``, ``2,000 reasons``."""
    return f"{number:,} {plural(number, one, many)}"


def spell_number(number: int) -> str:
    """Return a number up to ten as a word, ``two``, and a larger one in digits."""
    return _SMALL_NUMBERS[number] if number < len(_SMALL_NUMBERS) else f"{number:,}"


def shorten(text: str, longest: int) -> str:
    """Return the text; one that is longer than ``longest`` is cut and ends in an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def escape_invisible(text: str) -> str:
    """Return text on one line: line breaks, direction marks and other invisible characters become escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode-escape").decode() for char in text)


def quote(text: str) -> str:
    """Return text from outside as a message shows it: quoted, shortened, on one line, and nothing in it invisible."""
    return f"“{escape_invisible(shorten(text, LONGEST_QUOTE))}”"


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like this one, apart from capitals; None if none is similar."""
    if len(name) > _LONGEST_COMPARED:
        return None
    folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1)
    return folded[close[0]] if close else None


def did_you_mean(names: Iterable[str]) -> str:
    """Return `` Did you mean A or B?``, to follow a sentence; empty if there are no names."""
    near = join_names(names, "or")
    return f" Did you mean {near}?" if near else ""


def whole_number(text: str | None, digits: int = 9) -> int | None:
    """Return the number that an address or a form contains as text; None unless it is 1 to ``digits`` ASCII digits."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if text is not None and is_number else None
