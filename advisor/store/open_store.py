"""Opens the store: chooses the database by its address, and creates or upgrades its tables."""

from advisor.store.databases.database import Database
from advisor.store.databases.migrate import migrate
from advisor.store.databases.postgresql import PostgreSQL
from advisor.store.databases.sqlite import SQLite
from advisor.store.store import Store


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
