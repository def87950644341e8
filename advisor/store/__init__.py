"""Keeps plans in a database: `open_store` returns the `Store`. ``docs/storage.md`` says where and how."""

from advisor.store.batches import Batch, FoundEvent
from advisor.store.causes import Cause
from advisor.store.database import Database
from advisor.store.errors import (
    Conflict,
    Damaged,
    Deleted,
    EventConflict,
    NotFound,
    Outdated,
    PlanFull,
    SettingsConflict,
    StoreError,
    TooMany,
    Unavailable,
    Unstorable,
    WrongKey,
)
from advisor.store.migrate import migrate
from advisor.store.postgresql import PostgreSQL
from advisor.store.repository import Store
from advisor.store.sent_forms import EarlierResult, FormInHand
from advisor.store.sqlite import SQLite
from advisor.store.stored import (
    Change,
    ChangeKind,
    DamagedEvent,
    Grant,
    May,
    NamedVersion,
    OwnedPlan,
    PlanSummary,
    Right,
    Share,
    SharedPlan,
    Snapshot,
    StoredEvent,
    StoredPlan,
    StoredSettings,
)

__all__ = [
    "Batch",
    "Cause",
    "Change",
    "ChangeKind",
    "Conflict",
    "Damaged",
    "DamagedEvent",
    "Deleted",
    "EarlierResult",
    "EventConflict",
    "FormInHand",
    "FoundEvent",
    "Grant",
    "May",
    "NamedVersion",
    "NotFound",
    "Outdated",
    "OwnedPlan",
    "PlanFull",
    "PlanSummary",
    "Right",
    "SettingsConflict",
    "Share",
    "SharedPlan",
    "Snapshot",
    "Store",
    "StoreError",
    "StoredEvent",
    "StoredPlan",
    "StoredSettings",
    "TooMany",
    "Unavailable",
    "Unstorable",
    "WrongKey",
    "open_database",
    "open_store",
]


def open_store(url: str) -> Store:
    """Open the store at this address (``sqlite:...`` or ``postgresql:...``); create or upgrade its tables.

    Safe when several processes start at once. Raises `StoreError`, with what to do, if the address is not valid, the
    database cannot be used, or it belongs to a newer version.
    """
    database = open_database(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


def open_database(url: str) -> Database:
    """Open the database at this address; its tables are not upgraded. Raises `StoreError`."""
    return SQLite(url) if url.partition(":")[0].partition("+")[0] == "sqlite" else PostgreSQL(url)
