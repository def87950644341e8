"""Writes text between quotation marks: what must be escaped in every language, and how each language does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

NEWLINES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def quote_text(text: str, named: Mapping[str, str], code: Callable[[str], str], quote: str = '"') -> str:
    """Return the text between quotation marks. ``named`` are characters with their own escape.

    Invisible characters (controls, direction marks, unusual spaces, unassigned characters) are written by ``code``, so
    that the reader sees them.
    """
    escaped = {quote: f"\\{quote}", "\\": r"\\", **NEWLINES, **named}
    return quote + "".join(escaped.get(char) or (char if char.isprintable() else code(char)) for char in text) + quote


def utf16(char: str) -> str:
    r"""Return a character as ``\u200f``, or as two of them beyond the basic plane."""
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def braced_escape(char: str) -> str:
    r"""Return a character as ``\u{200f}``."""
    return f"\\u{{{ord(char):x}}}"


def escape_of_four_or_eight(char: str) -> str:
    r"""Return a character as ``\u200f``, or as ``\U000e0001`` beyond the basic plane."""
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
