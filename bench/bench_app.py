"""The app as the benchmarks start it: with a database of its own, as its owner sees it, on loopback, and in Chromium."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from waitress.server import TcpWSGIServer, create_server

from advisor.settings import Settings
from advisor.store import Store, open_store
from advisor.web import create_app

OWNER = "bench"
"""The owner of all plans that are measured."""
_BROWSER = Path(__file__).resolve().parent.parent / ".ci" / "browser"


def bench_app(folder: Path) -> tuple[Flask, Store]:
    """Return the app and its store, with an empty database in the folder."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'advisor.sqlite'}",
        data_dir=folder,
        secret_key="only for measuring, 32 chars",
    )
    store = open_store(settings.database_url)
    return create_app(settings, store), store


def owner_client(app: Flask) -> FlaskClient:
    """Return a client of `OWNER`."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["owner"] = OWNER
    return client


def owner_cookie(app: Flask) -> tuple[str, str]:
    """Return the name and the value of the cookie of `OWNER`."""
    name = app.session_interface.get_cookie_name(app)
    cookie = owner_client(app).get_cookie(name)
    assert cookie is not None
    return name, cookie.value


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Serve the app on loopback for the time of the block, and yield its port."""
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=_run, args=(server,), daemon=True).start()
    yield server.effective_port
    # The answer is read before the thread that sent it is done with it.
    server.task_dispatcher.shutdown(timeout=5)
    server.close()


def _run(server: TcpWSGIServer) -> None:
    # The server waits for its sockets while another thread closes them.
    with suppress(OSError):
        server.run()


def browser_path() -> str:
    """Return the path of Chromium; empty if there is none."""
    found = subprocess.run([_BROWSER, "--find"], capture_output=True, text=True, check=False)
    return "" if found.returncode else found.stdout.strip()


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Run the Chromium at a path for the time of the block."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
