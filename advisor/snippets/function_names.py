"""Names of functions for the calls of a plan: ASCII words, unique, and never a keyword of a language.

Used by `files` and `handoff_code`.
"""

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
    """A name as words in lower case. The call type comes first, so it begins with a letter and isn't a keyword."""

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
    """Yield a name for each call type and event name, in their order."""
    taken: set[str] = set()
    for kind, name in calls:
        words = (kind, *_words(name))
        number = 1
        # Names are compared without separators: trackA1 and track_a_1 must differ in camel case, too.
        while "".join(unique := words if number == 1 else (*words, "no", str(number))) in taken:
            number += 1
        taken.add("".join(unique))
        yield FunctionName(unique)


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, also split where the case changes, without characters that aren't ASCII."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return tuple(word.lower()[:_LONGEST_WORD] for word in _WORD.findall(spaced)[:_MOST_WORDS])
