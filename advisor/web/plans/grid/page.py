"""One page of the grid: some rows of a plan with their advice. Used by the grid and the plain table."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from advisor.knowledge.questions import questions_in
from advisor.knowledge.wording import plan_wording
from advisor.model import Event, Plan
from advisor.store import Store, StoredPlan
from advisor.web.plans.grid.columns import Columns
from advisor.web.plans.grid.rows import GridRow, advised, grid_rows


@dataclass(frozen=True)
class GridPage:
    """Some rows of a plan. ``first`` is the number of the first row, from 1. ``plan`` has no events."""

    plan: Plan
    rows: tuple[GridRow, ...]
    events: tuple[Event, ...]
    revisions: tuple[int, ...]
    total: int
    number: int
    pages: int
    first: int
    columns: Columns
    unread: StoredPlan
    """The stored plan with the events of this page, including those that can't be read."""

    @property
    def asks(self) -> dict[str, str]:
        """The questions in the wording of the plan, by key."""
        return {question.key: question.asks for question in questions_in(plan_wording(self.plan.sources))}

    @property
    def last(self) -> int:
        """The number of the last row; 0 without rows."""
        return self.first + len(self.rows) - 1

    @property
    def is_last(self) -> bool:
        """Whether this is the last page, where new events appear."""
        return self.number == self.pages


def grid_page(store: Store, owner: str, plan_id: str, asked: str, size: int, columns: Columns) -> GridPage:
    """Return the page with this number from an address, or the last page if there are fewer. Raises `NotFound`."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 6
    number = max(int(asked), 1) if is_number else 1
    stored, total = store.batches.part(owner, plan_id, (number - 1) * size, size)
    pages = max(-(-total // size), 1)
    if number > pages:
        number = pages
        stored, total = store.batches.part(owner, plan_id, (number - 1) * size, size)
    settings = replace(stored.plan, events=())
    events = advised(settings, stored.plan.events)
    shown = columns.with_labels_of(events)
    return GridPage(
        plan=settings,
        rows=grid_rows(settings, zip(stored.event_ids, events, strict=True), shown),
        events=events,
        revisions=stored.event_revisions,
        total=total,
        number=number,
        pages=pages,
        first=(number - 1) * size + 1,
        columns=shown,
        unread=stored,
    )
