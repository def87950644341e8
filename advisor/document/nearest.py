"""Finds the known name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.text import did_you_mean, nearest_name, quote


def nearest_of(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean …?`` with the known name most like this one; empty if none is similar."""
    return did_you_mean(filter(None, [nearest_name(name, known)]))


def not_known(key: str, known: Collection[str]) -> str:
    """Return the message for a key that an object does not have."""
    return f"The key {quote(key)} is not known here.{nearest_of(key, known)} Known: {', '.join(known)}."
