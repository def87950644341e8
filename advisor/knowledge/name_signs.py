"""What the words of an event's name say about its answers: a refund is a payment, a click is perhaps seen by the page only.

``name_signs.csv`` is our own judgement. A row speaks for names that have one of its ``words``, one of the words in ``with``
if there are any, and none of the words in ``without``, in any tense or number. ``y`` and ``n`` are answers to suggest;
``y?`` and ``n?`` say too little to be more than a hint. The first row that speaks about a question counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from advisor.knowledge.name_words import stem, words_of
from advisor.knowledge.tables import rows_of
from advisor.model import Answer

_LETTERS: dict[str, Answer] = {"y": "yes", "n": "no"}
_CONDITIONS = ("words", "with", "without")


@dataclass(frozen=True)
class SuggestedAnswer:
    """A suggested answer to one question, and its source in a few words. ``maybe``: it is shown, but never filled in."""

    question: str
    answer: Answer
    source: str
    maybe: bool = False


@dataclass(frozen=True)
class _Sign:
    """One row of the table, with the stems of its words."""

    words: frozenset[str]
    together_with: frozenset[str]
    without: frozenset[str]
    answers: dict[str, tuple[Answer, bool]]

    def speaks_for(self, stems: frozenset[str]) -> bool:
        """Return whether the row applies to a name with these stems."""
        return (
            not self.words.isdisjoint(stems)
            and (not self.together_with or not self.together_with.isdisjoint(stems))
            and self.without.isdisjoint(stems)
        )


def answers_from_words(name: str) -> dict[str, SuggestedAnswer]:
    """Return what the words of a name suggest, by question; empty if they say nothing.

    After a row that hints at something only the page or app sees (… Viewed, … Clicked), other rows only hint, too.
    """
    words = words_of(name)
    stems = frozenset(map(stem, words))
    found: dict[str, SuggestedAnswer] = {}
    only_hints = False
    for sign in _signs():
        if sign.speaks_for(stems):
            word = next(word for word in words if stem(word) in sign.words)
            for question, (answer, maybe) in sign.answers.items():
                said = SuggestedAnswer(question, answer, f"the word “{word.capitalize()}”", maybe or only_hints)
                found.setdefault(question, said)
            only_hints = only_hints or sign.answers.get("browser_only") == ("yes", True)
    return found


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(_sign(row) for row in rows_of("name_signs.csv"))


def _sign(row: dict[str, str]) -> _Sign:
    words, together_with, without = (frozenset(map(stem, row.pop(name).split())) for name in _CONDITIONS)
    answers = {key: (_LETTERS[letters[0]], letters.endswith("?")) for key, letters in row.items() if letters}
    return _Sign(words, together_with, without, answers)
