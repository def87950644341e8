"""What only a PostgreSQL server does: locked rows, and sessions with limits. Collected only where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from advisor.store import open_store
from conftest import POSTGRES, empty_schema
from plain_browser import PlainBrowser
from served_plans import held_writers_leave_room, served, start_plan


@pytest.fixture
def server_url() -> Iterator[str]:
    """An empty schema."""
    with empty_schema(str(POSTGRES)) as url:
        yield url


def test_a_locked_plan_does_not_block_other_plans(server_url: str, tmp_path: Path) -> None:
    """Its writers get a 503 after a while; /healthz and other plans answer. Afterwards everything works again."""
    with served(server_url, tmp_path) as server:
        browser, other = PlainBrowser(server), PlainBrowser(server)
        plan, others = start_plan(browser), start_plan(other)
        schema = make_url(server_url)
        with psycopg.connect(schema.render_as_string(hide_password=False)) as holder:
            holder.execute("SELECT * FROM plan WHERE id = %s FOR UPDATE", (plan.rpartition("/")[2],))
            held_writers_leave_room(browser, plan)
            assert other.post(f"{others}/events", {"name": "B", "call": "track"})[0] == 200
            assert browser.get(plan)[0] == 200
        assert browser.post(f"{plan}/events", {"name": "After", "call": "track"})[0] == 200


def test_database_sessions_have_timeouts(server_url: str) -> None:
    """A lock, a statement, and a transaction that does nothing: all have a limit, also beside options of the address."""
    store = open_store(server_url)
    with store._database.reading() as connection:
        for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            assert connection.exec_driver_sql(f"SHOW {name}").scalar_one() not in ("0", ""), name
        assert connection.exec_driver_sql("SHOW search_path").scalar_one().startswith("test_")
    store.close()
