"""The database under running servers: stopped, deleted, replaced, held by somebody else, shared by two processes."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from advisor.store import open_store
from plain_browser import PlainBrowser
from serving import serving

KEY = "known-to-every-test-of-this-file"


@contextmanager
def served(url: str, folder: Path, name: str = "log") -> Iterator[str]:
    """A server at this database."""
    environment = os.environ | {
        "ADVISOR_DATABASE_URL": url,
        "ADVISOR_SECRET_KEY": KEY,
        "XDG_DATA_HOME": str(folder),
    }
    with serving([Path(sys.executable).with_name("advisor")], environment, folder / name) as address:
        yield address


def start_plan(browser: PlainBrowser, name: str = "Shop", once: str = "") -> str:
    """Make a plan as a visitor does: its path."""
    assert browser.get("/plans/new")[0] == 200
    status, text = browser.post("/plans/new", {"name": name, "server": "", **({"once": once} if once else {})})
    assert status == 200, text
    return re.sub(r"/settings.*", "", browser.address.removeprefix(browser.server))


def test_a_copy_of_the_file_of_a_stopped_server_is_a_whole_database(tmp_path: Path) -> None:
    """All is in the file itself, and nothing lies beside it any more."""
    file = tmp_path / "plans.sqlite"
    with served(f"sqlite:///{file}", tmp_path) as server:
        start_plan(PlainBrowser(server), "Kept")
    assert [each.name for each in tmp_path.glob("plans.sqlite-*")] == []
    shutil.copy(file, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        (content,) = copy.execute("SELECT content FROM plan").fetchone()
    assert '"Kept"' in content


@pytest.mark.parametrize("change", ["deleted", "moved", "replaced"])
def test_a_database_file_that_is_gone_is_noticed_before_a_write_is_acknowledged(tmp_path: Path, change: str) -> None:
    """503, with what to do; put back, everything works again, and nothing that was acknowledged is missing."""
    file, aside = tmp_path / "plans.sqlite", tmp_path / "aside.sqlite"
    with served(f"sqlite:///{file}", tmp_path) as server:
        browser = PlainBrowser(server)
        plan = start_plan(browser)
        assert browser.post(f"{plan}/events", {"name": "Before", "call": "track"})[0] == 200
        if change == "deleted":
            os.link(file, aside)
            file.unlink()
        else:
            file.rename(aside)
        if change == "replaced":
            open_store(f"sqlite:///{tmp_path / 'another.sqlite'}").close()
            (tmp_path / "another.sqlite").rename(file)
        for path, fields in (
            (f"{plan}/events", {"name": "Lost", "call": "track"}),
            ("/plans/new", {"name": "Lost", "server": ""}),
        ):
            status, text = browser.post(path, fields)
            assert status == 503, path
            assert "The database file is gone" in text
            assert "Nothing was saved" in text
        assert change == "replaced" or not file.exists(), "an empty database was put in its place"
        if change == "replaced":
            assert browser.get("/plans")[0] == 503
        aside.replace(file)
        assert browser.post(f"{plan}/events", {"name": "After", "call": "track"})[0] == 200
    with closing(sqlite3.connect(file)) as database:
        names = [row[0] for row in database.execute("SELECT content ->> '$.name' FROM event ORDER BY position")]
    assert names == ["Before", "After"]


def test_a_locked_file_stops_neither_the_sign_of_life_nor_the_readers_for_ever(tmp_path: Path) -> None:
    """While somebody holds the file, who writes waits and is told to try again; the sign of life answers meanwhile."""
    file = tmp_path / "plans.sqlite"
    with served(f"sqlite:///{file}", tmp_path) as server:
        browser = PlainBrowser(server)
        plan = start_plan(browser)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held_writers_leave_room(browser, plan)


def held_writers_leave_room(browser: PlainBrowser, plan: str) -> None:
    """Three writers wait for what somebody holds: each gets a 503 that says so, and the sign of life comes before it."""
    copies = [PlainBrowser(browser.server, browser.cookies) for _ in range(3)]
    for copy in copies:
        copy.token = browser.token
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(copy.post, f"{plan}/events", {"name": "A", "call": "track"}) for copy in copies]
        assert PlainBrowser(browser.server).get("/healthz") == (200, "ok\n")
        done, _ = wait(waiting, timeout=0)
        assert len(done) < len(waiting), "nobody held anything"
        for status, text in (each.result() for each in waiting):
            assert status == 503
            assert "Someone else is at it" in text
            assert "Try again in a moment" in text


@pytest.fixture
def server_url(database_url: str) -> str:
    """A database whose server can be asked by others."""
    if not database_url.startswith("postgresql"):
        pytest.skip("for PostgreSQL")
    return database_url


def test_a_held_row_of_a_plan_stops_nobody_else(server_url: str, tmp_path: Path) -> None:
    """Its writers get a 503 after a while; the sign of life and other plans are answered. Then all goes on."""
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


def test_our_sessions_end_what_takes_too_long(server_url: str) -> None:
    """A lock, a statement, and a transaction that does nothing: all have a limit, also beside options of the address."""
    store = open_store(server_url)
    with store._database.reading() as connection:
        for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            assert connection.exec_driver_sql(f"SHOW {name}").scalar_one() not in ("0", ""), name
        assert connection.exec_driver_sql("SHOW search_path").scalar_one().startswith("test_")
    store.close()


def test_a_form_sent_twice_to_two_processes_makes_one_plan(database_url: str, tmp_path: Path) -> None:
    """Six copies at once, to two servers at one database: all lead to the same plan, which their sender owns."""
    with ExitStack() as stack:
        servers = [stack.enter_context(served(database_url, tmp_path, f"log{number}")) for number in range(2)]
        cookies = CookieJar()
        first = PlainBrowser(servers[0], cookies)
        first.get("/plans/new")
        copies = [PlainBrowser(servers[number % 2], copy_of(cookies)) for number in range(6)]
        for copy in copies:
            copy.token = first.token
        fields = {"name": "Once", "server": "", "once": "token"}
        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(lambda copy: copy.post("/plans/new", fields), copies))
        assert [status for status, _ in answers] == [200] * 6
        assert len({re.sub("^http://[^/]+", "", copy.address) for copy in copies}) == 1
        for copy in copies:
            assert copy.get("/plans")[1].count(">Once<") == 1


def copy_of(cookies: CookieJar) -> CookieJar:
    """The same cookies, which then go their own way."""
    copy = CookieJar()
    for cookie in cookies:
        copy.set_cookie(cookie)
    return copy
