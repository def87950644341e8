"""Names in lines of about a width, for pictures: an SVG text has one line and wraps nothing by itself."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Scripts and emoji need these inside words."""

_FEW = 4


def wrapped(text: str, width: int, most: int = 2) -> list[str]:
    """The text in at most so many lines of about this width; what doesn't fit is cut with an ellipsis."""
    lines: list[str] = []
    rest = _printable(text)
    while rest and len(lines) < most:
        line, rest = _first_line(rest, width)
        lines.append(line)
    if rest and lines:
        lines[-1] = _fitting(lines[-1], width - 1).rstrip() + "…"
    return lines or ["…"]


def _first_line(text: str, width: int) -> tuple[str, str]:
    fitting = _fitting(text, width)
    if len(fitting) == len(text):
        return text, ""
    at = fitting.rfind(" ") if text[len(fitting)] != " " else len(fitting)
    at = at if at > len(fitting) // 3 else len(fitting)
    return text[:at].rstrip(), text[at:].lstrip()


def _fitting(text: str, width: int) -> str:
    used = 0.0
    capitals = 0
    for place, character in enumerate(text):
        capitals = capitals + 1 if character.isupper() else 0
        used += _width(character, capitals)
        if used > width:
            return text[: max(place, 1)]
    return text


def _width(character: str, capitals: int) -> float:
    """In letters of about the average. ``capitals`` that follow each other are wide; a few hide among the others."""
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1.35 if capitals > _FEW else 1


def _printable(text: str) -> str:
    """Without control characters and marks of direction: an SVG text has one line and one direction."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    return " ".join("".join(filter(_is_drawn, kept)).split())


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character) != "Cf" or character in _JOINERS
