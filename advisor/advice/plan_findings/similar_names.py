"""Finds names that read alike: the same words in another case, number or tense, joined differently, or with one typo.

Names that read alike share a key, so that one pass through a plan is enough. Names with different numbers do not read
alike: “Step 1 Viewed”, “Step 2 Viewed”. Used by the findings about names of events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from advisor.knowledge.name_styles import PAST, VERBS
from advisor.knowledge.name_words import stem, words_of

Key = tuple[str, ...]

_SHORTEST_TYPO, _LONGEST_TYPO = 6, 24
_PLAIN = re.compile(r"[A-Z][a-z]*(?: (?:[A-Z][a-z]*|[0-9]+))*")


def likeness_keys(names: Iterable[str]) -> dict[str, Key]:
    """Return a key for each name that has words. Names that read alike have the same key."""
    words = {name: found for name in names if (found := _words(name))}
    stems = {word: stem(word) for word in set(chain.from_iterable(words.values()))}
    typos = _typos(set(stems.values()))
    meant = {word: typos.get(found, found) for word, found in stems.items()}
    return {name: _key([meant[word] for word in found]) for name, found in words.items()}


def _words(name: str) -> tuple[str, ...]:
    # Most names are plain, and splitting them is enough.
    return tuple(name.lower().split(" ")) if _PLAIN.fullmatch(name) else words_of(name)


def _key(stems: list[str]) -> Key:
    # “Order Completed” and “Completed Order” are the same; three or more words may mean something else in another order.
    return tuple(sorted(stems)) if len(stems) == 2 else tuple(stems)


_KNOWN = frozenset(stem(word.casefold()) for word in chain(VERBS, VERBS.values(), PAST.values()))


def _typos(stems: set[str]) -> dict[str, str]:
    """Return a table of stem -> the first stem that differs from it in one letter, for stems that have one.

    Words that differ in one letter become equal if that letter is removed from one or from both. So each word is indexed
    by itself and by every form of it with one letter removed.
    """
    near: dict[str, list[str]] = {}
    for word in sorted(stems):
        if _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO and word.isalpha():
            for left in _lessened(word):
                near.setdefault(left, []).append(word)
    meant: dict[str, str] = {}
    for words in near.values():
        for word in words[1:]:
            if _is_typo(words[0], word):
                meant[word] = min(meant.get(word, word), words[0])
    return meant


def _lessened(word: str) -> Iterator[str]:
    yield word
    yield from {word[:place] + word[place + 1 :] for place in range(1, len(word))}


def _is_typo(one: str, other: str) -> bool:
    """Return whether one letter is left out, added, wrong, or swapped with the next. False if both words are known."""
    if one in _KNOWN and other in _KNOWN:
        return False
    if len(one) != len(other):
        return True
    wrong = [place for place, letter in enumerate(one) if letter != other[place]]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1
