"""Plans in an SQLite file, or in memory.

The driver's own transactions begin with the first write, after the reads that it rests on, so that two processes
overwrite each other silently. Hence we begin them ourselves: writers with ``BEGIN IMMEDIATE``, which waits its turn.
With the write-ahead log readers neither wait nor make others wait.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from advisor.settings import place, sqlite_file
from advisor.store.database import BUSY_SECONDS, Database, unavailable


class SQLite(Database):
    """The file is made if it is not there, readable by its owner only. Raises `Unavailable`."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        if file is not None:
            try:
                _make_private(file)
                _use_write_ahead_log(file)
            except (OSError, sqlite3.Error) as error:
                raise unavailable(place(url), error) from error
        engine = _engine(file)
        super().__init__(place(url), reads=engine, writes=engine.execution_options(begin="BEGIN IMMEDIATE"))

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing transaction without foreign keys. Raises `Unavailable`.

        To alter a table SQLite drops and rebuilds it, which would delete the rows that refer to it.
        """
        with self.explained(), self._writes.connect() as connection:
            driver: Any = connection.connection.driver_connection  # the setting has no effect inside a transaction
            driver.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                driver.execute("PRAGMA foreign_keys = ON")


def _engine(file: Path | None) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file) if file else None),
        poolclass=QueuePool,
        # In memory each connection is a database of its own: everyone shares one, in turns.
        pool_size=5 if file else 1,
        max_overflow=10 if file else 0,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,  # what is typed into a plan must not get into a log
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", _keep_references)
    event.listen(engine, "begin", _begin)
    return engine


def _keep_references(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _make_private(file: Path) -> None:
    # The log and its index take the mode of this file.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _use_write_ahead_log(file: Path) -> None:
    """Switches the file over for good. Processes that start together collide here without the usual waiting."""
    deadline = time.monotonic() + BUSY_SECONDS
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        while True:
            try:
                (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
                continue
            if mode != "wal":
                raise sqlite3.OperationalError("its folder does not allow a write-ahead log (a network drive does not)")
            return
