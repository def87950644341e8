"""Brings the tables of a database to the state that this version of the code expects."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from advisor.store.database import Database, unavailable
from advisor.store.errors import Unavailable


def migrate(database: Database) -> None:
    """Runs the migrations that are missing, all or none. Does nothing where there are none.

    Raises `Unavailable` for a database that cannot be reached, is none, or belongs to a newer version.
    """
    try:
        with database.migrating() as connection:
            migrations = migrations_on(connection)
            _refuse_newer(database, connection, migrations)
            command.upgrade(migrations, "head")
    except DBAPIError as error:
        raise unavailable(database.place, error) from error


def migrations_on(connection: Connection) -> Config:
    """Alembic's configuration for our migrations, run on this connection and in its transaction."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "advisor.store:migrations")
    return config


def _refuse_newer(database: Database, connection: Connection, migrations: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(migrations).walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    if found - known:
        raise Unavailable(
            f"The database at {database.place} was written by a newer version of Tracking Advisor"
            f" (its tables are at {', '.join(sorted(found - known))}, this version knows up to {max(known)})."
            " Install the newer version, or set ADVISOR_DATABASE_URL to another database."
        )
