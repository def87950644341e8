"""Finds out from the driver's error why a database can't be used."""

from __future__ import annotations

import sqlite3
from typing import Literal

from sqlalchemy.exc import TimeoutError as PoolTimeoutError

Cause = Literal["busy", "full", "read-only", "moved", "newer", "away"]
"""In this order: others hold a lock, the disk is full, nothing may be written, the file was deleted or replaced, a
newer version of the app has changed the tables, or the database does not answer."""

_SQLITE: dict[int, Cause] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
}
_POSTGRESQL: dict[str, Cause] = {
    "53100": "full",  # disk_full
    "53300": "busy",  # too_many_connections
    "55P03": "busy",  # lock_not_available
    "57014": "busy",  # query_canceled: the statement timeout
    "25P03": "busy",  # idle_in_transaction_session_timeout
    "40001": "busy",  # serialization_failure
    "40P01": "busy",  # deadlock_detected
    "25006": "read-only",  # read_only_sql_transaction
}


def cause_of(error: BaseException) -> Cause:
    """Return why the database can't be used; ``away`` if the driver doesn't say."""
    driver = getattr(error, "orig", None) or error
    if isinstance(driver, sqlite3.Error):
        code = getattr(driver, "sqlite_errorcode", None)
        return "away" if code is None else _SQLITE.get(code & 0xFF, "away")
    if isinstance(error, PoolTimeoutError):
        return "busy"  # every connection of the pool is in use
    return _POSTGRESQL.get(getattr(driver, "sqlstate", None) or "", "away")
