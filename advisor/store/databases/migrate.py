"""Upgrades the tables of a database to the state that this version of the code expects."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from advisor.store.databases.database import Database, unavailable
from advisor.store.errors import UnavailableError

if TYPE_CHECKING:
    from alembic.config import Config


def migrate(database: Database) -> None:
    """Run the missing migrations, all or none. Does nothing if none is missing.

    Raises `UnavailableError` if the database cannot be reached, is no database, or belongs to a newer version.
    """
    try:
        with database.reading() as connection:
            found = _version(connection)
        known = versions()
        if found not in (None, *known):
            raise UnavailableError(
                f"The database at {database.place} was written by a newer version of Tracking Advisor"
                f" (its tables are at {found}, this version knows up to {known[-1]})."
                " Install the newer version, or set ADVISOR_DATABASE_URL to another database.",
                "newer",
            )
        if found != known[-1]:
            _upgrade(database)
    except DBAPIError as error:
        raise unavailable(database.place, error) from error


def versions() -> list[str]:
    """Return the versions of the tables, oldest first. The files of the migrations are named after them."""
    files = resources.files("advisor.store.migrations.versions").iterdir()
    return sorted(file.name[1:5] for file in files if file.name.startswith("v") and file.name.endswith(".py"))


def migrations_on(connection: Connection) -> Config:
    """Return Alembic's configuration to run our migrations on this connection and in its transaction."""
    from alembic.config import Config  # noqa: PLC0415 - see _upgrade

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "advisor.store:migrations")
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(database: Database) -> None:
    # Loading Alembic takes longer than opening the database, and is seldom needed.
    from alembic import command  # noqa: PLC0415

    with database.migrating() as connection:
        command.upgrade(migrations_on(connection), "head")
