"""The limits of pasted texts, and the error that says where reading stopped."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right

from advisor.document_limits import MAX_DEPTH
from advisor.text import shorten

MAX_LENGTH = 65_536
"""The maximum number of characters; Segment itself refuses a call of more than 32 KB."""
LARGEST = int(sys.float_info.max)
"""The largest double, and so the largest number in JavaScript and Segment."""
_SHOWN = 60
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile(r"\r\n?|\n")


class LiteralError(ValueError):
    """The error for a text that can't be read. ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"Line {line}, column {column}: {message}")
        self.message, self.line, self.column = message, line, column


def line_starts(text: str) -> tuple[int, ...]:
    """Return the position at which each line begins."""
    return (0, *(found.end() for found in _LINE_BREAK.finditer(text)))


def error_at(text: str, position: int, message: str) -> LiteralError:
    """Return the error for a position in a text."""
    starts = line_starts(text)
    line = bisect_right(starts, position)
    return LiteralError(message, line, position - starts[line - 1] + 1)


def check_text(text: str) -> None:
    """Raise `LiteralError` for a text that is too long or contains a lone surrogate."""
    if len(text) > MAX_LENGTH:
        raise error_at(text, MAX_LENGTH, f"only the first {MAX_LENGTH:,} characters are read. Paste the object alone.")
    if half := _SURROGATE.search(text):
        raise error_at(text, half.start(), "this is half of a character.")


def check_value(value: object) -> None:
    """Raise `ValueError` for a value that is nested too deeply or has a number that is too large for a double."""
    waiting: list[tuple[object, int]] = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, dict | list) and depth > MAX_DEPTH:
            raise ValueError(f"Objects can be nested {MAX_DEPTH} deep, not deeper.")
        if isinstance(item, int) and abs(item) > LARGEST:
            raise ValueError("A number is too large.")
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        waiting.extend((each, depth + 1) for each in inner)


def shorten_code(text: str) -> str:
    """Return a piece of code as a message shows it: on one line and not too long."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return shorten(line, _SHOWN)
