"""Saving, deleting and restoring: nothing that anyone saved is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from advisor.document_limits import MAX_EVENTS
from advisor.model import Destination, Plan
from advisor.store import DeletedError, EventConflictError, PlanFullError, SettingsConflictError, Store, open_store
from samples import ALICE, SHOP, named


@pytest.fixture
def plan_id(store: Store) -> str:
    """Return the id of a plan of Alice's with three events."""
    return store.create(ALICE, SHOP)


@pytest.fixture
def event_id(store: Store, plan_id: str) -> str:
    """Return the id of the second of its events."""
    return store.load(ALICE, plan_id).event_ids[1]


def test_saving_an_event_raises_only_its_own_revision(store: Store, plan_id: str, event_id: str) -> None:
    """Each event has its own revision, so that two people may edit two events."""
    assert store.save_event(ALICE, plan_id, event_id, 1, named("new")) == 2
    assert store.save_event(ALICE, plan_id, event_id, 2, named("newer")) == 3
    stored = store.load(ALICE, plan_id)
    assert stored.plan == replace(SHOP, events=(SHOP.events[0], named("newer"), SHOP.events[2]))
    assert (stored.revision, stored.event_revisions) == (1, (1, 3, 1))


def test_saving_over_a_newer_event_is_refused_with_the_stored_version(
    store: Store, plan_id: str, event_id: str
) -> None:
    """The first to save wins; the second gets the first one's version and may save over it knowingly."""
    store.save_event(ALICE, plan_id, event_id, 1, named("theirs"))
    with pytest.raises(EventConflictError) as caught:
        store.save_event(ALICE, plan_id, event_id, 1, named("mine"))
    current = caught.value.current
    assert (current.event, current.revision, current.index, current.deleted) == (named("theirs"), 2, 1, False)
    assert store.load_event(ALICE, plan_id, event_id) == current
    assert store.save_event(ALICE, plan_id, event_id, current.revision, named("mine")) == 3


@pytest.mark.parametrize("revision", [1, 2, 7])
def test_saving_the_same_event_again_is_no_conflict(store: Store, plan_id: str, event_id: str, revision: int) -> None:
    """Equal content is no conflict: a form was sent twice, or two people typed the same."""
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    before = store.load(ALICE, plan_id)
    assert store.save_event(ALICE, plan_id, event_id, revision, named("new")) == 2
    assert store.load(ALICE, plan_id) == before


def test_true_and_one_are_different_values(store: Store, plan_id: str) -> None:
    """Values are equal if the document has them equal: Python takes ``True``, ``1`` and ``1.0`` for the same."""
    event_id = store.load(ALICE, plan_id).event_ids[0]
    total = SHOP.events[0].properties[0]
    for revision, value in enumerate([1, True, 1.0], start=1):
        changed = replace(SHOP.events[0], properties=(replace(total, values=(value,)),))
        assert store.save_event(ALICE, plan_id, event_id, revision, changed) == revision + 1


def test_saving_settings_keeps_events_that_were_saved_meanwhile(store: Store, plan_id: str, event_id: str) -> None:
    """Settings and events have revisions of their own."""
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    assert store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Renamed")) == 2
    stored = store.load(ALICE, plan_id)
    assert (stored.plan.name, stored.plan.events[1]) == ("Renamed", named("new"))
    assert (stored.revision, stored.event_revisions) == (2, (1, 2, 1))


def test_saving_over_newer_settings_is_refused_with_the_stored_version(store: Store, plan_id: str) -> None:
    """The conflict carries the whole plan as it is now."""
    store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Theirs"))
    with pytest.raises(SettingsConflictError) as caught:
        store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Mine"))
    assert caught.value.current == store.load(ALICE, plan_id)
    assert caught.value.current.plan == replace(SHOP, name="Theirs")
    assert store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Theirs")) == 2


def test_settings_and_the_events_they_affect_are_saved_together(store: Store, plan_id: str) -> None:
    """Removing a destination may remove it from events: their revisions are raised, those of the others are not."""

    def without_mixpanel(plan: Plan) -> Plan:
        events = tuple(
            event if event.destinations == "all" else replace(event, destinations=()) for event in plan.events
        )
        return replace(plan, destinations=(Destination(key="Facebook Pixel"),), events=events)

    assert store.save_settings(ALICE, plan_id, 1, without_mixpanel) == 2
    stored = store.load(ALICE, plan_id)
    assert stored.plan == without_mixpanel(SHOP)
    assert stored.event_revisions == (2, 1, 1)


def test_a_change_that_fails_changes_nothing(store: Store, plan_id: str) -> None:
    """An error during the change, or events that were added or lost meanwhile, undo the whole change."""
    before = store.load(ALICE, plan_id)
    with pytest.raises(ZeroDivisionError):
        store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name=str(1 // 0)))
    with pytest.raises(ValueError, match="zip"):
        store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="New", events=()))
    assert store.load(ALICE, plan_id) == before


def test_a_deleted_event_can_be_restored_to_its_place(store: Store, plan_id: str, event_id: str) -> None:
    """Deleting twice has the effect of deleting once, and restoring twice that of restoring once."""
    for _ in range(2):
        store.delete_event(ALICE, plan_id, event_id)
    assert store.load(ALICE, plan_id).plan.events == (SHOP.events[0], SHOP.events[2])
    assert [plan.events for plan in store.plans(ALICE)] == [2]
    deleted = store.load_event(ALICE, plan_id, event_id)
    assert (deleted.deleted, deleted.event, deleted.index) == (True, SHOP.events[1], 1)
    store.add_event(ALICE, plan_id, named("late"))
    for _ in range(2):
        store.restore_event(ALICE, plan_id, event_id)
    assert store.load(ALICE, plan_id).plan.events == (*SHOP.events, named("late"))


def test_deleting_a_newer_event_conflicts_if_a_revision_is_named(store: Store, plan_id: str, event_id: str) -> None:
    """A person who saw an older version is asked; without a revision the event is deleted, and can be restored."""
    store.save_event(ALICE, plan_id, event_id, 1, named("theirs"))
    with pytest.raises(EventConflictError) as caught:
        store.delete_event(ALICE, plan_id, event_id, 1)
    assert caught.value.current.event == named("theirs")
    store.delete_event(ALICE, plan_id, event_id)
    store.restore_event(ALICE, plan_id, event_id)
    assert store.load(ALICE, plan_id).plan.events[1] == named("theirs")


def test_saving_an_event_that_was_deleted_conflicts(store: Store, plan_id: str, event_id: str) -> None:
    """The text is not stored silently, and can be saved after restoring the event."""
    store.delete_event(ALICE, plan_id, event_id, 1)
    for mine in (named("mine"), SHOP.events[1]):
        with pytest.raises(EventConflictError, match="deleted") as caught:
            store.save_event(ALICE, plan_id, event_id, 1, mine)
        assert caught.value.current.deleted
    store.restore_event(ALICE, plan_id, event_id)
    assert store.save_event(ALICE, plan_id, event_id, caught.value.current.revision, named("mine")) == 2


def test_a_deleted_plan_can_be_restored_completely(store: Store, plan_id: str, event_id: str) -> None:
    """The owner is told that the plan was deleted; deleting or restoring twice has the effect of doing it once."""
    before = store.load(ALICE, plan_id)
    for _ in range(2):
        store.delete(ALICE, plan_id)
    with pytest.raises(DeletedError):
        store.load(ALICE, plan_id)
    with pytest.raises(DeletedError):
        store.save_event(ALICE, plan_id, event_id, 1, named("mine"))
    assert store.plans(ALICE) == []
    assert [(plan.id, plan.events, plan.deleted) for plan in store.plans(ALICE, deleted=True)] == [(plan_id, 3, True)]
    for _ in range(2):
        store.restore(ALICE, plan_id)
    assert store.load(ALICE, plan_id) == before
    assert store.plans(ALICE, deleted=True) == []


@pytest.fixture
def full_plan(store: Store) -> str:
    """Return a plan with room for one more event."""
    return store.create(ALICE, Plan(events=(named("x"),) * (MAX_EVENTS - 1)))


def test_a_plan_takes_ten_thousand_events_and_no_more(store: Store, full_plan: str) -> None:
    """Events are added all together or not at all; a deleted event makes room, and is restored only where there is room."""
    with pytest.raises(PlanFullError, match="9,999, so 2 more"):
        store.add_events(ALICE, full_plan, (named("a"), named("b")))
    last = store.add_event(ALICE, full_plan, named("last"))
    with pytest.raises(PlanFullError):
        store.add_event(ALICE, full_plan, named("one too many"))
    store.delete_event(ALICE, full_plan, last)
    store.add_event(ALICE, full_plan, named("another"))
    with pytest.raises(PlanFullError):
        store.restore_event(ALICE, full_plan, last)
    assert [plan.events for plan in store.plans(ALICE)] == [MAX_EVENTS]
    with pytest.raises(PlanFullError):
        store.create(ALICE, Plan(events=(named("x"),) * (MAX_EVENTS + 1)))


@pytest.fixture
def reopened(database_url: str, store: Store) -> Iterator[Store]:
    """Open the same database once more."""
    again = open_store(database_url)
    yield again
    again.close()


def test_plans_survive_a_restart(store: Store, reopened: Store, plan_id: str, event_id: str) -> None:
    """What one store saved, another one reads, with its revisions."""
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    assert reopened.load(ALICE, plan_id) == store.load(ALICE, plan_id)
