"""Comments follow their event, are deleted by their writer alone, and never reach the document."""

from __future__ import annotations

import pytest

from advisor.document_limits import MAX_COMMENTS
from advisor.store import NotFoundError, Store, TooManyError
from advisor.store import comments as stored_comments
from samples import ALICE, BOB, SHOP


def texts(store: Store, plan_id: str, event_id: str) -> list[str]:
    """Return the texts of the comments on an event."""
    return [comment.text for comment in store.comments.of(ALICE, plan_id, event_id)]


def test_comments_are_listed_in_order_with_name_and_writer(store: Store) -> None:
    """The name is that of the moment; the plan, its revision and its history stay as they are."""
    plan_id = store.create(ALICE, SHOP)
    before = store.load(ALICE, plan_id)
    first, *_ = before.event_ids
    store.signed("Ada").comments.add(ALICE, plan_id, first, ALICE, "One\n<b>two</b>")
    store.comments.add(ALICE, plan_id, first, BOB, "Three")
    found = store.comments.of(ALICE, plan_id, first)
    assert [(each.author, each.writer, each.text) for each in found] == [
        ("Ada", ALICE, "One\n<b>two</b>"),
        ("", BOB, "Three"),
    ]
    assert store.comments.counts(ALICE, plan_id) == {first: 2}
    assert store.comments.of_plan(ALICE, plan_id) == found
    assert store.load(ALICE, plan_id) == before
    assert store.history.latest(ALICE, plan_id) == 1


def test_comments_go_with_their_event_and_plan_and_come_back_with_them(store: Store) -> None:
    """A deleted event has no comments to read, to count or to add to; an undo of the deletion brings them back."""
    plan_id = store.create(ALICE, SHOP)
    first, *_ = store.load(ALICE, plan_id).event_ids
    comment_id = store.comments.add(ALICE, plan_id, first, ALICE, "Kept")
    store.delete_event(ALICE, plan_id, first)
    assert store.comments.counts(ALICE, plan_id) == {}
    assert store.comments.of_plan(ALICE, plan_id) == []
    for refused in (
        lambda: store.comments.of(ALICE, plan_id, first),
        lambda: store.comments.add(ALICE, plan_id, first, ALICE, "More"),
        lambda: store.comments.delete(ALICE, plan_id, first, comment_id, ALICE),
    ):
        with pytest.raises(NotFoundError):
            refused()
    store.history.undo(ALICE, plan_id, store.history.latest(ALICE, plan_id))
    assert texts(store, plan_id, first) == ["Kept"]
    store.delete(ALICE, plan_id)
    with pytest.raises(NotFoundError):
        store.comments.of(ALICE, plan_id, first)
    store.restore(ALICE, plan_id)
    assert texts(store, plan_id, first) == ["Kept"]


def test_only_the_writer_deletes_a_comment_and_takes_that_back(store: Store) -> None:
    """Not even the owner of the plan deletes what someone else wrote; nobody by the id of another plan or event."""
    plan_id, other = store.create(ALICE, SHOP), store.create(ALICE, SHOP)
    first, second, *_ = store.load(ALICE, plan_id).event_ids
    comment_id = store.comments.add(ALICE, plan_id, first, BOB, "Mine")
    for plan, event, key, writer in (
        (plan_id, first, comment_id, ALICE),
        (plan_id, first, comment_id, ""),
        (plan_id, second, comment_id, BOB),
        (other, first, comment_id, BOB),
        (other, store.load(ALICE, other).event_ids[0], comment_id, BOB),
        (plan_id, first, "\0", BOB),
        (plan_id, "\0", comment_id, BOB),
    ):
        with pytest.raises(NotFoundError):
            store.comments.delete(ALICE, plan, event, key, writer)
    assert texts(store, plan_id, first) == ["Mine"]
    store.comments.delete(ALICE, plan_id, first, comment_id, BOB)
    assert texts(store, plan_id, first) == []
    store.comments.restore(ALICE, plan_id, first, comment_id, BOB)
    assert texts(store, plan_id, first) == ["Mine"]


def test_the_comments_of_a_merged_visitor_are_those_of_the_person(store: Store) -> None:
    """After a recovery code joined two browsers, the comments of both can be deleted from either."""
    plan_id = store.create(ALICE, SHOP)
    first, *_ = store.load(ALICE, plan_id).event_ids
    comment_id = store.comments.add(ALICE, plan_id, first, BOB, "Mine")
    store.owners.join(BOB, ALICE)
    store.comments.delete(ALICE, plan_id, first, comment_id, ALICE)


def test_an_event_has_a_limited_number_of_comments(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleted ones make room, and can't come back while there is none."""
    assert MAX_COMMENTS == 500
    monkeypatch.setattr(stored_comments, "MAX_COMMENTS", 2)
    plan_id = store.create(ALICE, SHOP)
    first, *_ = store.load(ALICE, plan_id).event_ids
    old = store.comments.add(ALICE, plan_id, first, ALICE, "1")
    store.comments.add(ALICE, plan_id, first, ALICE, "2")
    with pytest.raises(TooManyError):
        store.comments.add(ALICE, plan_id, first, ALICE, "3")
    store.comments.delete(ALICE, plan_id, first, old, ALICE)
    store.comments.add(ALICE, plan_id, first, ALICE, "3")
    with pytest.raises(TooManyError):
        store.comments.restore(ALICE, plan_id, first, old, ALICE)
    assert texts(store, plan_id, first) == ["2", "3"]


def test_a_visitor_with_several_links_has_the_most_that_one_allows(store: Store) -> None:
    """A link for developers takes nothing away from a link to view or to edit, and gives no more than its page."""
    plan_id = store.create(ALICE, SHOP)
    for number, may in enumerate(("dev", "view", "edit")):
        share_id, token_hash = f"{number}" * 32, f"{number}" * 64
        store.shares.create(ALICE, plan_id, share_id, token_hash, may, "")  # type: ignore[arg-type]
        store.shares.open(token_hash, BOB)
        assert store.shares.grant(BOB, plan_id).right == may
        assert [item.may for item in store.shares.shared_with(BOB)] == [may]
    store.shares.revoke(ALICE, plan_id, "2" * 32)
    store.shares.revoke(ALICE, plan_id, "1" * 32)
    assert store.shares.grant(BOB, plan_id).right == "dev"
