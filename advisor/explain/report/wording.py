"""How messages show pasted text and choices. Used by the rooms that write messages."""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN_LENGTH = 60


def quote(text: str) -> str:
    """Return pasted text as a message shows it: quoted, on one line, without invisible characters, shortened."""
    short = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    visible = (char if char.isprintable() else char.encode("unicode-escape").decode() for char in short)
    return f"“{''.join(visible)}”"


def join_choices(names: Iterable[str]) -> str:
    """Return names as a choice in a sentence: ``A, B or C``."""
    items = list(names)
    return " or ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
