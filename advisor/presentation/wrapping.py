"""Wraps names into lines of a given width, for diagrams: SVG does not wrap text."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Invisible joiners that some scripts and emoji need inside words."""

_FEW = 4


def wrap(text: str, width: int, most: int = 2) -> list[str]:
    """Return the text in at most ``most`` lines of about this width. Text that doesn't fit is replaced by an ellipsis."""
    lines: list[str] = []
    rest = _printable(text)
    while rest and len(lines) < most:
        line, rest = _first_line(rest, width)
        lines.append(line)
    if rest and lines:
        lines[-1] = _fit(lines[-1], width - 1).rstrip() + "…"
    return lines or ["…"]


def _first_line(text: str, width: int) -> tuple[str, str]:
    fitting = _fit(text, width)
    if len(fitting) == len(text):
        return text, ""
    at = fitting.rfind(" ") if text[len(fitting)] != " " else len(fitting)
    at = at if at > len(fitting) // 3 else len(fitting)
    return text[:at].rstrip(), text[at:].lstrip()


def _fit(text: str, width: int) -> str:
    used = 0.0
    capitals = 0
    for place, character in enumerate(text):
        capitals = capitals + 1 if character.isupper() else 0
        used += _width(character, capitals)
        if used > width:
            return text[: max(place, 1)]
    return text


def _width(character: str, capitals: int) -> float:
    """Return the width of a character, in average letters.

    ``capitals`` is the number of capital letters in a row up to this character. More than a few of them count as wide.
    """
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1.35 if capitals > _FEW else 1


def _printable(text: str) -> str:
    """Return the text without control characters and direction marks: an SVG text has one line and one direction."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    return " ".join("".join(filter(_is_drawn, kept)).split())


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character) != "Cf" or character in _JOINERS
