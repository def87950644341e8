"""A plan at a glance: how many events go where, what is worth answering next, the matrix and the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.advice import advise
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS, Question
from advisor.model import Event, Flip, Plan, Recommendation
from advisor.presentation.matrix import Column, EventLine, columns, event_line
from advisor.store import StoredPlan
from advisor.web.plan_findings import FindingGroup, finding_groups

NEXT_QUESTIONS = 3
_ASKED = {question.key: question for question in QUESTIONS}
_LOOKED_UP = "client_only_destination"


@dataclass(frozen=True)
class Tally:
    """How many events go where, and how much is open. ``asked`` leaves out what the plan itself answers."""

    client: int
    server: int
    both: int
    open: int
    answered: int
    asked: int
    movable: int
    unreachable: int

    @property
    def events(self) -> int:
        """All events."""
        return self.client + self.server + self.both + self.open

    @property
    def bars(self) -> tuple[tuple[str, float, float], ...]:
        """The share of each as a bar of 220 units: its tone, where it begins, how long it is."""
        bars, start, total = [], 0.0, self.events or 1
        for tone in ("client", "server", "both", "open"):
            width = 220 * getattr(self, tone) / total
            if width:
                bars.append((tone, round(start, 2), round(max(width - 1, 1), 2)))
            start += width
        return tuple(bars)


@dataclass(frozen=True)
class NextQuestion:
    """An open question that can still move an event, and what its answers would do."""

    event_id: str
    event: str
    question: Question
    effect: str


@dataclass(frozen=True)
class Overview:
    """Everything that the page of a plan shows, for all its events."""

    tally: Tally
    next: tuple[NextQuestion, ...]
    columns: tuple[Column, ...]
    lines: tuple[EventLine, ...]
    findings: tuple[FindingGroup, ...]


def overview(stored: StoredPlan) -> Overview:
    """The overview of a stored plan, advised now."""
    plan = advise(stored.plan)
    shown = columns(plan)
    keys = tuple(column.key for column in shown)
    lines = tuple(
        event_line(event_id, event, keys) for event_id, event in zip(stored.event_ids, plan.events, strict=True)
    )
    return Overview(
        tally=_tally(plan, lines),
        next=tuple(_next(plan.events, lines)),
        columns=shown,
        lines=lines,
        findings=finding_groups(plan, stored.event_ids),
    )


def _tally(plan: Plan, lines: tuple[EventLine, ...]) -> Tally:
    tones = Counter("open" if line.place.tone == "open" else _side(line) for line in lines)
    looked_up = _LOOKED_UP if plan.destinations else ""
    return Tally(
        client=tones["client"],
        server=tones["server"],
        both=tones["both"],
        open=tones["open"],
        answered=sum(len(event.answers) - (looked_up in event.answers) for event in plan.events),
        asked=len(plan.events) * (len(QUESTION_KEYS) - bool(looked_up)),
        movable=sum(len(line.decisive) for line in lines),
        unreachable=sum(line.unreachable for line in lines),
    )


def _side(line: EventLine) -> str:
    # A relay has the tone of both, and is a call from the server all the same.
    return line.place.word.lower()


def _next(events: tuple[Event, ...], lines: tuple[EventLine, ...]) -> Iterable[NextQuestion]:
    """One question each of the events that are nearest to being settled."""
    waiting = [(line, event) for line, event in zip(lines, events, strict=True) if line.decisive]
    waiting.sort(key=lambda pair: len(pair[0].decisive))
    for line, event in waiting[:NEXT_QUESTIONS]:
        advice = event.recommendation
        assert isinstance(advice, Recommendation)
        question = _ASKED[line.decisive[0]]
        flips = [flip for flip in advice.flips if flip.question == question.key]
        yield NextQuestion(line.id, line.name, question, _effect(flips, advice.placement))


_FROM = {"client": "the client", "server": "the server", "both": "both sides"}


def _effect(flips: list[Flip], placement: str) -> str:
    moves = {flip.answer: flip.placement for flip in flips}
    if not moves:
        return "Together with another answer it can move the event."
    said = []
    for answer in ("yes", "no"):
        if answer in moves:
            said.append(f"{answer.capitalize()} moves it to {_FROM[moves[answer]]}.")
        else:
            said.append(f"{answer.capitalize()} keeps it on {_FROM[placement]}.")
    return " ".join(said)
