"""The overviews of plans that were looked at lately, so that a change of one event makes that event's advice anew only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from advisor.advice import advise, advise_again
from advisor.store import StoredPlan
from advisor.web.plan_overview import Overview, overview
from advisor.web.turns import MANY_EVENTS, take_turn

PLANS = 16
EVENTS = 25_000
"""So much is kept in one process: so many plans, and no more events than this together."""

State = tuple[int, datetime, tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True)
class _Kept:
    """An overview, and the state of the plan that it is about."""

    state: State
    overview: Overview


_kept: OrderedDict[str, _Kept] = OrderedDict()
_lock = Lock()


def overview_of(stored: StoredPlan) -> Overview:
    """The overview of a plan as it is now; paging and filtering advise nothing again."""
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
    """Forget what was not looked at for longest. The last one is kept, however large."""
    events = sum(len(item.overview.lines) for item in _kept.values())
    while len(_kept) > 1 and (len(_kept) > PLANS or events > EVENTS):
        _, gone = _kept.popitem(last=False)
        events -= len(gone.overview.lines)
