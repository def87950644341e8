"""Damaged rows: the rest of the plan opens, and the damaged rows are named."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from advisor.document import fitted
from advisor.model import Destination, Event, Plan
from advisor.store import Batch, DamagedError, Store, open_store
from advisor.store.tables import events, plans
from samples import ALICE, SHOP, named

GARBAGE = (
    "",
    "{",
    "null",
    "[]",
    "\x01",
    '"text"',
    "[" * 3000,
    '{"name":"Signed Up","call":"track"',
    '{"name":"Signed Up","call":"shout"}',
    '{"name":1}',
    '{"call":"track"}',
    '{"name":"Signed Up","answers":{"bogus":"yes"}}',
    '{"name":"Signed Up","suggested":["bogus"]}',
    '{"name":"Signed Up","properties":[{"name":"p","type":"nope"}]}',
    '{"name":"Signed Up","properties":[{"name":"p","values":[1e999]}]}',
    '{"name":"Signed Up","decision":{"placement":"server","date":"soon"}}',
)
"""What a row of an event may hold that is no event."""
REPAIRED = {
    '{"name":"E","answers":{"sensitive":"unsure","payment":"yes"}}': Event(name="E", answers={"payment": "yes"}),
    '{"name":"E","labels":{"b":"1","a":"2"},"x":1}': Event(name="E", labels={"a": "2", "b": "1"}, extra={"x": 1}),
    '{"name":"E","destinations":["Mixpanel","Nowhere"]}': Event(name="E", destinations=("Mixpanel",)),
    '{"name":"E","sources":["swift","kotlin"],"recommendation":{"a":1}}': Event(name="E", sources=("swift",)),
}
"""What the reader of documents puts right by itself."""
BAD_SETTINGS = (
    '{"format":"tracking-plan/1","name":"P","destinations":[{"key":"Mixpanel"},{"key":"mixpanel!"}],"warehouse":true}',
    '{"format":"tracking-plan/1","name":"P","sources":{"client":["swift","bogus"],"server":"nope"},"destinations":[]}',
    '{"name":"P","warehouse":"yes","naming":{"bogus":1},"dismissed":[{"code":1}]}',
    '{"format":"tracking-plan/9","name":"P"}',
)
"""Settings of which some can be read."""


def write_row(store: Store, table: str, row_id: str, content: str) -> None:
    """Change a row without the app."""
    with store._database.writing() as connection:
        connection.execute(
            text(f"UPDATE {table} SET content = :content WHERE id = :id"), {"content": content, "id": row_id}
        )


@pytest.mark.parametrize("content", GARBAGE)
def test_a_plan_with_one_damaged_event_opens_without_it(store: Store, content: str) -> None:
    """It is left out and named, saves of others leave it alone, and it can be deleted, and restored from the history."""
    plan_id = store.create(ALICE, SHOP)
    ids = store.load(ALICE, plan_id).event_ids
    revision = store.save_event(ALICE, plan_id, ids[2], 1, named("Signed Up"))
    write_row(store, "event", ids[2], content)
    stored = store.load(ALICE, plan_id)
    assert stored.plan == replace(SHOP, events=SHOP.events[:2])
    assert [(each.id, each.name in ("Signed Up", "")) for each in stored.damaged] == [(ids[2], True)]
    assert stored.damaged[0].reason
    assert not stored.is_whole
    with pytest.raises(DamagedError):
        store.load_event(ALICE, plan_id, ids[2])
    with pytest.raises(DamagedError):
        store.save_event(ALICE, plan_id, ids[2], revision, named("over it"))
    store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="Still saved"))
    store.batches.apply(
        ALICE, plan_id, ids, lambda _, found: Batch(removed=(ids[1],)) if ids[2] not in found else Batch()
    )
    assert store.load(ALICE, plan_id).plan.name == "Still saved"
    latest = store.history.latest(ALICE, plan_id)
    store.history.between(ALICE, plan_id, 1, latest)
    store.history.restore(ALICE, plan_id, 1, latest)
    assert store.load(ALICE, plan_id).plan == SHOP


@pytest.mark.parametrize("content", GARBAGE)
def test_a_damaged_event_can_be_deleted_or_restored_alone(store: Store, content: str) -> None:
    """Its readable versions are offered; what it held is in the history of the deletion."""
    plan_id = store.create(ALICE, SHOP)
    ids = store.load(ALICE, plan_id).event_ids
    store.save_event(ALICE, plan_id, ids[2], 1, named("Newer"))
    write_row(store, "event", ids[2], content)
    ((number, event),) = store.history.readable(ALICE, plan_id, ids[2])
    assert (number, event) == (1, SHOP.events[2])
    store.delete_event(ALICE, plan_id, ids[2])
    assert store.load(ALICE, plan_id).is_whole
    with pytest.raises(DamagedError):
        store.restore_event(ALICE, plan_id, ids[2])
    store.history.restore_event(ALICE, plan_id, ids[2], number, fitted)
    assert store.load(ALICE, plan_id).plan == SHOP


@pytest.mark.parametrize("content", REPAIRED)
def test_corrected_values_do_not_count_as_damage(store: Store, content: str) -> None:
    """Rows of older versions of the app are read with their meaning, and corrected with the next save."""
    plan_id = store.create(ALICE, SHOP)
    ids = store.load(ALICE, plan_id).event_ids
    write_row(store, "event", ids[0], content)
    stored = store.load(ALICE, plan_id)
    assert stored.is_whole
    assert stored.plan.events[0] == store.load_event(ALICE, plan_id, ids[0]).event == REPAIRED[content]
    store.save_event(ALICE, plan_id, ids[0], 1, replace(REPAIRED[content], description="saved"))
    with store._database.reading() as connection:
        held = connection.execute(select(events.c.content).where(events.c.id == ids[0])).scalar_one()
    assert msgspec.json.decode(held, type=Event) == replace(REPAIRED[content], description="saved")


@pytest.mark.parametrize("content", [*BAD_SETTINGS, *GARBAGE])
def test_damaged_settings_open_as_far_as_readable_and_block_saves(store: Store, content: str) -> None:
    """The list, the plan and its history open; nothing can be lost by saving; a repair keeps what can be read."""
    plan_id, other = store.create(ALICE, SHOP), store.create(ALICE, Plan(name="Other"))
    ids = store.load(ALICE, plan_id).event_ids
    write_row(store, "plan", plan_id, content)
    listed = {plan.id: plan for plan in store.plans(ALICE)}
    assert listed[plan_id].damage
    assert not listed[other].damage
    stored = store.load(ALICE, plan_id)
    assert stored.damage
    assert len(stored.plan.events) == len(SHOP.events)
    for change in (
        lambda: store.save_event(ALICE, plan_id, ids[0], 1, named("x")),
        lambda: store.add_event(ALICE, plan_id, named("x")),
        lambda: store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name="x")),
        lambda: store.batches.apply(ALICE, plan_id, ids, lambda *_: Batch(removed=ids)),
    ):
        with pytest.raises(DamagedError):
            change()
    store.repair_settings(ALICE, plan_id)
    repaired = store.load(ALICE, plan_id)
    assert repaired.is_whole
    assert repaired.plan == stored.plan


def test_lost_settings_are_rebuilt_from_the_events(store: Store) -> None:
    """Without any earlier version: the destinations and libraries that events want, so that nothing of them is lost."""
    plan = Plan(
        destinations=(Destination(key="Mixpanel"), Destination(key="Drift")),
        events=(Event(name="A", destinations=("Drift",)),),
    )
    plan_id = store.create(ALICE, plan)
    write_row(store, "plan", plan_id, "{")
    stored = store.load(ALICE, plan_id)
    assert stored.plan.destinations == (Destination(key="Drift"),)
    assert stored.plan.events == plan.events
    store_again = store.create(ALICE, plan)
    store.save_settings(ALICE, store_again, 1, lambda now: replace(now, name="Named"))
    write_row(store, "plan", store_again, "{")
    assert store.load_settings(ALICE, store_again).plan == replace(plan, events=())


def test_invalid_text_damages_only_its_own_row(tmp_path: Path) -> None:
    """A row that was cut inside a character, in a file that somebody edited."""
    store = open_store(f"sqlite:///{tmp_path / 'cut.sqlite'}")
    plan_id = store.create(ALICE, SHOP)
    ids = store.load(ALICE, plan_id).event_ids
    with store._database.writing() as connection:
        connection.execute(
            text("UPDATE event SET content = CAST(x'7b226e616d65223a22c3' AS TEXT) WHERE id = :id"), {"id": ids[1]}
        )
    assert [each.id for each in store.load(ALICE, plan_id).damaged] == [ids[1]]
    store.delete_event(ALICE, plan_id, ids[1])
    assert store.load(ALICE, plan_id).is_whole
    store.close()


def test_a_restored_event_names_only_what_its_plan_still_has(store: Store) -> None:
    """The event is deleted, then its destination is removed, then the event is restored in each way: the plan stays
    valid.
    """
    for bring_back in (
        lambda plan_id, event_id: store.restore_event(ALICE, plan_id, event_id),
        lambda plan_id, event_id: store.batches.apply(
            ALICE, plan_id, (event_id,), lambda *_: Batch(returned=(event_id,))
        ),
    ):
        plan_id = store.create(ALICE, SHOP)
        event_id = store.load(ALICE, plan_id).event_ids[0]
        store.delete_event(ALICE, plan_id, event_id)
        store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, destinations=plan.destinations[:1]))
        bring_back(plan_id, event_id)
        with store._database.reading() as connection:
            row = connection.execute(select(events.c.content).where(events.c.id == event_id)).scalar_one()
            settings = connection.execute(select(plans.c.content).where(plans.c.id == plan_id)).scalar_one()
        assert msgspec.json.decode(row, type=Event).destinations == ()
        assert "Mixpanel" not in settings
