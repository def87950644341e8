"""Keeps plans in an SQLite file, or in memory.

The driver's own transactions begin with the first write, after the reads that it depends on, so that two processes
could overwrite each other silently. So we begin transactions ourselves: writers with ``BEGIN IMMEDIATE``, which waits
for other writers. With the write-ahead log, readers neither wait nor make others wait.
"""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from advisor.settings import place, sqlite_file
from advisor.store.databases.database import BUSY_SECONDS, Database, unavailable
from advisor.store.errors import UnavailableError


class SQLite(Database):
    """An SQLite database. A missing file is created, readable by its owner only. Raises `UnavailableError`."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        self._watch: _Watch | None = None
        if file is not None:
            file = file.absolute()  # the same file, even if the working directory changes
            try:
                _make_private(file)
                self._watch = _Watch(file)
                _use_write_ahead_log(file)
            except (OSError, sqlite3.Error) as error:
                raise unavailable(place(url), error) from error
        engine = _engine(file)
        super().__init__(place(url), reads=engine, writes=engine.execution_options(begin="BEGIN IMMEDIATE"))
        # Some processes close nothing when they end, such as the workers of another server: close the database for them.
        self._finish = weakref.finalize(self, _finish, engine, self._watch)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment. Raises `UnavailableError`, also if another file replaced the database.

        If the file is missing, the open database can still be read, so that people can save their plans by an export.
        """
        if self._watch:
            self._watch.require(may_be_missing=True)
        with super().reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that commits at the end. Raises `UnavailableError`, also if it has written into a deleted file."""
        if self._watch:
            self._watch.require()
        with super().writing() as connection:
            yield connection
        if self._watch:
            self._watch.require()

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open a writing transaction without foreign keys. Raises `UnavailableError`.

        SQLite alters a table by dropping and rebuilding it, which would delete the rows that refer to it.
        """
        with self.raise_unavailable(), self._writes.connect() as connection:
            driver: Any = connection.connection.driver_connection  # the setting has no effect inside a transaction
            driver.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                driver.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Close the connections that are not in use, and write everything from the log into the file itself."""
        super().close()
        _finish(self._reads, self._watch)


class _Watch:
    """Notices if the database file was deleted or replaced. A deleted file stays open, and writes to it are lost."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._identity = self._look()

    def require(self, *, may_be_missing: bool = False) -> None:
        """Raise `UnavailableError` unless the file is still the one that was opened."""
        try:
            is_same = self._look() == self._identity
        except OSError:
            is_same = may_be_missing
        if not is_same:
            raise UnavailableError(
                f"The database file at {self.file} was deleted, moved or replaced while the app was running, so nothing"
                " is saved. Put the file back, or stop the app and start it again to use what is there now.",
                "moved",
            )

    def is_there(self) -> bool:
        """Return whether the file is still the one that was opened."""
        try:
            return self._look() == self._identity
        except OSError:
            return False

    def _look(self) -> tuple[int, int]:
        found = self.file.stat()
        return found.st_dev, found.st_ino


def _engine(file: Path | None) -> Engine:
    # With "rw", a file that was deleted meanwhile is not created again as an empty one.
    address = f"file:{quote(str(file))}?mode=rw" if file else ":memory:"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            address, uri=file is not None, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        ),
        poolclass=QueuePool,
        # In memory, each connection is a database of its own, so all threads share one, in turns.
        pool_size=5 if file else 1,
        max_overflow=10 if file else 0,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,  # they hold what people typed, and errors are logged
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # Text that was cut inside a character must not make a whole table unreadable: only its row is reported as damaged.
    connection.text_factory = _text


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _finish(engine: Engine, watch: _Watch | None) -> None:
    """Close the connections and move the log into the file, so that a copy of the file alone is complete."""
    engine.dispose()
    if watch and watch.is_there():
        with suppress(sqlite3.Error), closing(sqlite3.connect(watch.file, timeout=1)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_private(file: Path) -> None:
    # The log and its index get the mode of this file.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _use_write_ahead_log(file: Path) -> None:
    """Switch the file to a write-ahead log for good. It retries, because SQLite does not wait for other processes here."""
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
