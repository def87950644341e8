"""Keeps plans in a PostgreSQL database, through psycopg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from advisor.settings import place
from advisor.store.databases.database import BUSY_SECONDS, Database
from advisor.store.errors import StoreError

LOCK_SECONDS = 3
"""How long to wait for a locked row. It is short because few threads serve everyone, and a waiting one serves nobody."""
STATEMENT_SECONDS = 30
"""How long one statement may take."""
IDLE_SECONDS = 60
"""How long a transaction may do nothing before the server ends it, so that a process that hangs loses its locks."""
POOL_SIZE, POOL_OVERFLOW = 5, 10
"""How many connections a process keeps open, and how many more it may open for a short time."""

_MIGRATION_LOCK = text("SELECT pg_advisory_xact_lock(8387236646)")  # any number, the same in every process
_TIMEOUTS = {
    "lock_timeout": LOCK_SECONDS,
    "statement_timeout": STATEMENT_SECONDS,
    "idle_in_transaction_session_timeout": IDLE_SECONDS,
}


class PostgreSQL(Database):
    """A PostgreSQL database, which must exist already. Raises `StoreError` for a bad address or without psycopg."""

    def __init__(self, url: str) -> None:
        engine = _engine(url)
        reads = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        super().__init__(place(url), reads=reads, writes=engine)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open a writing transaction that holds the same lock in all processes. Raises `UnavailableError`."""
        with self.writing() as connection:
            # Another process may need a long time to upgrade large tables.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(_MIGRATION_LOCK)
            yield connection


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() != "postgresql":
            raise ValueError
        return create_engine(
            address,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=True,  # after a restart of the server, connections are dead: test them before use
            connect_args=_arguments(address),
            hide_parameters=True,  # they hold what people typed, and errors are logged
        )
    except ModuleNotFoundError as error:
        raise StoreError(f"PostgreSQL needs the package {error.name}: pip install 'advisor[postgres]'") from error
    except (ArgumentError, ValueError):
        # Neither the address nor the reason is shown: both may hold the password.
        raise StoreError(
            "ADVISOR_DATABASE_URL is not valid; expected sqlite:////path/to/plans.sqlite or"
            " postgresql://user:password@host/name"
        ) from None


def _arguments(address: URL) -> dict[str, str | int]:
    """Return the arguments of connections. Those in the address take precedence."""
    ours = " ".join(f"-c {name}={seconds * 1000}" for name, seconds in _TIMEOUTS.items())
    theirs = address.query.get("options", "")
    options = " ".join((ours, theirs if isinstance(theirs, str) else " ".join(theirs))).strip()
    # If the machine of the server is gone, the system reports it after this time, not after hours.
    lost = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
    given = {"connect_timeout": BUSY_SECONDS, **lost}
    return {"options": options} | {name: value for name, value in given.items() if name not in address.query}
