"""In-process LRU cache of plan overviews. After one event changes, only that event is advised again.

Used by the page of a plan, its findings, and the view that accepts suggestions.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from advisor.advice import advise, advise_again
from advisor.store import StoredPlan
from advisor.web.app.turns import MANY_EVENTS, take_turn
from advisor.web.plans.summary.overview import Overview, overview

PLANS = 16
EVENTS = 25_000
"""The limits of the cache in one process: `PLANS` plans, and `EVENTS` events in all of them together."""

State = tuple[int, datetime, tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True)
class _Kept:
    """An overview, and the state of the plan when it was made."""

    state: State
    overview: Overview


_kept: OrderedDict[str, _Kept] = OrderedDict()
_lock = Lock()


def overview_of(stored: StoredPlan) -> Overview:
    """Return the overview of a plan as it is now. Advises only what changed since the cached overview, if there is one."""
    state = (stored.revision, stored.updated_at, stored.event_ids, stored.event_revisions)
    with _lock:
        before = _kept.get(stored.id)
        if before:
            _kept.move_to_end(stored.id)
    if before and before.state == state:
        return before.overview
    if len(stored.event_ids) > MANY_EVENTS and not before:
        take_turn()
    if before:
        plan = advise_again(stored.plan, before.overview.plan)
        now = overview(plan, stored.event_ids, before.overview)
    else:
        now = overview(advise(stored.plan), stored.event_ids)
    with _lock:
        _kept[stored.id] = _Kept(state, now)
        _kept.move_to_end(stored.id)
        _let_go()
    return now


def _let_go() -> None:
    """Remove the least recently used overviews until the limits hold. The newest one is kept, however large."""
    events = sum(len(item.overview.lines) for item in _kept.values())
    while len(_kept) > 1 and (len(_kept) > PLANS or events > EVENTS):
        _, gone = _kept.popitem(last=False)
        events -= len(gone.overview.lines)
