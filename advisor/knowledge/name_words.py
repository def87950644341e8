"""The words of a name, however they are joined: ``Order Completed``, ``order_completed``, ``orderCompleted``."""

from __future__ import annotations

import re

from advisor.knowledge.name_styles import PAST

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SIBILANTS = ("ches", "shes", "xes", "zes", "sses")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_SOURCES = frozenset(
    {
        *("web", "ios", "android", "fe", "be", "srv", "ga", "ga4", "fb", "frontend", "backend", "amplitude"),
        *("website", "desktop", "ecommerce"),
    }
)
"""Words before a name that only say where the call is made, or for which tool."""
_PERHAPS_SOURCES = frozenset({"app", "mobile", "server", "client", "event", "evt", "track", "checkout"})
"""Words that say so before two words or more; before one they may be what the name is about: “App Purchase”."""
_AFTER = frozenset({"event", "web", "ios", "android", "app", "mobile", "server", "backend", "frontend", "side"})
"""Words after a name that only say where the call is made, or that it is an event."""

_NO_HUMPS = frozenset({"iOS", "macOS"})
"""Words that have a capital inside."""


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters. Numbers are words of their own."""
    return tuple(word.casefold() for token in _TOKEN.findall(name) for word in _words_in(token))


def _words_in(token: str) -> list[str]:
    return [token] if token in _NO_HUMPS else _HUMP.split(token)


def without_affixes(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without those around it that say its source or its version; all of them if none is left."""
    inner = words
    while len(inner) > 1 and (inner[0] in _SOURCES or (inner[0] in _PERHAPS_SOURCES and len(inner) > 2)):
        inner = inner[1:]
    while len(inner) > 2 and (shorter := _without_version(inner)) != inner:
        inner = shorter
    return inner


def _without_version(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without a version at the end, as in ``v2.1``, or one word that only says where the call is made."""
    if words[-1] in _AFTER:
        return words[:-1]
    numbers = len(words)
    while words[numbers - 1].isdecimal() and numbers > 2:
        numbers -= 1
    return words[: numbers - 1] if numbers < len(words) and words[numbers - 1] == "v" else words


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
