"""The way through the questions: which one the address asks for, which were asked before, and which comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.web.plans.questions.board import QuestionBoard, QuestionStep


@dataclass(frozen=True)
class Walk:
    """Where a person is: the question that the address names, if any, and those that they have left behind, in turn."""

    asked: str
    seen: tuple[str, ...]

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Walk:
        """Return the walk of an address or of a form. Unknown questions are left out."""
        asked = arguments.get("question", "")
        seen = dict.fromkeys(key for key in arguments.get("seen", "").split(" ") if key in QUESTION_KEYS)
        return cls(asked if asked in QUESTION_KEYS else "", tuple(seen))

    def current(self, board: QuestionBoard) -> QuestionStep | None:
        """Return the question to show: the one asked for, or else the first open one that was not seen; None at the end."""
        if self.asked and (step := board.step(self.asked)):
            return step
        return next((step for step in board.open_steps if step.question.key not in self.seen), None)

    def left(self) -> Walk:
        """Return the walk after the question that is asked now."""
        return Walk("", tuple(dict.fromkeys((*self.seen, self.asked))))

    def back(self) -> Walk:
        """Return the walk one question back; where nothing was seen, it stays."""
        return Walk(self.seen[-1], self.seen[:-1]) if self.seen else self

    def to(self, key: str) -> Walk:
        """Return the walk at another question, as if those seen stayed behind."""
        return Walk(key, tuple(each for each in self.seen if each != key))

    def query(self) -> dict[str, str]:
        """Return the walk as the query of an address."""
        pairs = {"question": self.asked, "seen": " ".join(self.seen)}
        return {key: value for key, value in pairs.items() if value}

    def steps(self, board: QuestionBoard) -> tuple[tuple[QuestionStep, ...], tuple[QuestionStep, ...]]:
        """Return the questions behind and those ahead, without the current one."""
        now = self.current(board)
        behind = [step for step in board.done_steps if step is not now and step.question.key not in self.seen]
        behind += [step for key in self.seen if (step := board.step(key)) and step is not now]
        ahead = [step for step in board.open_steps if step is not now and step.question.key not in self.seen]
        return tuple(behind), tuple(ahead)
