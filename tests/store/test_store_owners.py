"""Two owners who are one person: whatever either writes, also at the same moment, belongs to both browsers."""

from __future__ import annotations

import threading

import pytest

from advisor.store import NotFoundError, Store
from samples import ALICE, BOB, SHOP

CAROL = "carol"


def test_what_a_merged_owner_writes_belongs_to_whom_they_became(store: Store) -> None:
    """A request that began before the merge, in another tab, leaves nothing with an id that no browser has any more."""
    shared = store.create(CAROL, SHOP)
    event_id = store.load(CAROL, shared).event_ids[0]
    store.shares.create(CAROL, shared, "a" * 32, "a" * 64, "edit", "")
    store.owners.join(ALICE, BOB)
    plan_id = store.create(ALICE, SHOP)
    assert [plan.id for plan in store.plans(BOB)] == [plan_id]
    with pytest.raises(NotFoundError):
        store.load(ALICE, plan_id)
    store.shares.open("a" * 64, ALICE)
    assert store.shares.grant(BOB, shared).right == "edit"
    comment_id = store.comments.add(CAROL, shared, event_id, ALICE, "Mine")
    store.comments.delete(CAROL, shared, event_id, comment_id, BOB)
    upload_id = store.uploads.add(ALICE, "", {"plan.csv": b"Event"})
    assert store.uploads.get(BOB, "", upload_id).files == {"plan.csv": b"Event"}


def test_a_recovery_code_that_is_sent_twice_merges_once(store: Store) -> None:
    """Two tabs send the code at once: the second merge finds that it is done, and a merge into a merged owner follows."""
    plans = {owner: store.create(owner, SHOP) for owner in (ALICE, BOB, CAROL)}
    store.owners.join(ALICE, BOB)
    store.owners.join(ALICE, BOB)
    store.owners.join(BOB, ALICE)
    assert [store.owners.current(each) for each in (ALICE, BOB)] == [BOB, BOB]
    store.owners.join(CAROL, ALICE)
    assert [store.owners.current(each) for each in (ALICE, BOB, CAROL)] == [BOB] * 3
    assert {plan.id for plan in store.plans(BOB)} == set(plans.values())


def test_merges_and_new_plans_at_the_same_moment_lose_no_plan(store: Store) -> None:
    """Two browsers enter each other's code while both make plans: one owner has all plans in the end."""
    store.owners.check_key("as the app does when it starts")
    made: list[str] = []
    start = threading.Barrier(4)

    def make(owner: str) -> None:
        start.wait()
        made.extend(store.create(owner, SHOP) for _ in range(10))

    def merge(owner: str, into: str) -> None:
        start.wait()
        store.owners.join(owner, into)

    work = [threading.Thread(target=make, args=(owner,)) for owner in (ALICE, BOB)]
    work += [threading.Thread(target=merge, args=pair) for pair in ((ALICE, BOB), (BOB, ALICE))]
    for each in work:
        each.start()
    for each in work:
        each.join()
    (owner,) = {store.owners.current(each) for each in (ALICE, BOB)}
    assert {plan.id for plan in store.plans(owner)} == set(made)
