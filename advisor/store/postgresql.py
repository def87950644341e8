"""Plans in a PostgreSQL database, through psycopg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from advisor.settings import place
from advisor.store.database import BUSY_SECONDS, Database
from advisor.store.errors import StoreError

_MIGRATION_LOCK = text("SELECT pg_advisory_xact_lock(8387236646)")  # any number, the same in every process


class PostgreSQL(Database):
    """The database must be there; its tables are made. Raises `StoreError` for a bad address or without psycopg."""

    def __init__(self, url: str) -> None:
        engine = _engine(url)
        reads = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        super().__init__(place(url), reads=reads, writes=engine)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing transaction that holds the lock all processes agree on. Raises `Unavailable`."""
        with self.writing() as connection:
            connection.execute(_MIGRATION_LOCK)
            yield connection


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() != "postgresql":
            raise ValueError
        # A server that restarts leaves dead connections behind: ask before use.
        return create_engine(
            address, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": BUSY_SECONDS}
        )
    except ModuleNotFoundError as error:
        raise StoreError(f"PostgreSQL needs the package {error.name}: pip install 'advisor[postgres]'") from error
    except (ArgumentError, ValueError):
        # Neither the address nor the reason is shown: both may hold the password.
        raise StoreError(
            "ADVISOR_DATABASE_URL is not valid; expected sqlite:////path/to/plans.sqlite or"
            " postgresql://user:password@host/name"
        ) from None
