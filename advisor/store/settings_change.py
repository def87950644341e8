"""Splits a changed plan into the pieces that have to be written."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.document import Canonical, canonical, fitted
from advisor.document.canonical import encoded
from advisor.model import Event, Plan
from advisor.store.records import StoredPlan
from advisor.store.serialization import storable


def split_change(current: StoredPlan, wanted: Plan) -> tuple[Canonical[Plan], dict[int, Canonical[Event]]]:
    """Return the settings, and the changed events by index, in canonical form. Raises `UnstorableError`.

    Events lose the destinations and client libraries that the settings no longer have.
    """
    fitting = [fitted(wanted, event) for event in wanted.events]
    pairs = list(enumerate(zip(current.plan.events, fitting, strict=True)))
    doubtful = [index for index, (before, after) in pairs if not _is_same(before, after)]
    with storable():
        made = canonical(replace(wanted, events=tuple(fitting[index] for index in doubtful)))
    changed = dict(zip(doubtful, made.events, strict=True))
    return made.settings, {
        index: event for index, event in changed.items() if event.content != encoded(current.plan.events[index])
    }


def _is_same(before: Event, after: Event) -> bool:
    # In Python 1 equals True; in documents they differ.
    return after is before or (after == before and encoded(after) == encoded(before))
