"""One page of the grid: some rows of a plan with their advice. Used by the grid and the plain table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from advisor.document_limits import MAX_EVENTS
from advisor.knowledge.questions import questions_in
from advisor.knowledge.wording import plan_wording
from advisor.model import Event, Plan
from advisor.store import Store, StoredPlan
from advisor.web.app.pager import Pager
from advisor.web.plans.grid.columns import Columns
from advisor.web.plans.grid.rows import GridRow, advise_events, grid_rows
from advisor.web.plans.summary.overview import Overview


@dataclass(frozen=True)
class GridPage:
    """Some rows of a plan. ``plan`` has no events, and ``all_events`` counts all of them, also those left out by a filter."""

    plan: Plan
    rows: tuple[GridRow, ...]
    events: tuple[Event, ...]
    revisions: tuple[int, ...]
    pager: Pager
    all_events: int
    columns: Columns
    unread: StoredPlan
    """The stored plan with the events of this page, including those that can't be read."""

    @property
    def asks(self) -> dict[str, str]:
        """The questions in the wording of the plan, by key."""
        return {question.key: question.asks for question in questions_in(plan_wording(self.plan.sources))}


def grid_page(store: Store, owner: str, plan_id: str, asked: str, size: int, columns: Columns) -> GridPage:
    """Return the page that an address asks for. Raises `NotFoundError`."""
    # The number of events is known only with a part of them. A page beyond the end takes a second look.
    start = Pager.of(asked, size, MAX_EVENTS).start
    stored, total = store.batches.part(owner, plan_id, start, size)
    pager = Pager.of(asked, size, total)
    if pager.start != start:
        stored, _ = store.batches.part(owner, plan_id, pager.start, size)
    settings = replace(stored.plan, events=())
    events = advise_events(settings, stored.plan.events)
    shown = columns.with_labels_of(events)
    return GridPage(
        plan=settings,
        rows=grid_rows(settings, zip(stored.event_ids, events, strict=True), shown),
        events=events,
        revisions=stored.event_revisions,
        pager=pager,
        all_events=total,
        columns=shown,
        unread=stored,
    )


def filtered_page(
    stored: StoredPlan, whole: Overview, ids: Sequence[str], asked: str, size: int, columns: Columns
) -> GridPage:
    """Return the page that an address asks for, of the events that a filter chose. ``whole`` is the advised plan."""
    pager = Pager.of(asked, size, len(ids))
    places = [whole.places[event_id] for event_id in pager.cut(ids)]
    events = tuple(whole.plan.events[place] for place in places)
    settings = replace(stored.plan, events=())
    shown = columns.with_labels_of(events)
    return GridPage(
        plan=settings,
        rows=grid_rows(settings, [(stored.event_ids[place], whole.plan.events[place]) for place in places], shown),
        events=events,
        revisions=tuple(stored.event_revisions[place] for place in places),
        pager=pager,
        all_events=len(whole.lines),
        columns=shown,
        unread=stored,
    )
