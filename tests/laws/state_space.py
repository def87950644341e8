"""Every state that a placement can depend on, decided once by the engine and once by the reference.

A `Space` is all the answers an event can have (3 to the power of the questions that a person answers) in one
kind of surroundings. States are numbered; `switched` says which state follows when one answer changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any

from advisor.advice.placement.decide import decide
from advisor.advice.placement.facts import Facts
from advisor.advice.reach.situation import Situation

from .reference import QUESTIONS, Surroundings, Verdict, matching, weigh

ANSWERS = ("no", "yes", "unsure")
NO, YES, UNSURE = range(3)
DERIVED = "client_only_destination"
"""The question that the destinations answer wherever a plan names some."""
EVIDENCE = {
    "server": {
        "payment": "yes",
        "sensitive": "yes",
        "computed_from_database": "yes",
        "user_absent": "yes",
        "accuracy": "yes",
        "stored_in_database": "yes",
    },
    "client": {
        "browser_only": "yes",
        "needs_cookies": "yes",
        "needs_client_context": "yes",
        "stored_in_database": "no",
    },
}
"""For each side, the answers that speak for it."""


def facts_of(answers: tuple[str, ...], around: Surroundings) -> Facts:
    """The engine's facts for the answers to every question that a person answers here."""
    overruled = frozenset({DERIVED}) if around.named else frozenset()
    if around.named:
        sensitive = answers[QUESTIONS.index("sensitive")] == "yes"
        wanted = around.client_only_if_sensitive if sensitive else around.client_only
        answers = (*answers, "yes" if wanted else "no")
    return Facts(answers=answers, overruled=overruled, situation=Situation(**vars(around)))


@dataclass(frozen=True)
class Space:
    """All states of one kind of surroundings."""

    around: Surroundings

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that a person answers here."""
        return QUESTIONS[:-1] if self.around.named else QUESTIONS

    @cached_property
    def states(self) -> list[tuple[str, ...]]:
        """Every combination of answers, numbered in this order."""
        return list(product(ANSWERS, repeat=len(self.questions)))

    @cached_property
    def decisions(self) -> list[Any]:
        """What the engine decides, state by state."""
        return [decide(facts_of(state, self.around)) for state in self.states]

    @cached_property
    def placements(self) -> list[str]:
        """The engine's placements."""
        return [decision.placement for decision in self.decisions]

    @cached_property
    def matching(self) -> list[frozenset[str]]:
        """The rules whose facts hold, state by state, without the tie-break."""
        return [matching(self.answers(state), self.around) for state in self.states]

    @cached_property
    def expected(self) -> list[Verdict]:
        """What the reference says, state by state."""
        return [weigh(rules, self.around) for rules in self.matching]

    def answers(self, state: tuple[str, ...]) -> dict[str, str]:
        """A state as a mapping; the derived question has no answer of a person."""
        return {DERIVED: "unsure", **dict(zip(self.questions, state, strict=True))}

    def place(self, question: str) -> tuple[int, int]:
        """The place of a question in a state, and the distance of two of its answers in the numbering."""
        index = self.questions.index(question)
        return index, 3 ** (len(self.questions) - 1 - index)

    def holding(self, **answers: str) -> list[int]:
        """The numbers of the states with these answers."""
        places = [(self.questions.index(question), answer) for question, answer in answers.items()]
        return [number for number, state in enumerate(self.states) if all(state[at] == is_ for at, is_ in places)]

    def switched(self, question: str, to: str = "yes") -> list[tuple[int, int]]:
        """(before, after) for every state in which the answer to the question is another one."""
        index, apart = self.place(question)
        target = ANSWERS.index(to)
        digits = [ANSWERS.index(state[index]) for state in self.states]
        return [(n, n + (target - digit) * apart) for n, digit in enumerate(digits) if digit != target]

    def show(self, number: int) -> str:
        """A state in words, for the message of a failing test."""
        given = {
            question: answer for question, answer in self.answers(self.states[number]).items() if answer != "unsure"
        }
        held = [name for name, holds in vars(self.around).items() if holds]
        return f"{given} with {held}: {self.decisions[number]}"


@cache
def spaces() -> tuple[Space, ...]:
    """No destinations, then the mixes of wants and work that tell two states of a plan with destinations apart.

    What makes no difference by law (a warehouse instead of a delivery, say) is checked in samples elsewhere.
    """
    unnamed = [Surroundings()]
    plain = [Surroundings(named=True)]
    server_only = [
        Surroundings(True, False, False, True, if_sensitive, server_delivers=True, client_delivers=work)
        for work, if_sensitive in ((False, True), (True, True), (True, False))
    ]
    client_only = [
        Surroundings(True, True, if_sensitive, *server_only, server_delivers, client_delivers=True)
        for if_sensitive, server_only, server_delivers in (
            (True, (False, False), False),
            (True, (False, False), True),
            (True, (True, True), True),
            (False, (False, False), False),
            (False, (True, True), True),
            (True, (True, False), True),
        )
    ]
    return tuple(map(Space, (*unnamed, *plain, *server_only, *client_only)))


def switches(question: str, to: str = "yes") -> Iterator[tuple[Space, int, int]]:
    """Every (space, before, after) in which a person changes the answer to this question."""
    for space in spaces():
        if question in space.questions:
            for before, after in space.switched(question, to):
                yield space, before, after
