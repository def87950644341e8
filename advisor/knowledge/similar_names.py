"""Measures how alike two names are: misspelt, or made of the same words. Less similar names are never suggested.

Used by the catalogue to suggest destinations.
"""

import re

from advisor.knowledge.aliases import GENERIC_WORDS, SYNONYMS

LONGEST_COMPARED = 100
"""The most characters of a name that is compared; longer names match nothing."""
_SHORTEST_WORD = 3


def misspelling(name: str, other: str) -> int | None:
    """Return the number of typing mistakes between two names; None if there are too many.

    Blanks, capitals and punctuation don't count. Short names may have fewer mistakes than long ones; digits must match.
    """
    first, second = _letters(name), _letters(other)
    allowed = 0 if len(first) < 4 else 1 if len(first) < 8 else 2
    if abs(len(first) - len(second)) > allowed or _digits(first) != _digits(second) or not first:
        return None
    slips = _slips(first, second)
    return slips if slips <= allowed else None


def shared_words(name: str, other: str) -> tuple[int, int] | None:
    """Return how far two names differ in words (less is closer); None unless one has all telling words of the other.

    A word is telling if it is long enough and not generic.
    """
    first, second = _words(name), _words(other)
    telling, others = _telling(first), _telling(second)
    if not (telling and telling <= second) and not (others and others <= first):
        return None
    return len(telling ^ others), len(first ^ second)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))[:LONGEST_COMPARED]


def _digits(letters: str) -> str:
    return "".join(filter(str.isdigit, letters))


def _words(name: str) -> frozenset[str]:
    plain = re.findall(r"[^\W_]+", name.casefold()[:LONGEST_COMPARED])
    return frozenset(each for word in plain for each in SYNONYMS.get(word, word).split())


def _telling(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words - GENERIC_WORDS if len(word) >= _SHORTEST_WORD)


def _slips(first: str, second: str) -> int:
    """Return how many letters are changed, added, left out, or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, one in enumerate(first, 1):
        here = [row]
        for column, other in enumerate(second, 1):
            best = min(above[column] + 1, here[-1] + 1, above[column - 1] + (one != other))
            if row > 1 and column > 1 and one == second[column - 2] and first[row - 2] == other:
                best = min(best, before[column - 2] + 1)
            here.append(best)
        before, above = above, here
    return above[-1]
