"""A plan at a glance: how many events go where and differ from practice, what to do next, the matrix and the findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from advisor.knowledge.wording import plan_wording
from advisor.model import Plan
from advisor.presentation.matrix import Column, EventLine, columns, event_line
from advisor.presentation.receivers import Receivers
from advisor.presentation.states import Tally, suggested_answers, tally
from advisor.web.plans.summary.bars import bars
from advisor.web.plans.summary.facets import Facet, facets
from advisor.web.plans.summary.findings_board import LISTED_BESIDE, Board, board
from advisor.web.plans.summary.next_step import NextStep, next_step
from advisor.web.plans.summary.practice import Audit, audit
from advisor.web.plans.summary.totals import Total, totals, wanted_columns

_LOOKED_UP = "client_only_destination"


@dataclass(frozen=True)
class Summary:
    """The counts of a plan: how many events go where, and how much of them needs another look.

    ``suggested`` counts answers, ``unreachable`` the wanted destinations that settled events don't reach.
    """

    places: Tally
    suggested: int
    unreachable: int
    decided_otherwise: int
    outdated: int

    @property
    def bars(self) -> tuple[tuple[str, float, float], ...]:
        """Return the placements as parts of a bar."""
        return bars((tone, getattr(self.places, tone)) for tone in ("client", "server", "both", "suggested", "open"))


@dataclass(frozen=True)
class Overview:
    """Everything that the page of a plan shows, for all its events. ``plan`` is advised."""

    plan: Plan
    summary: Summary
    audit: Audit
    step: NextStep
    columns: tuple[Column, ...]
    lines: tuple[EventLine, ...]
    board: Board

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """Return the facets by which the events can be filtered."""
        by_finding: dict[str, frozenset[int]] = {}
        for kind in self.board.kinds:
            by_finding[kind.code] = by_finding.get(kind.code, frozenset()) | kind.events
        return facets(self.lines, self.columns, by_finding, plan_wording(self.plan.sources))

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Return the total of each destination over all events."""
        return totals(self.lines, len(self.columns))

    @cached_property
    def wanted(self) -> tuple[bool, ...]:
        """Return for each column whether an event wants it, or reaches it all the same."""
        return wanted_columns(self.lines, len(self.columns))

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the place of each event in the plan, by its id."""
        return {line.id: place for place, line in enumerate(self.lines)}


def overview(plan: Plan, event_ids: tuple[str, ...], before: Overview | None = None) -> Overview:
    """Return the overview of an advised plan. Lines of ``before`` are reused for events with the same advice object."""
    shown = columns(plan)
    lines = _lines(plan, event_ids, shown, before)
    compared = audit(plan, lines)
    return Overview(
        plan=plan,
        summary=_summary(plan, lines),
        audit=compared,
        step=next_step(plan, lines, compared),
        columns=shown,
        lines=lines,
        board=board(plan, event_ids, LISTED_BESIDE),
    )


def _lines(
    plan: Plan, event_ids: tuple[str, ...], shown: tuple[Column, ...], before: Overview | None
) -> tuple[EventLine, ...]:
    known = {}
    if before and before.columns == shown and before.plan.destinations == plan.destinations:
        # The advice is the same object only if nothing that a line shows has changed.
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
        suggested=suggested,
        unreachable=sum(line.unreachable for line in lines if line.state != "unsettled"),
        decided_otherwise=sum(line.is_decided_otherwise for line in lines),
        outdated=sum(line.is_outdated for line in lines),
    )
