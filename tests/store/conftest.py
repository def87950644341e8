"""An empty database per test: SQLite, and PostgreSQL where ``ADVISOR_TEST_POSTGRES_URL`` names one to use."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from advisor.store import Store, open_database, open_store
from advisor.store.databases.database import Database

POSTGRES = os.environ.get("ADVISOR_TEST_POSTGRES_URL")
if os.environ.get("ADVISOR_REQUIRE_POSTGRES") == "1" and not POSTGRES:
    raise pytest.UsageError("ADVISOR_REQUIRE_POSTGRES=1, and ADVISOR_TEST_POSTGRES_URL names no server")

collect_ignore = [] if POSTGRES else ["test_store_postgresql.py"]


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'plans.sqlite'}"
    else:
        with empty_schema(str(POSTGRES)) as url:
            yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Yield a store without plans."""
    store = open_store(database_url)
    yield store
    store.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Yield an empty database, not migrated."""
    database = open_database(database_url)
    yield database
    database.close()


@contextmanager
def empty_schema(server: str) -> Iterator[str]:
    """Yield the address of a new schema in this PostgreSQL database."""
    schema = f"test_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        try:
            url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
            yield url.render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
