"""Text of any kind inside CommonMark and GitHub's tables: it shows as it is, and can't become structure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_OPENING = re.compile(r"^(\d*)([-+=.)])")
"""What would begin a list or underline a heading, at the beginning only."""
_BACKTICKS = re.compile(r"`+")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that would turn the text behind them around, beyond the name that has them."""


def inline(text: str) -> str:
    """The text for the middle of a line: one line, every character that means something escaped."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def code(text: str) -> str:
    """The text as a code span, also inside a table; a code span can't be empty."""
    plain = one_line(text) or " "
    longest = max(map(len, _BACKTICKS.findall(plain)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if longest else ""
    # A table splits its cells before it looks for code.
    return f"{fence}{edge}{plain.replace('|', chr(92) + '|')}{edge}{fence}"


def block(text: str, language: str) -> str:
    """The text as a fenced block of code."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def paragraphs(text: str) -> str:
    """Text of several lines: its line breaks stay, as breaks inside one paragraph."""
    lines = [inline(line) for line in text.splitlines() if line.strip()]
    return "\\\n".join(lines)


def link(title: str, address: str) -> str:
    """A link to an address of ours."""
    return f"[{inline(title)}](<{address}>)"


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def one_line(text: str) -> str:
    """The text without line breaks, control characters and marks of direction."""
    kept = "".join(_visible(character) for character in text)
    return " ".join(kept.split())


def _visible(character: str) -> str:
    if character in _DIRECTIONS:
        return ""
    return " " if unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs") else character
