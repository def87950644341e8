"""Every completion of the answers, as tables: what ``settled``, ``decisive`` and flips rest on, never a sample.

A completion answers every question yes or no; it is a number with one bit per question, in their order. A set
of completions is a number with one bit per completion.
"""

from functools import lru_cache
from typing import NamedTuple

from advisor.advice.law import ANSWERS, Rules, Signals, Situation
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Answer, Placement

COMPLETIONS = 1 << len(QUESTION_KEYS)
PLACEMENTS: tuple[Placement, ...] = ("client", "server", "both")


class Move(NamedTuple):
    """Another answer to a question: what it takes from the signals, and what it adds."""

    question: str
    answer: Answer
    keeps: int
    adds: int


class Table:
    """All placements of one situation, and where each question alone decides."""

    def __init__(self, signals: Signals, situation: Situation) -> None:
        self.signals = signals
        self.situation = situation
        self.placements = bytes(
            PLACEMENTS.index(signals.weigh(mask, situation).placement) for mask in range(1 << len(signals.bits))
        )
        completed = bytes(self.placements[signals.of(_completion(number))] for number in range(COMPLETIONS))
        self.moves = tuple(_moves(key, place) for key, place in zip(QUESTION_KEYS, signals.places, strict=True))
        self.decides = tuple(_where_it_decides(completed, place) for place in range(len(QUESTION_KEYS)))


def _moves(question: str, place: dict[Answer, int]) -> dict[Answer, tuple[Move, ...]]:
    """For each answer to a question, the moves to the yes and no that it is not."""
    return {
        answer: tuple(Move(question, other, ~place[answer], place[other]) for other in ("yes", "no") if other != answer)
        for answer in ANSWERS
    }


def _completion(number: int) -> tuple[Answer, ...]:
    return tuple("yes" if number >> place & 1 else "no" for place in range(len(QUESTION_KEYS)))


def _where_it_decides(completed: bytes, place: int) -> int:
    """The completions with this answer no, as bits, whose placement changes when it becomes yes."""
    step = 1 << place
    return sum(
        1 << number
        for number in range(COMPLETIONS)
        if not number & step and completed[number] != completed[number | step]
    )


def _agreeing(place: int) -> dict[Answer, int]:
    """The completions that agree with an answer to the question at this place, as bits."""
    yes = sum(1 << number for number in range(COMPLETIONS) if number >> place & 1)
    every = (1 << COMPLETIONS) - 1
    return {"yes": yes, "no": every & ~yes, "unsure": every}


AGREEING = tuple(_agreeing(place) for place in range(len(QUESTION_KEYS)))


@lru_cache(maxsize=1024)
def table_of(rules: Rules, situation: Situation) -> Table:
    """The table of a situation under these rules, worked out once."""
    return Table(Signals(rules), situation)
