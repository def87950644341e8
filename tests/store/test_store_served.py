"""The database of running servers: stopped, deleted, replaced, locked, shared by two processes."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from advisor.store import open_store
from plain_browser import PlainBrowser
from served_plans import held_writers_leave_room, served, start_plan


def test_the_file_of_a_stopped_server_is_a_complete_database(tmp_path: Path) -> None:
    """Everything is in the file itself, and there are no other files beside it."""
    file = tmp_path / "plans.sqlite"
    with served(f"sqlite:///{file}", tmp_path) as server:
        start_plan(PlainBrowser(server), "Kept")
    assert [each.name for each in tmp_path.glob("plans.sqlite-*")] == []
    shutil.copy(file, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        (content,) = copy.execute("SELECT content FROM plan").fetchone()
    assert '"Kept"' in content


@pytest.mark.parametrize("change", ["deleted", "moved", "replaced"])
def test_a_missing_database_file_is_noticed_before_a_write_is_confirmed(tmp_path: Path, change: str) -> None:
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


def test_a_locked_file_blocks_neither_healthz_nor_readers_forever(tmp_path: Path) -> None:
    """While another process holds the file, writers wait and are told to try again; /healthz answers."""
    file = tmp_path / "plans.sqlite"
    with served(f"sqlite:///{file}", tmp_path) as server:
        browser = PlainBrowser(server)
        plan = start_plan(browser)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held_writers_leave_room(browser, plan)


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
    """A copy of the cookies."""
    copy = CookieJar()
    for cookie in cookies:
        copy.set_cookie(cookie)
    return copy
