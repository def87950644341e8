"""Text between quotation marks: what must be escaped in every language, and the ways of doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

NEWLINES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def quoted(text: str, named: Mapping[str, str], code: Callable[[str], str], quote: str = '"') -> str:
    """The text between quotation marks. ``named`` are characters with an escape of their own.

    Whatever can't be seen (controls, direction marks, odd blanks, unassigned characters) is written by ``code``, so
    that a reader sees what is there.
    """
    escaped = {quote: f"\\{quote}", "\\": r"\\", **NEWLINES, **named}
    return quote + "".join(escaped.get(char) or (char if char.isprintable() else code(char)) for char in text) + quote


def utf16(char: str) -> str:
    r"""``\u200f``, or two of them beyond the basic plane."""
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def braced(char: str) -> str:
    r"""``\u{200f}``."""
    return f"\\u{{{ord(char):x}}}"


def four_or_eight(char: str) -> str:
    r"""``\u200f``, or ``\U000e0001`` beyond the basic plane."""
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
