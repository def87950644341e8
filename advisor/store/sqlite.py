"""Plans in an SQLite file, or in memory.

The driver's own transactions begin with the first write, after the reads that it rests on, so that two processes
overwrite each other silently. Hence we begin them ourselves: writers with ``BEGIN IMMEDIATE``, which waits its turn.
With the write-ahead log readers neither wait nor make others wait.
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
from advisor.store.database import BUSY_SECONDS, Database, unavailable
from advisor.store.errors import Unavailable


class SQLite(Database):
    """The file is made if it is not there, readable by its owner only. Raises `Unavailable`."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        self._watch: _Watch | None = None
        if file is not None:
            file = file.absolute()  # the same file, wherever the process goes
            try:
                _make_private(file)
                self._watch = _Watch(file)
                _use_write_ahead_log(file)
            except (OSError, sqlite3.Error) as error:
                raise unavailable(place(url), error) from error
        engine = _engine(file)
        super().__init__(place(url), reads=engine, writes=engine.execution_options(begin="BEGIN IMMEDIATE"))
        # The end of a process that closes nothing itself, such as a worker of another server, is a clean stop, too.
        self._finish = weakref.finalize(self, _finish, engine, self._watch)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment. Raises `Unavailable`, also if another file is in the place of the database.

        While there is none at all, what is open can still be read, and so be saved by an export.
        """
        if self._watch:
            self._watch.require(may_be_missing=True)
        with super().reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits at the end. Raises `Unavailable`, also if what it wrote went into a deleted file."""
        if self._watch:
            self._watch.require()
        with super().writing() as connection:
            yield connection
        if self._watch:
            self._watch.require()

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

    def close(self) -> None:
        """Closes the connections that are not in use, and puts all there is into the file itself."""
        super().close()
        _finish(self._reads, self._watch)


class _Watch:
    """Which file the database is. A file stays open after it was deleted, and takes writes that nobody will find."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._identity = self._look()

    def require(self, *, may_be_missing: bool = False) -> None:
        """Raises `Unavailable` unless the file is still the one that was opened."""
        try:
            is_same = self._look() == self._identity
        except OSError:
            is_same = may_be_missing
        if not is_same:
            raise Unavailable(
                f"The database file at {self.file} was deleted, moved or replaced while the app was running, so nothing"
                " is saved. Put the file back, or stop the app and start it again to use what is there now.",
                "moved",
            )

    def is_there(self) -> bool:
        """Whether the file is still the one that was opened."""
        try:
            return self._look() == self._identity
        except OSError:
            return False

    def _look(self) -> tuple[int, int]:
        found = self.file.stat()
        return found.st_dev, found.st_ino


def _engine(file: Path | None) -> Engine:
    # Opened with "rw", a file that was deleted meanwhile is not made anew, empty.
    address = f"file:{quote(str(file))}?mode=rw" if file else ":memory:"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            address, uri=file is not None, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        ),
        poolclass=QueuePool,
        # In memory each connection is a database of its own: everyone shares one, in turns.
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
    # Text that was cut inside a character must not make a whole table unreadable: its row is found damaged later.
    connection.text_factory = _text


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _finish(engine: Engine, watch: _Watch | None) -> None:
    """Close what is open and empty the log into the file, so that a copy of the file alone is whole."""
    engine.dispose()
    if watch and watch.is_there():
        with suppress(sqlite3.Error), closing(sqlite3.connect(watch.file, timeout=1)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
