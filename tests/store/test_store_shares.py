"""Links: opening one gives its right to its plan and nothing else, until it is revoked."""

from __future__ import annotations

import pytest

from advisor.store import Grant, NotFoundError, Store, TooManyError
from advisor.store.shares import MAX_SHARES
from samples import ALICE, BOB, SHOP

VIEW, EDIT = "1" * 64, "2" * 64
UNKNOWN = ["0" * 64, "", VIEW[:-1], "\0" * 64, "A" * 64, "\ud800"]


@pytest.fixture
def plan_id(store: Store) -> str:
    """A plan of Alice's, with a link to view it and one to edit it."""
    plan_id = store.create(ALICE, SHOP)
    store.shares.create(ALICE, plan_id, "a" * 32, VIEW, "view", "Agency")
    store.shares.create(ALICE, plan_id, "b" * 32, EDIT, "edit", "")
    return plan_id


def test_only_the_owner_has_a_right_before_a_link_is_opened(store: Store, plan_id: str) -> None:
    """And for everyone else the plan is one that does not exist."""
    assert store.shares.grant(ALICE, plan_id) == Grant(owner=ALICE, right="own")
    errors = set()
    for visitor, plan in ((BOB, plan_id), ("", plan_id), (BOB, "0" * 32), (BOB, "\0"), (ALICE, "0" * 32)):
        with pytest.raises(NotFoundError) as caught:
            store.shares.grant(visitor, plan)
        errors.add((caught.type, caught.value.args))
    assert len(errors) == 1


def test_a_link_gives_its_right_to_its_plan_only(store: Store, plan_id: str) -> None:
    """Again and again; the better of two rights counts, and both browsers and owners are told apart."""
    other = store.create(ALICE, SHOP)
    for _ in range(2):
        assert store.shares.open(VIEW, BOB) == plan_id
    assert store.shares.grant(BOB, plan_id) == Grant(owner=ALICE, right="view")
    store.shares.open(EDIT, BOB)
    assert store.shares.grant(BOB, plan_id) == Grant(owner=ALICE, right="edit")
    store.shares.open(VIEW, ALICE)
    assert store.shares.grant(ALICE, plan_id).right == "own"
    for visitor, plan in (("carol", plan_id), (BOB, other)):
        with pytest.raises(NotFoundError):
            store.shares.grant(visitor, plan)
    assert [(link.label, link.may, link.opened) for link in store.shares.of(ALICE, plan_id)] == [
        ("Agency", "view", 1), ("", "edit", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("token_hash", UNKNOWN)
def test_a_guessed_link_opens_nothing(store: Store, plan_id: str, token_hash: str) -> None:
    """No form of a wrong secret is accepted."""
    assert not store.shares.leads_somewhere(token_hash)
    with pytest.raises(NotFoundError):
        store.shares.open(token_hash, BOB)
    assert store.shares.leads_somewhere(VIEW)


def test_a_revoked_link_stops_working_at_once_for_everyone(store: Store, plan_id: str) -> None:
    """For those who opened it too; another link is not touched. Revoking twice is revoking once."""
    store.shares.open(VIEW, "carol")
    store.shares.open(VIEW, BOB)
    store.shares.open(EDIT, BOB)
    for _ in range(2):
        store.shares.revoke(ALICE, plan_id, "b" * 32)
    assert store.shares.grant(BOB, plan_id).right == "view"
    store.shares.revoke(ALICE, plan_id, "a" * 32)
    for visitor in ("carol", BOB):
        with pytest.raises(NotFoundError):
            store.shares.grant(visitor, plan_id)
        assert store.shares.shared_with(visitor) == []
    with pytest.raises(NotFoundError):
        store.shares.open(VIEW, "dave")
    assert store.shares.of(ALICE, plan_id) == []
    other = store.create(ALICE, SHOP)
    store.shares.create(ALICE, other, "c" * 32, "3" * 64, "view", "")
    with pytest.raises(NotFoundError):
        store.shares.revoke(ALICE, plan_id, "c" * 32)
    assert len(store.shares.of(ALICE, other)) == 1


def test_a_revoked_link_can_be_restored_by_its_owner(store: Store, plan_id: str) -> None:
    """It works again, also for browsers that had opened it; restoring an active link changes nothing."""
    store.shares.open(VIEW, BOB)
    (before,) = [share for share in store.shares.of(ALICE, plan_id) if share.id == "a" * 32]
    store.shares.revoke(ALICE, plan_id, "a" * 32)
    assert [share.id for share in store.shares.of(ALICE, plan_id, revoked=True)] == ["a" * 32]
    for attempt in ((BOB, "a" * 32), (ALICE, "f" * 32), (ALICE, "nothing")):
        with pytest.raises(NotFoundError):
            store.shares.restore(attempt[0], plan_id, attempt[1])
    for _ in range(2):
        store.shares.restore(ALICE, plan_id, "a" * 32)
    assert before in store.shares.of(ALICE, plan_id)
    assert store.shares.grant(BOB, plan_id).right == "view"


def test_guests_lose_a_deleted_plan_and_its_owner_keeps_it(store: Store, plan_id: str) -> None:
    """Only the owner may know that it can be restored; then the guests are back."""
    store.shares.open(EDIT, BOB)
    store.delete(ALICE, plan_id)
    assert store.shares.grant(ALICE, plan_id).right == "own"
    with pytest.raises(NotFoundError) as caught:
        store.shares.grant(BOB, plan_id)
    assert caught.type is NotFoundError
    assert store.shares.shared_with(BOB) == []
    assert not store.shares.leads_somewhere(EDIT)
    store.restore(ALICE, plan_id)
    assert store.shares.grant(BOB, plan_id).right == "edit"


def test_a_visitor_sees_what_is_shared_with_them(store: Store, plan_id: str) -> None:
    """The last changed plan first, each once, with the best right."""
    other = store.create(ALICE, SHOP)
    store.shares.create(ALICE, other, "c" * 32, "3" * 64, "view", "")
    for token_hash in (VIEW, EDIT, "3" * 64):
        store.shares.open(token_hash, BOB)
    assert [(each.plan.id, each.plan.name, each.plan.events, each.may) for each in store.shares.shared_with(BOB)] == [
        (other, SHOP.name, 3, "view"), (plan_id, SHOP.name, 3, "edit"),
    ]  # fmt: skip
    assert store.shares.shared_with(ALICE) == store.shares.shared_with("") == []


def test_a_plan_has_a_limit_of_active_links(store: Store, plan_id: str) -> None:
    """A revoked link makes room, and can't be restored if the room is used."""
    for number in range(MAX_SHARES - 2):
        store.shares.create(ALICE, plan_id, f"{number:032}", f"{number:064}", "view", "")
    with pytest.raises(TooManyError, match="100"):
        store.shares.create(ALICE, plan_id, "d" * 32, "d" * 64, "view", "")
    store.shares.revoke(ALICE, plan_id, "a" * 32)
    store.shares.create(ALICE, plan_id, "d" * 32, "d" * 64, "view", "")
    with pytest.raises(TooManyError, match="100"):
        store.shares.restore(ALICE, plan_id, "a" * 32)
