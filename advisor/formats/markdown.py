"""Writes plain text into CommonMark and GitHub's tables, for the decision record.

Text shows exactly as it was entered and can't become Markdown structure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_OPENING = re.compile(r"^(\d*)([-+=.)])")
"""Matches characters that start a list or underline a heading when they are at the beginning of a line."""
_BACKTICKS = re.compile(r"`+")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Unicode direction marks. They could reverse the text that follows the name in which they occur."""


def inline(text: str) -> str:
    """Return the text as one line, with every character escaped that has a meaning in Markdown."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def code(text: str) -> str:
    """Return the text as a code span that also works inside a table. Empty text becomes a blank."""
    plain = one_line(text) or " "
    longest = max(map(len, _BACKTICKS.findall(plain)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if longest else ""
    # Tables are split into cells before code spans are parsed, so a pipe needs a backslash even inside code.
    return f"{fence}{edge}{plain.replace('|', chr(92) + '|')}{edge}{fence}"


def block(text: str, language: str) -> str:
    """Return the text as a fenced code block."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def paragraphs(text: str) -> str:
    """Return a text of several lines as one paragraph that keeps the line breaks. Blank lines are left out."""
    lines = [inline(line) for line in text.splitlines() if line.strip()]
    return "\\\n".join(lines)


def link(title: str, address: str) -> str:
    """Return a link. The address is not escaped, so it must come from this app and not from a plan."""
    return f"[{inline(title)}](<{address}>)"


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table. The cells are not escaped, so they must be Markdown already."""
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def one_line(text: str) -> str:
    """Return the text on one line, without control characters and direction marks."""
    kept = "".join(_visible(character) for character in text)
    return " ".join(kept.split())


def _visible(character: str) -> str:
    if character in _DIRECTIONS:
        return ""
    return " " if unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs") else character
