"""A plan at a glance: how many events go where, what is worth answering next, the matrix and the findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.wording import plan_wording
from advisor.model import Plan
from advisor.presentation.matrix import Column, EventLine, columns, event_line
from advisor.presentation.receivers import Receivers
from advisor.presentation.states import Tally, suggested_answers, tally
from advisor.web.findings_board import LISTED_BESIDE, Board, board
from advisor.web.plan_facets import Facet, facets
from advisor.web.plan_questions import NextQuestion, SharedQuestion, next_questions, shared_questions
from advisor.web.plan_totals import Total, totals

_LOOKED_UP = "client_only_destination"


@dataclass(frozen=True)
class Summary:
    """How many events go where, and how much is open. ``asked`` leaves out what the plan itself answers.

    ``answered`` and ``suggested`` count answers, ``movable`` the questions without one that can still move an event.
    """

    places: Tally
    answered: int
    suggested: int
    asked: int
    movable: int
    unreachable: int
    decided_otherwise: int
    outdated: int

    @property
    def guessed(self) -> Tally:
        """The places of the events that rest on suggestions alone."""
        return replace(self.places, client=0, server=0, both=0, open=0)

    @property
    def bars(self) -> tuple[tuple[str, float, float], ...]:
        """The share of each as a bar of 220 units: its tone, where it begins, how long it is."""
        bars, start, total = [], 0.0, self.places.events or 1
        for tone in ("client", "server", "both", "suggested", "open"):
            width = 220 * getattr(self.places, tone) / total
            if width:
                bars.append((tone, round(start, 2), round(max(width - 1, 1), 2)))
            start += width
        return tuple(bars)


@dataclass(frozen=True)
class Overview:
    """Everything that the page of a plan shows, for all its events. ``plan`` is advised."""

    plan: Plan
    summary: Summary
    shared: tuple[SharedQuestion, ...]
    next: tuple[NextQuestion, ...]
    columns: tuple[Column, ...]
    lines: tuple[EventLine, ...]
    board: Board

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """By what the events can be filtered."""
        by_finding: dict[str, frozenset[int]] = {}
        for kind in self.board.kinds:
            by_finding[kind.code] = by_finding.get(kind.code, frozenset()) | kind.events
        return facets(self.lines, self.columns, by_finding, plan_wording(self.plan.sources))

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """What each destination gets, of all events."""
        return totals(self.lines, len(self.columns))


def overview(plan: Plan, event_ids: tuple[str, ...], before: Overview | None = None) -> Overview:
    """The overview of an advised plan. Lines of events whose advice is still that of ``before`` are not made again."""
    shown = columns(plan)
    lines = _lines(plan, event_ids, shown, before)
    return Overview(
        plan=plan,
        summary=_summary(plan, lines),
        shared=shared_questions(plan, lines),
        next=tuple(next_questions(plan, lines)),
        columns=shown,
        lines=lines,
        board=board(plan, event_ids, LISTED_BESIDE),
    )


def _lines(
    plan: Plan, event_ids: tuple[str, ...], shown: tuple[Column, ...], before: Overview | None
) -> tuple[EventLine, ...]:
    known = {}
    if before and before.columns == shown and before.plan.destinations == plan.destinations:
        # The advice is the very same object only if the event is the same in all that a line shows.
        pairs = zip(before.lines, before.plan.events, strict=True)
        known = {line.id: (event.recommendation, line) for line, event in pairs}
    lines, receivers = [], Receivers(plan.destinations)
    for event_id, event in zip(event_ids, plan.events, strict=True):
        advice, line = known.get(event_id, (None, None))
        is_same = line is not None and advice is event.recommendation
        lines.append(line if is_same and line else event_line(event_id, event, receivers))
    return tuple(lines)


def _summary(plan: Plan, lines: tuple[EventLine, ...]) -> Summary:
    looked_up = _LOOKED_UP if plan.destinations else ""
    suggested = sum(len({*suggested_answers(event)} - {looked_up}) for event in plan.events)
    return Summary(
        places=tally(plan.events),
        answered=sum(len(event.answers) - (looked_up in event.answers) for event in plan.events) - suggested,
        suggested=suggested,
        asked=len(plan.events) * (len(QUESTION_KEYS) - bool(looked_up)),
        movable=sum(len(line.decisive) for line in lines),
        unreachable=sum(line.unreachable for line in lines),
        decided_otherwise=sum(line.is_decided_otherwise for line in lines),
        outdated=sum(line.is_outdated for line in lines),
    )
