"""Uploads wait for their import: for one visitor, one plan and a while, and never without a limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from advisor.store import Batch, NotFoundError, Store, StoredPlan
from advisor.store import uploads as stored_uploads
from advisor.store.databases.database import Database
from advisor.store.statements import now
from advisor.store.tables import uploads
from samples import ALICE, BOB, SHOP, named

FILES = {"plan.csv": b"Event\nA", "folder/b.json": b"\0\xff"}


def test_an_upload_comes_back_as_it_was(store: Store) -> None:
    """Files keep their names and bytes, and what was chosen is there for the next request of any process."""
    upload_id = store.uploads.add(ALICE, "", FILES)
    store.uploads.choose(ALICE, "", upload_id, '{"mode":"add"}')
    found = store.uploads.get(ALICE, "", upload_id)
    assert (found.files, found.choices, found.plan_id) == (FILES, '{"mode":"add"}', "")
    store.uploads.drop(ALICE, "", upload_id)
    with pytest.raises(NotFoundError):
        store.uploads.get(ALICE, "", upload_id)


def test_an_upload_is_only_its_visitors_and_only_for_its_plan(store: Store) -> None:
    """Others get the answer of an unknown id; so does a visitor who has none yet."""
    plan_id = store.create(ALICE, SHOP)
    upload_id = store.uploads.add(ALICE, plan_id, FILES)
    for owner, plan in ((BOB, plan_id), ("", plan_id), (ALICE, ""), (ALICE, "0" * 32)):
        with pytest.raises(NotFoundError):
            store.uploads.get(owner, plan, upload_id)
    for unknown in ("", "0" * 32, "\0", "x" * 500):
        with pytest.raises(NotFoundError):
            store.uploads.get(ALICE, plan_id, unknown)
    assert store.uploads.get(ALICE, plan_id, upload_id).files == FILES
    store.owners.join(ALICE, BOB)
    assert store.uploads.get(BOB, plan_id, upload_id).files == FILES


def test_the_oldest_uploads_make_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor has at most `MAX_UPLOADS`, and all visitors together at most `MAX_TOTAL` bytes."""
    ids = [store.uploads.add(ALICE, "", {"x": bytes([number])}) for number in range(stored_uploads.MAX_UPLOADS + 2)]
    assert [_is_there(store, each) for each in ids] == [False, False, *[True] * stored_uploads.MAX_UPLOADS]
    monkeypatch.setattr(stored_uploads, "MAX_TOTAL", 20)
    last = store.uploads.add(BOB, "", {"x": b"b"})
    assert not any(_is_there(store, each) for each in ids[:-1])
    assert store.uploads.get(BOB, "", last).files == {"x": b"b"}


def test_an_upload_that_nobody_imports_is_dropped(store: Store, database: Database) -> None:
    """It can't be read after `KEPT`, and the next upload of anyone removes it."""
    upload_id = store.uploads.add(ALICE, "", FILES)
    with database.writing() as connection:
        connection.execute(update(uploads).values(created_at=now() - stored_uploads.KEPT - timedelta(seconds=1)))
    assert not _is_there(store, upload_id)
    store.uploads.add(BOB, "", FILES)
    with database.reading() as connection:
        assert len(connection.execute(uploads.select()).all()) == 1


def test_a_batch_of_the_whole_plan_is_one_step_that_is_undone_as_one(store: Store) -> None:
    """Settings, changed, new and removed events are one change of the history."""
    plan_id = store.create(ALICE, SHOP)
    before = store.load(ALICE, plan_id)

    def draft(stored: StoredPlan) -> Batch:
        first, *others = stored.event_ids
        return Batch(
            settings=replace(stored.plan, name="Other", events=()),
            saved={first: named("Changed")},
            added={"f" * 32: named("New")},
            removed=others[:1],
        )

    store.batches.apply_to_whole(ALICE, plan_id, draft, "Imported")
    after = store.load(ALICE, plan_id).plan
    assert (after.name, after.events[0].name, after.events[-1].name) == ("Other", "Changed", "New")
    assert store.history.latest(ALICE, plan_id) == 2
    store.history.undo(ALICE, plan_id, 2)
    assert store.load(ALICE, plan_id).plan == before.plan


def _is_there(store: Store, upload_id: str) -> bool:
    try:
        return bool(store.uploads.get(ALICE, "", upload_id))
    except NotFoundError:
        return False
