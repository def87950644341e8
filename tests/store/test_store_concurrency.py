"""Threads and processes that write at once, and one that is killed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from advisor.document_limits import MAX_EVENTS
from advisor.model import Event, Plan
from advisor.store import PlanFullError, SettingsConflictError, Store, open_store
from advisor.store.databases.database import Database
from advisor.store.databases.migrate import migrate
from samples import ALICE, named

WRITER = Path(__file__).with_name("writer.py")


@contextmanager
def writers(*commands: tuple[str, ...]) -> Iterator[list[subprocess.Popen[str]]]:
    """A process per verb and arguments of `writer.py`; they begin together."""
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen([sys.executable, str(WRITER), *command], stdin=pipe, stdout=pipe, text=True)
        for command in commands
    ]
    try:
        for process in processes:
            assert said_by(process).readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def said_by(process: subprocess.Popen[str]) -> IO[str]:
    """What a process prints."""
    assert process.stdout
    return process.stdout


def test_two_processes_that_save_the_same_event_lose_no_update(store: Store, database_url: str) -> None:
    """300 times each read, count in a label of their own, save: both labels say 300, and the revision has seen all.

    So has the history: 600 changes, one after the other, each with its author and each counting one up.
    """
    plan_id = store.create(ALICE, Plan(events=(Event(name="Counter", labels={"a": "0", "b": "0"}),)))
    (event_id,) = store.load(ALICE, plan_id).event_ids
    command = ("count", database_url)
    counted = (plan_id, event_id, "300")
    with writers((*command, "a", *counted), (*command, "b", *counted)) as processes:
        assert [process.wait() for process in processes] == [0, 0]
    stored = store.load_event(ALICE, plan_id, event_id)
    assert stored.event.labels == {"a": "300", "b": "300"}
    assert stored.revision == 601
    changes = store.history.changes(ALICE, plan_id, limit=1000)
    assert [change.number for change in changes] == list(range(601, 0, -1))
    assert Counter(change.author for change in changes) == {"a": 300, "b": 300, "": 1}
    counted = [store.history.at(ALICE, plan_id, point).events[event_id].labels for point in range(1, 602, 50)]
    assert [sum(map(int, labels.values())) for labels in counted] == list(range(0, 601, 50))


def test_two_processes_that_start_at_once_on_an_empty_database_both_succeed(database_url: str) -> None:
    """One creates the tables, and the other waits for it."""
    with writers(*[("open", database_url)] * 2) as processes:
        assert [process.wait() for process in processes] == [0, 0]
    store = open_store(database_url)
    assert store.load(ALICE, store.create(ALICE, Plan())).plan == Plan()
    store.close()


def test_a_killed_writer_leaves_only_complete_transactions(store: Store, database_url: str) -> None:
    """Every confirmed write is there, pairs are complete, and the next writer can lock the plan."""
    plan_id = store.create(ALICE, Plan())
    with writers(("append", database_url, plan_id)) as (writer,):
        promised = [said_by(writer).readline() for _ in range(20)]
        writer.kill()
        promised += said_by(writer).readlines()
    again = open_store(database_url)
    stored = again.load(ALICE, plan_id)
    ids = [event_id for line in promised if line.endswith("\n") for event_id in line.split()]
    assert list(stored.event_ids[: len(ids)]) == ids
    assert [event.name for event in stored.plan.events] == ["first", "second"] * (len(stored.event_ids) // 2)
    assert [plan.events for plan in again.plans(ALICE)] == [len(stored.event_ids)]
    again.add_event(ALICE, plan_id, named("after"))
    again.close()


def test_threads_can_share_a_store(store: Store) -> None:
    """Eight threads change the settings at once, each until it succeeds: no change is lost."""
    plan_id = store.create(ALICE, Plan(description="0"))

    def count(_: int) -> None:
        def raised(plan: Plan) -> Plan:
            return replace(plan, description=str(int(plan.description) + 1))

        for _ in range(5):
            saved = False
            while not saved:
                revision = store.load(ALICE, plan_id).revision
                try:
                    saved = store.save_settings(ALICE, plan_id, revision, raised) == revision + 1
                except SettingsConflictError:
                    continue

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    stored = store.load(ALICE, plan_id)
    assert (stored.plan.description, stored.revision) == ("40", 41)


def test_events_added_at_once_do_not_exceed_the_limit(store: Store) -> None:
    """With room for five, five of sixteen are added, each in a place of its own."""
    plan_id = store.create(ALICE, Plan(events=(named("x"),) * (MAX_EVENTS - 5)))

    def add(number: int) -> bool:
        try:
            store.add_event(ALICE, plan_id, named(str(number)))
        except PlanFullError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(add, range(16))) == 5
    assert len(store.load(ALICE, plan_id).event_ids) == MAX_EVENTS


def test_readers_and_a_writer_do_not_wait_for_each_other(database: Database) -> None:
    """A reader keeps its first view while a writer begins and ends."""
    migrate(database)
    store = Store(database)
    store.create(ALICE, Plan())
    count = "SELECT count(*) FROM plan"
    with database.reading() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 1
        with database.writing() as writer:
            writer.exec_driver_sql("DELETE FROM plan")
            assert len(store.plans(ALICE)) == 1
        assert store.plans(ALICE) == []
        assert reader.exec_driver_sql(count).scalar_one() == 1
