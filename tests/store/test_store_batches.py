"""Several events changed at once: all or nothing, one step of the history, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from advisor.model import Event, Plan
from advisor.store import Batch, FoundEvent, NotFoundError, Store

PLAN = Plan(name="Shop", events=(Event(name="A"), Event(name="B"), Event(name="C")))
NEW = "f" * 32


def test_a_batch_is_one_change_of_the_history(store: Store) -> None:
    """Saved, added, removed and moved together; the point before it still has everything as it was."""
    plan_id = store.create("me", PLAN)
    a, b, c = store.load("me", plan_id).event_ids

    def draft(settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        assert settings.name == "Shop"
        changed = replace(found[a].event, name="A2")
        return Batch(saved={a: changed}, added={NEW: Event(name="D")}, removed=(b,), moved=((NEW, ""),))

    store.batches.apply("me", plan_id, (a, b, NEW, "unknown"), draft)
    assert [event.name for event in store.load("me", plan_id).plan.events] == ["D", "A2", "C"]
    assert store.batches.order("me", plan_id, deleted=True) == (NEW, a, b, c)
    assert store.history.latest("me", plan_id) == 2
    assert {event.name for event in store.history.at("me", plan_id, 1).events.values()} == {"A", "B", "C"}
    assert {event.name for event in store.history.at("me", plan_id, 2).events.values()} == {"A2", "C", "D"}


def test_an_error_in_a_batch_changes_nothing(store: Store) -> None:
    """The error is raised, and the plan and its history are unchanged."""
    plan_id = store.create("me", PLAN)
    before = store.load("me", plan_id)

    def refuse(settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        raise KeyError(settings.name, len(found))

    with pytest.raises(KeyError):
        store.batches.apply("me", plan_id, before.event_ids, refuse)
    other = store.create("other", PLAN)
    taken = store.load("other", other).event_ids[0]
    for bad in (taken, "\0", "short"):
        batch = Batch(saved={before.event_ids[0]: Event(name="X")}, added={bad: Event(name="Y")})
        with pytest.raises(NotFoundError):
            store.batches.apply("me", plan_id, before.event_ids, lambda *_, batch=batch: batch)
    with pytest.raises(NotFoundError):
        store.batches.apply("other", plan_id, (), lambda *_: Batch())
    assert store.load("me", plan_id) == before
    assert store.history.latest("me", plan_id) == 1


def test_a_batch_reads_and_writes_an_event_under_the_lock(store: Store) -> None:
    """Eight people add a label each to the same event, again and again: every label is there in the end."""
    plan_id = store.create("me", PLAN)
    event_id = store.load("me", plan_id).event_ids[0]

    def label(number: int) -> None:
        def draft(_: Plan, found: Mapping[str, FoundEvent]) -> Batch:
            event = found[event_id].event
            return Batch(saved={event_id: replace(event, labels={**event.labels, f"l{number}": "x"})})

        store.batches.apply("me", plan_id, (event_id,), draft)

    with ThreadPoolExecutor(8) as people:
        list(people.map(label, range(40)))
    assert len(store.load("me", plan_id).plan.events[0].labels) == 40


def test_loading_some_events_loads_no_others(store: Store) -> None:
    """It loads a number of events from a place on, and the total number; deleted events are left out."""
    plan_id = store.create("me", PLAN)
    ids = store.load("me", plan_id).event_ids
    store.delete_event("me", plan_id, ids[0])
    part, total = store.batches.part("me", plan_id, 1, 5)
    assert (part.event_ids, total) == (ids[2:], 2)
    assert [event.name for event in part.plan.events] == ["C"]
