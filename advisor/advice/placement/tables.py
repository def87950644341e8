"""Tables of all completions of the answers, from which ``settled``, ``decisive`` and flips are found.

A completion answers every question yes or no; it is a number with one bit per question, in their order. A set of
completions is a number with one bit per completion. All completions are computed; nothing is sampled. Used by
`advisor.advice.placement.decide`.
"""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from advisor.advice.placement.weigh import ANSWERS, Rules, Signals
from advisor.advice.reach.situation import Situation
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Answer, Placement

COMPLETIONS = 1 << len(QUESTION_KEYS)
PLACEMENTS: tuple[Placement, ...] = ("client", "server", "both")
MIDDLE = len(QUESTION_KEYS) // 2
"""The index at which the answers are split into two halves."""


class Half(NamedTuple):
    """The signals of one half of the answers, the completions that agree with it, and the indexes of open questions."""

    signals: int
    agreeing: int
    open: tuple[int, ...]


class Move(NamedTuple):
    """Another answer to a question: ``keeps`` is a mask of the signals that remain, ``adds`` has its own signals."""

    question: str
    answer: Answer
    keeps: int
    adds: int


class Reading:
    """The signals of all answers under a set of rules. They do not depend on the situation.

    Every combination of each half of the answers is prepared: an event needs two look-ups instead of ten.
    """

    def __init__(self, rules: Rules) -> None:
        self.signals = Signals(rules)
        self.first = self._halves(range(MIDDLE))
        self.last = self._halves(range(MIDDLE, len(QUESTION_KEYS)))
        self.moves = tuple(
            Move(question, answer, ~sum(place.values()), place[answer])
            for question, place in zip(QUESTION_KEYS, self.signals.places, strict=True)
            for answer in ANSWERS
            if answer != "unsure"
        )
        self.completions = tuple(self.signals.of(_completion(number)) for number in range(COMPLETIONS))

    def _halves(self, places: range) -> dict[tuple[Answer, ...], Half]:
        return {answers: self._half(places, answers) for answers in product(ANSWERS, repeat=len(places))}

    def _half(self, places: range, answers: tuple[Answer, ...]) -> Half:
        signals, agreeing = 0, ALL
        for place, answer in zip(places, answers, strict=True):
            signals |= self.signals.places[place][answer]
            agreeing &= AGREEING[place][answer]
        return Half(
            signals, agreeing, tuple(place for place, answer in zip(places, answers, strict=True) if answer == "unsure")
        )


class Table:
    """All placements of one situation by signals, and for each question the completions that it alone decides."""

    def __init__(self, rules: Rules, situation: Situation) -> None:
        self.rules = rules
        self.situation = situation
        self.reading = reading_of(rules)
        signals = self.reading.signals
        self.placements: tuple[Placement, ...] = tuple(
            signals.weigh(given, situation).placement for given in range(1 << len(signals.bits))
        )
        completed = [self.placements[given] for given in self.reading.completions]
        placed = [
            sum(1 << number for number, there in enumerate(completed) if there == placement) for placement in PLACEMENTS
        ]
        self.decides = tuple(_where_it_decides(placed, place) for place in range(len(QUESTION_KEYS)))


def _completion(number: int) -> tuple[Answer, ...]:
    return tuple("yes" if number >> place & 1 else "no" for place in range(len(QUESTION_KEYS)))


def _where_it_decides(placed: list[int], place: int) -> int:
    """Return the completions, as bits, with this answer no whose placement changes if it becomes yes.

    ``placed`` has the completions of each placement, as bits.
    """
    changed = 0
    for there in placed:
        changed |= there ^ there >> (1 << place)
    return changed & AGREEING[place]["no"]


def _agreeing(place: int) -> dict[Answer, int]:
    """Return the completions, as bits, that agree with each answer to the question at this place."""
    yes = sum(1 << number for number in range(COMPLETIONS) if number >> place & 1)
    return {"yes": yes, "no": ALL & ~yes, "unsure": ALL}


ALL = (1 << COMPLETIONS) - 1
AGREEING = tuple(_agreeing(place) for place in range(len(QUESTION_KEYS)))


@lru_cache(maxsize=32)
def reading_of(rules: Rules) -> Reading:
    """Return the signals of all answers under these rules, computed once."""
    return Reading(rules)


@lru_cache(maxsize=1024)
def table_of(rules: Rules, situation: Situation) -> Table:
    """Return the table of a situation under these rules, computed once."""
    return Table(rules, situation)
