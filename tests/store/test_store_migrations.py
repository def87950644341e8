"""Migrations create and update the tables, and refuse those of a newer version."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from msgspec.structs import replace
from sqlalchemy import Column, Integer, inspect, text

from advisor.document import canonical
from advisor.store import Batch, Store, StoreError, UnavailableError, open_store
from advisor.store.databases.database import Database
from advisor.store.databases.migrate import migrate, migrations_on, versions
from advisor.store.statements import append_events, insert_plan
from samples import ALICE, SHOP, named

TABLES = {
    "plan",
    "event",
    "change",
    "earlier",
    "version",
    "share",
    "guest",
    "sent_form",
    "alembic_version",
    "installation",
    "recovery",
    "joined",
    "upload",
    "comment",
}


def tables(database: Database) -> set[str]:
    """Return the names of all tables."""
    with database.reading() as connection:
        return set(inspect(connection).get_table_names())


def test_migrations_create_the_tables_that_the_code_expects(database: Database) -> None:
    """After the migrations, Alembic finds no difference to the tables in the code."""
    migrate(database)
    with database.migrating() as connection:
        command.check(migrations_on(connection))


def test_every_migration_can_be_downgraded_and_upgraded(database: Database) -> None:
    """The migrations can be undone down to an empty database and applied again up to the same tables."""
    migrate(database)
    assert tables(database) == TABLES
    with database.migrating() as connection:
        command.downgrade(migrations_on(connection), "base")
    assert tables(database) == {"alembic_version"}
    migrate(database)
    assert tables(database) == TABLES


def test_plans_older_than_the_history_keep_everything(database: Database) -> None:
    """Their history begins with their next change, and their content before it is a point that can be restored."""
    with database.migrating() as connection:
        command.upgrade(migrations_on(connection), "0001")
        made = canonical(SHOP)
        plan_id = insert_plan(connection, ALICE, made.settings)
        (event_id,) = append_events(connection, plan_id, made.events[1:2])
    migrate(database)
    store = Store(database)
    assert store.history.changes(ALICE, plan_id) == []
    assert store.history.latest(ALICE, plan_id) == 0
    store.save_event(ALICE, plan_id, event_id, 1, named("new"))
    assert store.history.at(ALICE, plan_id, 0).events == {event_id: SHOP.events[1]}
    store.history.restore(ALICE, plan_id, 0, seen=1)
    assert store.load(ALICE, plan_id).plan == replace(SHOP, events=(SHOP.events[1],))


def test_a_downgrade_leaves_nothing_that_older_versions_misread(database: Database) -> None:
    """Older versions would read the stored order as an event. The move itself stays a change, so points keep their numbers."""
    migrate(database)
    store = Store(database)
    plan_id = store.create(ALICE, SHOP)
    a, b, c = store.load(ALICE, plan_id).event_ids
    store.batches.apply(ALICE, plan_id, (), lambda *_: Batch(moved=((c, ""),)))
    with database.migrating() as connection:
        command.downgrade(migrations_on(connection), "0002")
    with database.reading() as connection:
        things = set(connection.execute(text("SELECT event_id FROM earlier")).scalars())
    assert things == {"", a, b, c}
    migrate(database)
    assert store.history.latest(ALICE, plan_id) == 2
    assert list(store.history.at(ALICE, plan_id, 1).events) == [c, a, b]


def test_opening_again_changes_nothing(database_url: str, store: Store) -> None:
    """Opening a database again leaves its plans as they are."""
    plan_id = store.create(ALICE, SHOP)
    open_store(database_url).close()
    assert store.load(ALICE, plan_id).plan == SHOP


def test_a_migration_that_fails_leaves_nothing_behind(database: Database) -> None:
    """A migration is applied completely or not at all: here a table of the same name blocks the second one."""
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE event (x INTEGER)"))
    with pytest.raises(UnavailableError, match="event"):
        migrate(database)
    assert tables(database) == {"event"}
    with database.writing() as connection:
        connection.execute(text("DROP TABLE event"))
    migrate(database)
    assert tables(database) == TABLES


def test_rebuilding_the_table_of_plans_keeps_their_events(database: Database) -> None:
    """SQLite drops a table to alter it, and with foreign keys on would delete what refers to it."""
    migrate(database)
    store = Store(database)
    plan_id = store.create(ALICE, SHOP)
    with database.migrating() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(
            "plan", recreate="always" if connection.dialect.name == "sqlite" else "auto"
        ) as plan:
            plan.add_column(Column("stars", Integer))
    assert store.load(ALICE, plan_id).plan == SHOP


def test_foreign_keys_are_on_again_after_a_migration(database: Database) -> None:
    """With foreign keys on, an event without a plan is refused."""
    migrate(database)
    store = Store(database)
    plan_id = store.create(ALICE, SHOP)
    with database.writing() as connection:
        connection.execute(text("DELETE FROM plan WHERE id = :id"), {"id": plan_id})
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 0


def test_a_migration_waits_for_a_running_migration(database_url: str, database: Database) -> None:
    """Two processes that start at once do not create the same tables."""
    with ThreadPoolExecutor(1) as thread:
        with database.migrating():
            opening = thread.submit(open_store, database_url)
            _, waiting = wait([opening], timeout=0.3)
            assert waiting
        opening.result().close()
    assert tables(database) == TABLES


def test_a_database_of_a_newer_version_is_refused(database_url: str, database: Database) -> None:
    """The message says that the database is newer and what to do, and the database is not changed."""
    migrate(database)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnavailableError, match=rf"newer version.*9999.*{versions()[-1]}.*Install the newer version"):
        open_store(database_url)
    with database.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/plans.sqlite",
        "sqlite:////",
        "postgresql://alice:pass-word@127.0.0.1:1/plans",
        "postgresql://alice:pass-word@127.0.0.1:1/plans?sslmode=nonsense",
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(url: str) -> None:
    """The message says which address was tried and what to check, without the password."""
    with pytest.raises(UnavailableError, match="ADVISOR_DATABASE_URL") as caught:
        open_store(url)
    message = str(caught.value)
    assert ("/no/such/folder/plans.sqlite" in message or "It is at /." in message) or "127.0.0.1:1/plans" in message
    assert "pass-word" not in message


@pytest.mark.parametrize(
    "url", ["", "plans.sqlite", "mysql://alice:pass-word@host/plans", "postgresql://alice:pass-word@host:port/plans"]
)
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    """The message lists the possible kinds of addresses and repeats no password."""
    with pytest.raises(StoreError, match=r"expected .*postgresql://") as caught:
        open_store(url)
    assert "pass-word" not in str(caught.value)


def test_a_file_that_is_not_a_database_is_not_changed(tmp_path: Path) -> None:
    """A wrong address does not destroy the file that it names."""
    file = tmp_path / "thesis.txt"
    file.write_text("It was a dark and stormy night. " * 200)
    with pytest.raises(UnavailableError, match=r"not a database.*thesis\.txt"):
        open_store(f"sqlite:///{file}")
    assert file.read_text().startswith("It was a dark")


def test_files_of_migrations_are_named_after_their_versions(database: Database) -> None:
    """The name of the last file is compared with the version of a database before Alembic is loaded."""
    migrate(database)
    with database.migrating() as connection:
        migrations = ScriptDirectory.from_config(migrations_on(connection)).walk_revisions()
        assert [migration.revision for migration in migrations][::-1] == versions()


def test_opening_a_database_that_is_up_to_date_does_not_load_alembic(database_url: str, store: Store) -> None:
    """Loading Alembic would take half of the time that the app takes to start."""
    program = "import sys; from advisor.store import open_store; open_store(sys.argv[1]).close();"
    command = [sys.executable, "-c", program + "print('alembic' in sys.modules)", database_url]
    assert store.plans(ALICE) == []
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "False\n"
