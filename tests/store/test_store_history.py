"""Every change is kept with its author and earlier content, and any point can be restored."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.document_limits import MAX_EVENTS
from advisor.model import Event, Plan
from advisor.store import (
    Batch,
    EventConflictError,
    NotFoundError,
    OutdatedError,
    PlanFullError,
    Snapshot,
    Store,
    StoredPlan,
    TooManyError,
)
from advisor.store.history.versions import MAX_VERSIONS
from samples import ALICE, SHOP, named


def as_snapshot(stored: StoredPlan) -> Snapshot:
    """A loaded plan in the shape of a point."""
    return Snapshot(
        settings=replace(stored.plan, events=()), events=dict(zip(stored.event_ids, stored.plan.events, strict=True))
    )


@pytest.fixture
def plan_id(store: Store) -> str:
    """A plan of Alice's with three events, at point 1."""
    return store.create(ALICE, SHOP, "Example: shop")


@pytest.fixture
def event_id(store: Store, plan_id: str) -> str:
    """The second of its events."""
    return store.load(ALICE, plan_id).event_ids[1]


def test_every_operation_that_changes_something_is_a_change(store: Store, plan_id: str, event_id: str) -> None:
    """With its author, its time in UTC, its kind, and where it came from. What changes nothing leaves no trace."""
    maya = store.signed("Maya")
    for _ in range(2):
        maya.save_event(ALICE, plan_id, event_id, 1, named("new"))
        maya.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Renamed"))
    store.add_events(ALICE, plan_id, (named("a"), named("b")), "From a file")
    store.add_events(ALICE, plan_id, ())
    for _ in range(2):
        store.delete_event(ALICE, plan_id, event_id)
    for _ in range(2):
        store.restore_event(ALICE, plan_id, event_id)
    store.delete(ALICE, plan_id)
    store.restore(ALICE, plan_id)
    assert store.history.restore(ALICE, plan_id, 8, seen=8) == 8
    changes = store.history.changes(ALICE, plan_id)[::-1]
    assert [(each.number, each.kind, each.author, each.note) for each in changes] == [
        (1, "created", "", "Example: shop"),
        (2, "event", "Maya", ""),
        (3, "settings", "Maya", ""),
        (4, "added", "", "From a file"),
        (5, "removed", "", ""),
        (6, "returned", "", ""),
        (7, "deleted", "", ""),
        (8, "undeleted", "", ""),
    ]
    assert all(each.at.tzinfo is UTC for each in changes)
    assert sorted(changes, key=lambda each: each.at) == changes


def test_a_change_that_fails_is_not_in_the_history(store: Store, plan_id: str, event_id: str) -> None:
    """The entry is written in the transaction of the change."""
    store.save_event(ALICE, plan_id, event_id, 1, named("theirs"))
    with pytest.raises(EventConflictError):
        store.save_event(ALICE, plan_id, event_id, 1, named("mine"))
    with pytest.raises(ZeroDivisionError):
        store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name=str(1 // 0)))
    assert store.history.latest(ALICE, plan_id) == 2


def test_history_has_only_what_changed_before_and_after(store: Store, plan_id: str, event_id: str) -> None:
    """Both settings and the changed events, in either direction."""
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    store.save_event(ALICE, plan_id, event_id, 2, named("newer"))
    late = store.add_event(ALICE, plan_id, named("late"))
    bare = replace(SHOP, events=())
    before, after = store.history.between(ALICE, plan_id, 1, 4)
    assert before == Snapshot(settings=bare, events={event_id: SHOP.events[1]})
    assert after == Snapshot(settings=bare, events={event_id: named("newer"), late: named("late")})
    assert store.history.between(ALICE, plan_id, 4, 1) == (after, before)
    before, after = store.history.between(ALICE, plan_id, 1, 2)
    assert (before.events, after.events) == ({event_id: SHOP.events[1]}, {event_id: named("new")})
    other = store.load(ALICE, plan_id).event_ids[0]
    assert store.history.both(ALICE, plan_id, 1, 4) == tuple(store.history.at(ALICE, plan_id, each) for each in (1, 4))
    assert store.history.count_touched(ALICE, plan_id, 1, 4) == 2
    assert store.history.settings_between(ALICE, plan_id, 0, 4) == (
        Snapshot(settings=None, events={}), Snapshot(settings=bare, events={}),
    )  # fmt: skip
    same, again = store.history.between(ALICE, plan_id, 1, 4, event_id=other)
    assert same == again == Snapshot(settings=bare, events={other: SHOP.events[0]})


def test_point_zero_is_empty_and_cannot_be_restored(store: Store, plan_id: str) -> None:
    """Point 0 is the time before the plan was created."""
    assert store.history.at(ALICE, plan_id, 0) == Snapshot(settings=None, events={})
    with pytest.raises(NotFoundError):
        store.history.restore(ALICE, plan_id, 0, seen=1)


@pytest.mark.parametrize("number", [-1, 2, 10**9])
def test_unknown_history_points_raise_not_found(store: Store, plan_id: str, event_id: str, number: int) -> None:
    """Neither before the beginning nor after the end."""
    for ask in (
        lambda: store.history.at(ALICE, plan_id, number),
        lambda: store.history.between(ALICE, plan_id, 1, number),
        lambda: store.history.restore(ALICE, plan_id, number, seen=1),
        lambda: store.history.restore_event(ALICE, plan_id, event_id, number, lambda _, then: then),
        lambda: store.history.change(ALICE, plan_id, number),
        lambda: store.versions.name(ALICE, plan_id, "v1", number),
    ):
        with pytest.raises(NotFoundError):
            ask()


Step = Callable[[Store, str, StoredPlan], object]


def _save(place: int, name: str) -> Step:
    def step(store: Store, plan_id: str, stored: StoredPlan) -> None:
        if stored.event_ids:
            at = place % len(stored.event_ids)
            store.save_event(ALICE, plan_id, stored.event_ids[at], stored.event_revisions[at], named(name))

    return step


def _remove(place: int) -> Step:
    def step(store: Store, plan_id: str, stored: StoredPlan) -> None:
        if stored.event_ids:
            store.delete_event(ALICE, plan_id, stored.event_ids[place % len(stored.event_ids)])

    return step


def _rename(name: str) -> Step:
    return lambda store, plan_id, stored: store.save_settings(
        ALICE, plan_id, stored.revision, lambda plan: replace(plan, name=name)
    )


def _move(place: int, behind: int) -> Step:
    def step(store: Store, plan_id: str, stored: StoredPlan) -> None:
        if ids := stored.event_ids:
            moves = ((ids[place % len(ids)], ids[behind % len(ids)]), (ids[-1], ""))
            store.batches.apply(ALICE, plan_id, (), lambda *_: Batch(moved=moves[: behind % 3]))

    return step


def _copy(place: int) -> Step:
    def step(store: Store, plan_id: str, stored: StoredPlan) -> None:
        if ids := stored.event_ids:
            copy = secrets.token_hex(16)
            batch = Batch(added={copy: named("copy")}, moved=((copy, ids[place % len(ids)]), (ids[0], copy)))
            store.batches.apply(ALICE, plan_id, (), lambda *_: batch)

    return step


def _restore(back: int) -> Step:
    def step(store: Store, plan_id: str, stored: StoredPlan) -> None:
        latest = store.history.latest(ALICE, plan_id)
        store.history.restore(ALICE, plan_id, max(1, latest - back), seen=latest)

    return step


names, places = st.sampled_from(["a", "b", "c"]), st.integers(0, 5)
steps = st.one_of(
    st.builds(_save, places, names),
    st.builds(_remove, places),
    st.builds(_rename, names),
    st.builds(_restore, places),
    st.builds(_move, places, places),
    st.builds(_copy, places),
    names.map(lambda name: lambda store, plan_id, _: store.add_event(ALICE, plan_id, named(name))),
)


@given(script=st.lists(steps, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_every_point_is_the_plan_as_it_was(store: Store, script: list[Step]) -> None:
    """After any operations, restoring included, each point equals what `load` gave then, and can be restored."""
    plan_id = store.create(ALICE, SHOP)
    seen = {1: as_snapshot(store.load(ALICE, plan_id))}
    for step in script:
        step(store, plan_id, store.load(ALICE, plan_id))
        seen[store.history.latest(ALICE, plan_id)] = as_snapshot(store.load(ALICE, plan_id))
    assert {point: store.history.at(ALICE, plan_id, point) for point in seen} == seen
    assert [list(store.history.at(ALICE, plan_id, point).events) for point in seen] == [
        list(snapshot.events) for snapshot in seen.values()
    ]
    assert [store.history.count_at(ALICE, plan_id, point) for point in seen] == [
        len(snapshot.events) for snapshot in seen.values()
    ]
    store.history.restore(ALICE, plan_id, 1, seen=max(seen))
    assert as_snapshot(store.load(ALICE, plan_id)) == seen[1]
    assert store.load(ALICE, plan_id).event_ids == tuple(seen[1].events)


def test_moving_events_is_a_change_that_can_be_undone(store: Store, plan_id: str) -> None:
    """One change for all that moved together, with its author; the order is then what it was, for late events too."""
    a, b, c = store.load(ALICE, plan_id).event_ids
    maya = store.signed("Maya")
    maya.batches.apply(ALICE, plan_id, (), lambda *_: Batch(moved=((c, ""), (b, c))))
    change = store.history.change(ALICE, plan_id, 2)
    assert (change.kind, change.author) == ("moved", "Maya")
    assert store.batches.order(ALICE, plan_id) == (c, b, a)
    late = store.add_event(ALICE, plan_id, named("late"))
    assert list(store.history.at(ALICE, plan_id, 1).events) == [a, b, c]
    assert list(store.history.at(ALICE, plan_id, 3).events) == [c, b, a, late]
    assert store.history.moved(ALICE, plan_id, 1, 3) == store.history.moved(ALICE, plan_id, 3, 1) == (c, b)
    assert store.history.moved(ALICE, plan_id, 2, 3) == ()
    assert store.history.restore(ALICE, plan_id, 1, seen=3) == 4
    assert store.batches.order(ALICE, plan_id, deleted=True) == (a, b, c, late)
    assert store.history.moved(ALICE, plan_id, 1, 4) == ()
    assert store.history.restore(ALICE, plan_id, 3, seen=4) == 5
    assert store.batches.order(ALICE, plan_id) == (c, b, a, late)


def test_a_move_without_effect_is_no_change(store: Store, plan_id: str) -> None:
    """The event is moved after the one that it follows already, or after an unknown one."""
    a, b, _ = store.load(ALICE, plan_id).event_ids
    store.batches.apply(ALICE, plan_id, (), lambda *_: Batch(moved=((b, a), (a, "f" * 32), ("f" * 32, a))))
    assert store.history.latest(ALICE, plan_id) == 1


def test_adding_a_copy_after_its_original_moves_no_other_event(store: Store, plan_id: str) -> None:
    """The copy was not there before, and the order of the other events is unchanged."""
    a, b, c = store.load(ALICE, plan_id).event_ids
    copy = "f" * 32
    store.batches.apply(ALICE, plan_id, (), lambda *_: Batch(added={copy: named("copy")}, moved=((copy, a),)))
    assert store.batches.order(ALICE, plan_id) == (a, copy, b, c)
    assert store.history.change(ALICE, plan_id, 2).kind == "added"
    assert store.history.moved(ALICE, plan_id, 1, 2) == ()


def test_a_move_stores_only_the_moved_events(store: Store) -> None:
    """Not a list of all events of the plan, nor any content."""
    plan_id = store.create(ALICE, Plan(events=(named("x"),) * 500))
    ids = store.load(ALICE, plan_id).event_ids
    store.batches.apply(ALICE, plan_id, (), lambda *_: Batch(moved=((ids[499], ""), (ids[250], ids[499]))))
    with store._database.reading() as connection:
        stored = connection.exec_driver_sql("SELECT content FROM earlier WHERE content IS NOT NULL").scalars().all()
    assert len(stored) == 1
    assert len(stored[0]) < 100


def test_restoring_a_plan_is_a_change_that_can_be_undone(store: Store, plan_id: str, event_id: str) -> None:
    """Content, deletions and additions come back, with new revisions; events that came later go."""
    stored = store.load(ALICE, plan_id)
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    store.delete_event(ALICE, plan_id, stored.event_ids[0])
    store.add_event(ALICE, plan_id, named("late"))
    store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Renamed"))
    changed = as_snapshot(store.load(ALICE, plan_id))
    assert store.signed("Jonas").history.restore(ALICE, plan_id, 1, seen=5) == 6
    restored = store.load(ALICE, plan_id)
    assert (restored.plan, restored.event_ids) == (SHOP, stored.event_ids)
    assert (restored.revision, restored.event_revisions) == (3, (1, 3, 1))
    change = store.history.change(ALICE, plan_id, 6)
    assert (change.kind, change.author, change.note) == ("restored", "Jonas", "1")
    assert store.history.restore(ALICE, plan_id, 5, seen=6) == 7
    assert as_snapshot(store.load(ALICE, plan_id)) == changed


def test_a_plan_that_changed_meanwhile_is_not_restored(store: Store, plan_id: str, event_id: str) -> None:
    """The person must have seen what would be removed."""
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    store.save_event(ALICE, plan_id, event_id, 2, named("newer"))
    with pytest.raises(OutdatedError):
        store.history.restore(ALICE, plan_id, 1, seen=2)
    assert store.load(ALICE, plan_id).plan.events[1] == named("newer")


def test_one_event_is_restored_without_changing_others(store: Store, plan_id: str, event_id: str) -> None:
    """Also a deleted event; it is fitted to the current settings. Restoring twice is restoring once."""
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    store.add_event(ALICE, plan_id, named("late"))
    store.delete_event(ALICE, plan_id, event_id)

    def fit(plan: Plan, event: Event) -> Event:
        assert plan == replace(SHOP, events=())
        return replace(event, description="fitted")

    numbers = [store.history.restore_event(ALICE, plan_id, event_id, 1, fit) for _ in range(2)]
    assert numbers == [5, 5]
    fitted = replace(SHOP.events[1], description="fitted")
    assert store.load(ALICE, plan_id).plan.events == (SHOP.events[0], fitted, SHOP.events[2], named("late"))
    with pytest.raises(NotFoundError):
        store.history.restore_event(ALICE, plan_id, event_id, 4, fit)


def test_an_event_is_restored_only_within_the_limit(store: Store) -> None:
    """The limit of events holds for the history too."""
    plan_id = store.create(ALICE, Plan(events=(named("x"),) * MAX_EVENTS))
    event_id = store.load(ALICE, plan_id).event_ids[0]
    store.delete_event(ALICE, plan_id, event_id)
    store.add_event(ALICE, plan_id, named("instead"))
    with pytest.raises(PlanFullError):
        store.history.restore_event(ALICE, plan_id, event_id, 1, lambda _, then: then)
    before, after = store.history.between(ALICE, plan_id, 0, 3)
    assert (len(before.events), len(after.events)) == (0, MAX_EVENTS)
    store.history.restore(ALICE, plan_id, 1, seen=3)
    assert store.load(ALICE, plan_id).event_ids[0] == event_id


def test_history_is_paged_with_the_newest_change_first(store: Store, plan_id: str, event_id: str) -> None:
    """And for one event: its own changes, and those of the settings, which may move it."""
    for revision in range(1, 6):
        store.save_event(ALICE, plan_id, event_id, revision, named(str(revision)))
    store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, warehouse=False))
    other = store.load(ALICE, plan_id).event_ids[0]

    def numbers(**options: int | str) -> list[int]:
        return [change.number for change in store.history.changes(ALICE, plan_id, **options)]  # type: ignore[arg-type]

    assert numbers(limit=3) == [7, 6, 5]
    assert numbers(limit=3, before=5) == [4, 3, 2]
    assert numbers(event_id=other) == [7, 1]
    assert numbers(event_id=event_id) == [7, 6, 5, 4, 3, 2, 1]


def test_every_version_of_an_event_is_stored_once(store: Store, plan_id: str, event_id: str) -> None:
    """A large event is not copied when another one changes, nor twice when it changes itself."""
    large = replace(named("large"), description="x" * 9_999)
    store.save_event(ALICE, plan_id, event_id, 1, large)
    store.save_event(ALICE, plan_id, event_id, 2, named("small"))
    other = store.load(ALICE, plan_id).event_ids[0]
    for revision in range(1, 10):
        store.save_event(ALICE, plan_id, other, revision, named(str(revision)))
    with store._database.reading() as connection:
        stored = connection.exec_driver_sql("SELECT content FROM earlier WHERE content IS NOT NULL").scalars().all()
    assert sum("x" * 9_999 in content for content in stored) == 1
    assert sum(map(len, stored)) < 15_000


def test_a_version_names_its_point_permanently(store: Store, plan_id: str, event_id: str) -> None:
    """It is named, renamed and deleted; the point itself stays."""
    first = store.signed("Maya").versions.name(ALICE, plan_id, "v1, sent to the agency")
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    second = store.versions.name(ALICE, plan_id, "v2")
    again = store.versions.name(ALICE, plan_id, "also v1", 1)
    store.versions.rename(ALICE, plan_id, second, "v2, signed off")
    versions = store.versions.of(ALICE, plan_id)
    assert [(each.name, each.number, each.author) for each in versions] == [
        ("v2, signed off", 2, ""), ("also v1", 1, ""), ("v1, sent to the agency", 1, "Maya"),
    ]  # fmt: skip
    assert store.versions.get(ALICE, plan_id, first) == versions[2]
    store.versions.delete(ALICE, plan_id, again)
    assert [each.id for each in store.versions.of(ALICE, plan_id)] == [second, first]
    assert store.history.at(ALICE, plan_id, versions[2].number).events[event_id] == SHOP.events[1]
    other = store.create(ALICE, SHOP)
    for version_id in (again, "\0" * 32, "x"):
        with pytest.raises(NotFoundError):
            store.versions.get(ALICE, plan_id, version_id)
    with pytest.raises(NotFoundError):
        store.versions.delete(ALICE, other, first)


def test_a_plan_has_a_limit_of_versions(store: Store, plan_id: str) -> None:
    """The next one says what to do, and there is room again after one is deleted."""
    ids = [store.versions.name(ALICE, plan_id, str(number)) for number in range(MAX_VERSIONS)]
    with pytest.raises(TooManyError, match="500"):
        store.versions.name(ALICE, plan_id, "one more")
    store.versions.delete(ALICE, plan_id, ids[0])
    store.versions.name(ALICE, plan_id, "one more")
