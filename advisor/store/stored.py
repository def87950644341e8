"""What the store hands out: plans and events with what only the store knows about them.

A *revision* counts the saved versions of one thing, from 1: an event has one, and so have the plan's settings
(everything of a plan but its events). Who saves says which revision they edited. Times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from advisor.model import Event, Plan


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """A plan in a list. ``events`` counts the events that are not deleted."""

    id: str
    name: str
    events: int
    updated_at: datetime
    deleted: bool


@dataclass(frozen=True, kw_only=True)
class StoredSettings:
    """A plan without its events: ``plan.events`` is empty. ``revision`` is that of the settings."""

    id: str
    plan: Plan
    revision: int
    created_at: datetime
    updated_at: datetime
    """When the settings or any event last changed."""


@dataclass(frozen=True, kw_only=True)
class StoredPlan(StoredSettings):
    """A whole plan. Ids and revisions are in the order of ``plan.events``."""

    event_ids: tuple[str, ...]
    event_revisions: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class StoredEvent:
    """One event. ``index`` is its place in ``plan.events``; for a deleted one, the place it would return to."""

    id: str
    event: Event
    revision: int
    index: int
    created_at: datetime
    updated_at: datetime
    deleted: bool
