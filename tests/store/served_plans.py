"""Servers at a database of a test, and plans made through them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

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


def held_writers_leave_room(browser: PlainBrowser, plan: str) -> None:
    """Check that three writers who wait for a lock each get a 503 that says so, and that /healthz answers before."""
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
