"""Names of functions for the calls of a plan: ASCII words, unique, and never a keyword of a language.

Used by `files` and `handoff_code`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.model import CallType

_WORD = re.compile(r"[a-z]+|[0-9]+")
_MOST_WORDS = 8
_LONGEST_WORD = 20
_MARK = 8
"""How many hexadecimal digits tell names apart that the same words would have."""


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
    """Yield a name for each call type and event name, in their order.

    A name comes from its own event, so it stays the same when other events come, go or move. A mark that is made from the
    event follows the words if the name has letters of another script, and if events with other names have the same words.
    Equal events are numbered.
    """
    listed = list(calls)
    spellings: dict[str, set[str]] = defaultdict(set)
    for kind, name in listed:
        spellings["".join(_words(kind, name)[0])].add(name)
    taken: set[str] = set()
    for kind, name in listed:
        words, is_whole = _words(kind, name)
        if not is_whole or len(spellings["".join(words)]) > 1:
            words = (*words, _mark(kind, name))
        number = 1
        # Names are compared without separators: trackA1 and track_a_1 must differ in camel case, too.
        while "".join(unique := words if number == 1 else (*words, "no", str(number))) in taken:
            number += 1
        taken.add("".join(unique))
        yield FunctionName(unique)


def _words(kind: CallType, name: str) -> tuple[tuple[str, ...], bool]:
    """Return the words of a call, also split where the case changes, and whether its name can be written in such words.

    Letters lose their accents, those of other scripts are left out, and long names are cut.
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare).casefold()
    words = _WORD.findall(plain)
    is_whole = bool(words) and len("".join(words)) == sum(map(str.isalnum, plain))
    return (kind, *(word[:_LONGEST_WORD] for word in words[:_MOST_WORDS])), is_whole


def _mark(kind: CallType, name: str) -> str:
    return hashlib.sha256(f"{kind} {name}".encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
