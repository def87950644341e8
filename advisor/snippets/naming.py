"""Names of functions for the calls of a plan: ASCII words, unique, and never a word of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.model import CallType

_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_MOST_WORDS = 8
_LONGEST_WORD = 20


@dataclass(frozen=True)
class FunctionName:
    """A name as words in lower case. The call type comes first, so it begins with a letter and is no keyword."""

    words: tuple[str, ...]

    @property
    def snake(self) -> str:
        """``track_order_completed``."""
        return "_".join(self.words)

    @property
    def kebab(self) -> str:
        """``track-order-completed``."""
        return "-".join(self.words)

    @property
    def camel(self) -> str:
        """``trackOrderCompleted``."""
        return self.words[0] + self.pascal[len(self.words[0]) :]

    @property
    def pascal(self) -> str:
        """``TrackOrderCompleted``."""
        return "".join(word.capitalize() for word in self.words)


def function_names(calls: Iterable[tuple[CallType, str]]) -> Iterator[FunctionName]:
    """A name for each call type and event name, in their order."""
    taken: set[str] = set()
    for kind, name in calls:
        words = (kind, *_words(name))
        number = 1
        # Numbers are compared without separators: trackA1 and track_a_1 must not meet in camel case.
        while "".join(unique := words if number == 1 else (*words, "no", str(number))) in taken:
            number += 1
        taken.add("".join(unique))
        yield FunctionName(unique)


def _words(name: str) -> tuple[str, ...]:
    """Words are split where case changes as well; what is not ASCII leaves no trace."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return tuple(word.lower()[:_LONGEST_WORD] for word in _WORD.findall(spaced)[:_MOST_WORDS])
