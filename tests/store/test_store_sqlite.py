"""What only an SQLite file does: modes, the log, backups; and a database in memory."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from advisor.store import Store, open_store
from samples import ALICE, SHOP, named


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a name that an address must escape."""
    return tmp_path / "my plans %20#1?.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """A store in that file."""
    store = open_store(f"sqlite:///{quote(str(file))}")
    yield store
    store.close()


def test_only_its_owner_can_read_the_file(store: Store, file: Path) -> None:
    """Nor the log beside it, where the last plans may still be."""
    store.create(ALICE, SHOP)
    beside = sorted(file.parent.iterdir())
    assert [each.name.removeprefix(file.name) for each in beside] == ["", "-shm", "-wal"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in beside} == {0o600}
    assert store.place == str(file)


def test_the_file_has_a_write_ahead_log(store: Store, file: Path) -> None:
    """For good, and with full synchronisation: what was saved survives a power cut."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_copy_through_sqlite_is_a_backup(store: Store, tmp_path: Path, file: Path) -> None:
    """``VACUUM INTO``, as docs/storage.md says, while the store is open."""
    plan_id = store.create(ALICE, SHOP)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(tmp_path / "backup.sqlite"),))
    backup = open_store(f"sqlite:///{tmp_path / 'backup.sqlite'}")
    assert backup.load(ALICE, plan_id).plan == SHOP
    backup.close()


def test_a_relative_address_is_a_file_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three slashes."""
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///plans.sqlite").close()
    assert (tmp_path / "plans.sqlite").is_file()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_shared_by_threads(url: str) -> None:
    """Until the store is closed; two stores share nothing."""
    store, other = open_store(url), open_store(url)
    plan_id = store.create(ALICE, SHOP)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: store.add_event(ALICE, plan_id, named(str(n))), range(20)))
    assert len(store.load(ALICE, plan_id).event_ids) == 23
    assert other.plans(ALICE) == []
    store.close()
    other.close()


def test_switching_to_the_write_ahead_log_waits_for_other_processes(file: Path) -> None:
    """SQLite itself does not wait there, and would refuse a process that starts together with another."""
    with ThreadPoolExecutor(1) as thread:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            opening = thread.submit(open_store, f"sqlite:///{quote(str(file))}")
            _, waiting = wait([opening], timeout=0.3)
            assert waiting
        opening.result().close()
