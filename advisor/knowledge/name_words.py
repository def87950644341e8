"""The words of a name, however they are joined: ``Order Completed``, ``order_completed``, ``orderCompleted``."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters. Numbers are words of their own."""
    return tuple(word.casefold() for token in _TOKEN.findall(name) for word in _HUMP.split(token))
