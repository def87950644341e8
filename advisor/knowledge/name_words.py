"""The words of a name, however they are joined: ``Order Completed``, ``order_completed``, ``orderCompleted``."""

from __future__ import annotations

import re

from advisor.knowledge.name_styles import PAST

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SIBILANTS = ("ches", "shes", "xes", "zes", "sses")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters. Numbers are words of their own."""
    return tuple(word.casefold() for token in _TOKEN.findall(name) for word in _HUMP.split(token))


def stem(word: str) -> str:
    """Return the word without the ending of a plural or a tense: the same for ``completed`` and ``completes``."""
    word = PAST.get(word, word)
    if len(word) <= 3 or not word.isalpha() or not word.isascii():
        return word
    if word.endswith(("ied", "ies")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5:
        word = word[:-3]
    elif (word.endswith("ed") and len(word) > 4) or word.endswith(_SIBILANTS):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = word.removesuffix("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
