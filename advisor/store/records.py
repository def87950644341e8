"""The values that the store returns: plans and events with what only the store knows about them.

A *revision* is a number that counts saved versions from 1: each event has one, and so have the plan's settings
(everything of a plan except its events). To save, the caller gives the revision that was edited. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from advisor.model import Event, Plan

ChangeKind = Literal[
    "created", "settings", "event", "added", "removed", "returned", "moved", "deleted", "undeleted", "restored"
]
"""What someone did: made the plan, saved its settings, saved, added, removed, brought back or moved events, deleted or
undeleted the whole plan, or restored it to an earlier point."""
May = Literal["dev", "view", "edit"]
"""What a link allows: to read the page for developers and nothing else, to view the whole plan, or to edit it."""
Right = Literal["dev", "view", "edit", "own"]
"""The rights to a plan. Each includes those before it."""


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """A plan in a list. ``events`` counts the events that are not deleted."""

    id: str
    name: str
    events: int
    updated_at: datetime
    deleted: bool
    damage: str = ""
    """What is wrong with the settings, if they can't be read as they are stored. ``name`` is then what could be read."""


@dataclass(frozen=True, kw_only=True)
class OwnedPlan:
    """A plan with its owner, for the operator of the app."""

    owner: str
    plan: PlanSummary


@dataclass(frozen=True, kw_only=True)
class StoredSettings:
    """A plan without its events: ``plan.events`` is empty. ``revision`` is that of the settings."""

    id: str
    plan: Plan
    revision: int
    created_at: datetime
    updated_at: datetime
    """When the settings or any event last changed."""
    damage: str = ""
    """What is wrong with the settings, if they can't be read as they are stored. ``plan`` is then what could be read,
    and nothing of the plan can be saved until the settings are repaired.
    """


@dataclass(frozen=True, kw_only=True)
class DamagedEvent:
    """An event whose row can't be read: it was changed outside of the app, or the disk lost a part of it."""

    plan_id: str
    id: str
    name: str
    """The event's name if that can be read, else empty."""
    reason: str
    content: str
    """What the row holds."""
    deleted: bool


@dataclass(frozen=True, kw_only=True)
class StoredPlan(StoredSettings):
    """A whole plan. Ids and revisions are in the order of ``plan.events``; events that can't be read are missing."""

    event_ids: tuple[str, ...]
    event_revisions: tuple[int, ...]
    damaged: tuple[DamagedEvent, ...] = ()
    """The events that can't be read."""

    @property
    def is_whole(self) -> bool:
        """Return whether everything of the plan could be read."""
        return not self.damage and not self.damaged


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


@dataclass(frozen=True, kw_only=True)
class EventName:
    """What finds an event of any plan: its name and its call type. The call type of a damaged event is empty."""

    id: str
    plan_id: str
    name: str
    call: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a plan. Numbers count from 1 in each plan; *point 7* is the plan as it was after change 7."""

    number: int
    at: datetime
    kind: ChangeKind
    author: str
    """The name that the author gave, or empty."""
    note: str
    """Where the new content came from; or the number of the point that a plan or an event was restored to."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A plan at one point: its settings (None before the plan was created), and its events by id, in order."""

    settings: Plan | None
    events: Mapping[str, Event]
    damaged: frozenset[str] = frozenset()
    """The ids of events that were there but can't be read."""


@dataclass(frozen=True, kw_only=True)
class NamedVersion:
    """A point of a plan that has a name."""

    id: str
    number: int
    name: str
    author: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Share:
    """A secret link to a plan: what it allows, whom it is for, and how many browsers have opened it."""

    id: str
    may: May
    label: str
    token_hash: str
    created_at: datetime
    opened: int


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment on an event. ``writer`` is the id of the visitor who wrote it, ``author`` the name that they gave."""

    id: str
    event_id: str
    writer: str
    author: str
    created_at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a visitor may do with a plan, and who owns it. Only the person who created a plan owns it."""

    owner: str
    right: Right


@dataclass(frozen=True, kw_only=True)
class SharedPlan:
    """A plan that a visitor has through a link."""

    plan: PlanSummary
    may: May
