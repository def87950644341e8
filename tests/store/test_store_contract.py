"""What the store promises on every database: plans come back as they went in, for their owner only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import UNSET
from msgspec.structs import replace

import samples
from advisor.model import Event, Finding, Plan, Recommendation
from advisor.store import Batch, NotFoundError, Store, UnstorableError
from advisor.store.batches import Batches
from advisor.store.comments import Comments
from advisor.store.history.history import History
from advisor.store.history.versions import Versions
from advisor.store.shares import Shares
from samples import ALICE, BOB, SHOP, named


@given(plan=samples.plans)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_plan_is_loaded_as_it_was_saved(store: Store, plan: Plan) -> None:
    """Creating and then loading a plan with any texts gives the same plan."""
    assert store.load(ALICE, store.create(ALICE, plan)).plan == plan


def test_every_field_of_a_plan_is_kept(store: Store) -> None:
    """Sources, destinations, decisions, extra and all other values of the document are kept with their types."""
    stored = store.load(ALICE, store.create(ALICE, SHOP))
    assert stored.plan == SHOP
    assert [type(value) for value in stored.plan.events[0].properties[0].values] == [int, float, bool, type(None), str]
    assert stored.revision == 1
    assert stored.event_revisions == (1, 1, 1)


def test_computed_parts_are_not_stored(store: Store) -> None:
    """Recommendations and findings would become outdated, so they are left out."""
    advice = Recommendation(
        ruleset="2026-11", placement="server", strength="lean", settled=False, reasons=(), tradeoffs=(), decisive=(),
        flips=(), relay=False, handoff=(), calls=(), deliveries=(), unreachable=(), shared_ids=(), setup=(), findings=(),
    )  # fmt: skip
    finding = Finding(code="unsettled", severity="info", message="", pointer="")
    advised = replace(SHOP, events=tuple(replace(e, recommendation=advice) for e in SHOP.events), findings=(finding,))
    plan_id = store.create(ALICE, advised)
    assert store.load(ALICE, plan_id).plan == SHOP
    event_id = store.add_event(ALICE, plan_id, replace(named("late"), recommendation=advice))
    assert store.load_event(ALICE, plan_id, event_id).event.recommendation is UNSET


def test_ids_have_128_bits_and_are_all_different(store: Store) -> None:
    """Addresses of plans and events cannot be guessed."""
    plans = [store.create(ALICE, SHOP) for _ in range(5)]
    ids = [*plans, *(event_id for plan_id in plans for event_id in store.load(ALICE, plan_id).event_ids)]
    assert len(set(ids)) == 20
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


def test_added_events_come_last_in_their_order(store: Store) -> None:
    """The order of events is the order in which they were added."""
    plan_id = store.create(ALICE, Plan(events=(named("a"),)))
    added = (store.add_event(ALICE, plan_id, named("b")), *store.add_events(ALICE, plan_id, (named("c"), named("d"))))
    stored = store.load(ALICE, plan_id)
    assert [event.name for event in stored.plan.events] == ["a", "b", "c", "d"]
    assert stored.event_ids[1:] == added
    assert [store.load_event(ALICE, plan_id, each).index for each in stored.event_ids] == [0, 1, 2, 3]


def test_settings_and_single_events_agree_with_the_whole_plan(store: Store) -> None:
    """The cheap ways to read give the same as `load`."""
    plan_id = store.create(ALICE, SHOP)
    whole, part = store.load(ALICE, plan_id), store.load_settings(ALICE, plan_id)
    assert part.plan == replace(SHOP, events=())
    assert (part.id, part.revision, part.created_at, part.updated_at) == (
        whole.id, whole.revision, whole.created_at, whole.updated_at,
    )  # fmt: skip
    for index, event_id in enumerate(whole.event_ids):
        stored = store.load_event(ALICE, plan_id, event_id)
        assert (stored.id, stored.event, stored.revision) == (event_id, SHOP.events[index], 1)


def test_the_list_has_the_last_changed_plan_first(store: Store) -> None:
    """The list has the name, the number of events and the time of each plan; a change of an event is one of its plan."""
    first = store.create(ALICE, replace(SHOP, name="First"))
    second = store.create(ALICE, Plan(name="Second"))
    assert [(plan.id, plan.name, plan.events) for plan in store.plans(ALICE)] == [
        (second, "Second", 0), (first, "First", 3),
    ]  # fmt: skip
    store.add_event(ALICE, first, named("late"))
    assert [(plan.id, plan.events) for plan in store.plans(ALICE)] == [(first, 4), (second, 0)]


def test_times_are_utc_and_follow_the_changes(store: Store) -> None:
    """A plan's time is that of the last change of it or of its events; an event's is that of its own last change."""
    plan_id = store.create(ALICE, SHOP)
    before = store.load(ALICE, plan_id)
    store.save_event(ALICE, plan_id, before.event_ids[0], 1, named("new"))
    after = store.load(ALICE, plan_id)
    assert before.created_at == before.updated_at == after.created_at < after.updated_at
    assert after.updated_at.tzinfo is UTC
    changed, untouched = (store.load_event(ALICE, plan_id, each) for each in after.event_ids[:2])
    assert untouched.created_at == untouched.updated_at == changed.created_at < changed.updated_at


OPERATIONS: dict[str, Callable[[Store, str, str, str], Any]] = {
    "load": lambda store, owner, plan, _: store.load(owner, plan),
    "load_settings": lambda store, owner, plan, _: store.load_settings(owner, plan),
    "load_event": lambda store, owner, plan, event: store.load_event(owner, plan, event),
    "save_settings": lambda store, owner, plan, _: store.save_settings(owner, plan, 1, lambda plan: plan),
    "repair_settings": lambda store, owner, plan, _: store.repair_settings(owner, plan),
    "save_event": lambda store, owner, plan, event: store.save_event(owner, plan, event, 1, named("mine")),
    "add_event": lambda store, owner, plan, _: store.add_event(owner, plan, named("mine")),
    "add_events": lambda store, owner, plan, _: store.add_events(owner, plan, ()),
    "delete_event": lambda store, owner, plan, event: store.delete_event(owner, plan, event),
    "restore_event": lambda store, owner, plan, event: store.restore_event(owner, plan, event),
    "delete": lambda store, owner, plan, _: store.delete(owner, plan),
    "restore": lambda store, owner, plan, _: store.restore(owner, plan),
    "batches.order": lambda store, owner, plan, _: store.batches.order(owner, plan),
    "batches.part": lambda store, owner, plan, _: store.batches.part(owner, plan, 0, 1),
    "batches.apply": lambda store, owner, plan, event: store.batches.apply(
        owner, plan, (event,), lambda *_: Batch(removed=(event,))
    ),
    "batches.apply_to_whole": lambda store, owner, plan, _: store.batches.apply_to_whole(
        owner, plan, lambda _: Batch()
    ),
    "comments.of": lambda store, owner, plan, event: store.comments.of(owner, plan, event),
    "comments.of_plan": lambda store, owner, plan, _: store.comments.of_plan(owner, plan),
    "comments.counts": lambda store, owner, plan, _: store.comments.counts(owner, plan),
    "comments.add": lambda store, owner, plan, event: store.comments.add(owner, plan, event, BOB, "x"),
    "comments.delete": lambda store, owner, plan, event: store.comments.delete(owner, plan, event, "0" * 32, BOB),
    "comments.restore": lambda store, owner, plan, event: store.comments.restore(owner, plan, event, "0" * 32, BOB),
    "history.latest": lambda store, owner, plan, _: store.history.latest(owner, plan),
    "history.changes": lambda store, owner, plan, _: store.history.changes(owner, plan),
    "history.change": lambda store, owner, plan, _: store.history.change(owner, plan, 1),
    "history.at": lambda store, owner, plan, _: store.history.at(owner, plan, 1),
    "history.count_at": lambda store, owner, plan, _: store.history.count_at(owner, plan, 1),
    "history.moved": lambda store, owner, plan, _: store.history.moved(owner, plan, 0, 1),
    "history.between": lambda store, owner, plan, _: store.history.between(owner, plan, 0, 1),
    "history.both": lambda store, owner, plan, _: store.history.both(owner, plan, 0, 1),
    "history.count_touched": lambda store, owner, plan, _: store.history.count_touched(owner, plan, 0, 1),
    "history.settings_between": lambda store, owner, plan, _: store.history.settings_between(owner, plan, 0, 1),
    "history.readable": lambda store, owner, plan, event: store.history.readable(owner, plan, event),
    "history.first_after": lambda store, owner, plan, event: store.history.first_after(owner, plan, 0, event),
    "history.undo": lambda store, owner, plan, _: store.history.undo(owner, plan, 1),
    "history.restore": lambda store, owner, plan, _: store.history.restore(owner, plan, 1, 1),
    "history.restore_event": lambda store, owner, plan, event: store.history.restore_event(
        owner, plan, event, 1, lambda _, then: then
    ),
    "versions.of": lambda store, owner, plan, _: store.versions.of(owner, plan),
    "versions.get": lambda store, owner, plan, _: store.versions.get(owner, plan, "0" * 32),
    "versions.name": lambda store, owner, plan, _: store.versions.name(owner, plan, "v1"),
    "versions.rename": lambda store, owner, plan, _: store.versions.rename(owner, plan, "0" * 32, "v1"),
    "versions.delete": lambda store, owner, plan, _: store.versions.delete(owner, plan, "0" * 32),
    "shares.of": lambda store, owner, plan, _: store.shares.of(owner, plan),
    "shares.create": lambda store, owner, plan, _: store.shares.create(owner, plan, "0" * 32, "0" * 64, "edit", ""),
    "shares.revoke": lambda store, owner, plan, _: store.shares.revoke(owner, plan, "0" * 32),
    "shares.restore": lambda store, owner, plan, _: store.shares.restore(owner, plan, "0" * 32),
    "shares.grant": lambda store, owner, plan, _: store.shares.grant(owner, plan),
}
UNKNOWN = ["0" * 32, "", "a" * 31, "\0" * 32, "A" * 32, "0" * 32 + "\n", "' OR 1=1 --", "٣" * 32, "\ud800"]


def refusal(operation: Callable[[], Any]) -> tuple[type, tuple[Any, ...]]:
    """Return the error that the caller of the operation gets."""
    with pytest.raises(NotFoundError) as caught:
        operation()
    return caught.type, caught.value.args


def test_every_operation_on_one_plan_is_in_the_list_of_operations() -> None:
    """Every operation is in the list, so that the next test covers operations that are added later."""
    rooms = {
        "": Store,
        "batches.": Batches,
        "history.": History,
        "versions.": Versions,
        "shares.": Shares,
        "comments.": Comments,
    }
    public = {prefix + name for prefix, room in rooms.items() for name in vars(room) if not name.startswith("_")}
    of_no_plan = {
        "place",
        "close",
        "plans",
        "create",
        "signed",
        "count_events",
        "event_names",
        "shares.open",
        "shares.leads_somewhere",
    }
    assert public - of_no_plan - {"shares.shared_with"} == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_another_owners_plan_looks_like_a_missing_plan(store: Store, name: str) -> None:
    """The error is the same, and nothing of the plan changes, deleted or not."""
    operation = OPERATIONS[name]
    plan_id = store.create(ALICE, SHOP)
    before = store.load(ALICE, plan_id)
    event_id = before.event_ids[0]
    theirs = refusal(lambda: operation(store, BOB, plan_id, event_id))
    assert {refusal(lambda u=unknown: operation(store, BOB, u, event_id)) for unknown in UNKNOWN} == {theirs}
    assert store.load(ALICE, plan_id) == before
    store.delete(ALICE, plan_id)
    assert refusal(lambda: operation(store, BOB, plan_id, event_id)) == theirs
    assert store.plans(BOB) == store.plans(BOB, deleted=True) == []


@pytest.mark.parametrize(
    "name",
    [
        "load_event",
        "save_event",
        "delete_event",
        "restore_event",
        "history.restore_event",
        "comments.of",
        "comments.add",
    ],
)
def test_an_event_is_found_in_its_own_plan_only(store: Store, name: str) -> None:
    """The error is the same for another plan of the same owner, someone else's plan and an unknown id."""
    mine, other, theirs = store.create(ALICE, SHOP), store.create(ALICE, SHOP), store.create(BOB, SHOP)
    strangers = [store.load(ALICE, other).event_ids[0], store.load(BOB, theirs).event_ids[0], *UNKNOWN]
    assert len({refusal(lambda s=stranger: OPERATIONS[name](store, ALICE, mine, s)) for stranger in strangers}) == 1
    assert store.load(ALICE, other).plan == store.load(BOB, theirs).plan == SHOP


@pytest.mark.parametrize("broken", [named("x" * 501), named(" "), named("\ud800"), Event(name="x", call="call")])  # type: ignore[arg-type]
def test_values_that_no_document_may_contain_are_refused(store: Store, broken: Event) -> None:
    """No unreadable value is stored, and nothing else is lost."""
    plan_id = store.create(ALICE, SHOP)
    before = store.load(ALICE, plan_id)
    with pytest.raises(UnstorableError):
        store.create(ALICE, Plan(events=(broken,)))
    with pytest.raises(UnstorableError):
        store.add_events(ALICE, plan_id, (named("good"), broken))
    with pytest.raises(UnstorableError):
        store.save_event(ALICE, plan_id, before.event_ids[0], 1, broken)
    with pytest.raises(UnstorableError):
        store.save_settings(ALICE, plan_id, 1, lambda plan: replace(plan, name=broken.name * 501))
    assert store.load(ALICE, plan_id) == before
    assert len(store.plans(ALICE)) == 1
