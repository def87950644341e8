"""Transactions that work alike on every database: a reader sees one moment, and concurrent writers lose nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from advisor.store.databases.causes import cause_of
from advisor.store.errors import UnavailableError

BUSY_SECONDS = 10
"""How long to wait for other writers to finish, or for a server to answer."""


class Database(ABC):
    """One database, shared by the threads of a process. After a fork, open it again."""

    def __init__(self, place: str, *, reads: Engine, writes: Engine) -> None:
        self.place = place
        """Where the database is, for people to read."""
        self._reads = reads
        self._writes = writes

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction whose statements all see the database as of one moment. Raises `UnavailableError`."""
        with self.raise_unavailable(), self._reads.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that commits at the end, or changes nothing if the block raises. Raises `UnavailableError`.

        SQLite allows one writer at a time. On PostgreSQL, writers of the same plan wait once they lock its row.
        """
        with self.raise_unavailable(), self._writes.begin() as connection:
            yield connection

    @abstractmethod
    def migrating(self) -> AbstractContextManager[Connection]:
        """Open a transaction that may change the tables, for one process at a time."""

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._reads.dispose()

    @contextmanager
    def raise_unavailable(self) -> Iterator[None]:
        """Raise `UnavailableError` for errors of the machine or the server. Errors of our own statements stay as they are."""
        try:
            yield
        except (OperationalError, InterfaceError, InternalError, PoolTimeoutError) as error:
            raise unavailable(self.place, error) from error
        except DatabaseError as error:
            # The base class itself means that the file is malformed or no database, its other subclasses an error of ours.
            if type(error) is not DatabaseError:
                raise
            raise unavailable(self.place, error) from error


def unavailable(place: str, error: Exception) -> UnavailableError:
    """Return the error to raise; its message says what to do."""
    cause = str(getattr(error, "orig", None) or error).strip()
    return UnavailableError(
        f"The database cannot be used: {cause}. It is at {place}."
        " Check that it is there, that it runs and can be written, and that ADVISOR_DATABASE_URL is right.",
        cause_of(error),
    )
