"""Finds the known name that somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from advisor.document.problems import shown

_LONGEST = 200  # comparing is quadratic, and no known name is this long


def nearest_of(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean …?`` with the known name most like this one; empty if none is similar."""
    if len(name) > _LONGEST:
        return ""
    folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1)
    return f" Did you mean {folded[close[0]]}?" if close else ""


def not_known(key: str, known: Collection[str]) -> str:
    """Return the message for a key that an object does not have."""
    return f"The key {shown(key)} is not known here.{nearest_of(key, known)} Known: {', '.join(known)}."
