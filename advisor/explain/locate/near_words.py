"""Recognises keys that were meant to be ``integrations``: other spellings, and words that other tools use for it."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.explain.parse.values import Value, Variable

WORD = "integrations"
_OTHER_WORDS = frozenset({"destination", "destinations", "provider", "providers", "enabledintegrations"})
_CAPITAL = "Integrations"
"""A near word that is reported as its own kind of problem."""
_LONGEST = 24


def near_words(value: Mapping[str, Value]) -> list[str]:
    """Return the keys of an options argument or a message that were probably meant to be ``integrations``."""
    if WORD in value:
        return []
    return [key for key, each in value.items() if key != _CAPITAL and _is_near(key) and _may_be_it(key, each)]


def _is_near(key: str) -> bool:
    bare = "".join(filter(str.isalnum, key[:_LONGEST])).casefold()
    return bare in _OTHER_WORDS or (abs(len(bare) - len(WORD)) <= 2 and _distance(bare, WORD) <= 2)


def _may_be_it(key: str, value: Value) -> bool:
    """Return whether the value looks like the object. A variable is enough if the word itself is close."""
    if isinstance(value, Variable):
        return "".join(filter(str.isalnum, key)).casefold() not in _OTHER_WORDS
    return isinstance(value, dict) and any(isinstance(each, bool | dict) for each in value.values())


def _distance(first: str, second: str) -> int:
    """Return how many letters have to be changed, added or left out (Levenshtein)."""
    row = list(range(len(second) + 1))
    for number, one in enumerate(first, 1):
        above, row[0] = row[0], number
        for place, other in enumerate(second, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (one != other))
    return row[-1]
