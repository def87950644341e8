"""The one thing to do next with a plan, for its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.questions import QUESTION_KEYS, questions_by_key
from advisor.knowledge.wording import plan_wording
from advisor.model import Plan
from advisor.presentation.matrix import EventLine
from advisor.text import quantity
from advisor.web.plans.summary.practice import Audit

_IN_BRACKETS = re.compile(r" \([^)]*\)")
Step = Literal["destinations", "question", "suggestions", "differences", "practice", "developers"]


@dataclass(frozen=True)
class NextStep:
    """The next thing to do: its kind, the request, what it brings, and the text of its button.

    ``question`` is the key of the question to answer, if the step is one.
    """

    kind: Step
    request: str
    gain: str
    button: str
    question: str = ""


def next_step(plan: Plan, lines: tuple[EventLine, ...], compared: Audit) -> NextStep:
    """Return the first thing that is still to do: destinations, open questions, suggestions, differences, building."""
    if not plan.destinations:
        return NextStep(
            "destinations",
            "Which tools should get these events?",
            "They decide what each side has to reach.",
            "Add destinations",
        )
    counts = _open_questions(lines)
    if counts:
        return _question(plan, counts)
    suggested = sum(line.suggested for line in lines)
    if suggested:
        number = quantity(suggested, "answer")
        return NextStep(
            "suggestions",
            f"{number} {'is a suggestion' if suggested == 1 else 'are suggestions'}.",
            "Look through them, then accept them.",
            "Look through them",
        )
    return _after_answers(lines, compared)


def _after_answers(lines: tuple[EventLine, ...], compared: Audit) -> NextStep:
    if compared.differs:
        verb = "is" if compared.differs == 1 else "are"
        return NextStep(
            "differences",
            f"{quantity(compared.differs, 'event')} {verb} tracked elsewhere today.",
            "Follow the advice, or keep today’s side with a reason.",
            "Go through the differences",
        )
    if lines and not compared.is_known:
        return NextStep(
            "practice",
            "Where are these events tracked today?",
            "Then you see at once which of them should move.",
            "Say where",
        )
    return NextStep(
        "developers",
        "Every event is settled.",
        "Developers find there the calls, the hand-off and the ticket of each.",
        "Open the page for developers",
    )


def _open_questions(lines: Iterable[EventLine]) -> list[tuple[str, int]]:
    """Return the open questions that could still move an event, with the number of events; those of most events first."""
    counts = Counter(key for line in lines for key in line.decisive)
    return sorted(counts.items(), key=lambda pair: (-pair[1], QUESTION_KEYS.index(pair[0])))


def _question(plan: Plan, counts: list[tuple[str, int]]) -> NextStep:
    (key, count), *_ = counts
    asked = _IN_BRACKETS.sub("", questions_by_key(plan_wording(plan.sources))[key].asks)
    moved = "it" if count == 1 else "each"
    why = f"It is open in {quantity(count, 'event')}, and could move {moved}."
    return NextStep("question", asked, why, "Answer it", key)
