"""Fixtures of all tests: the app with a database of its own, clients, and a server on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import hypothesis
import pytest
from flask import Flask
from page_client import PageClient

ROOT = Path(__file__).resolve().parent.parent
NOTHING_SKIPPED = os.environ.get("ADVISOR_REQUIRE_BROWSER") == "1"

# Nothing here is a timed test: how long an example takes says nothing about what is right.
hypothesis.settings.register_profile("local", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Where everything must run, a skipped test is a failed one."""
    report = yield
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """The same for a whole file that skips itself."""
    report = yield
    if NOTHING_SKIPPED and report.skipped:
        report.outcome, report.longrepr = "failed", f"skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Instead of pytest-flask's, which pushes one context around the test: all its requests would share one ``g``."""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The app as it is served, with an empty database."""
    from advisor.settings import Settings
    from advisor.web import create_app

    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'advisor.sqlite'}", data_dir=tmp_path, secret_key="known-to-every-test"
    )
    app = create_app(settings)
    app.config["TESTING"] = True
    app.test_client_class = PageClient
    return app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without JavaScript that lints every page it is shown: see `page_client.PageClient`."""
    return app.test_client()


@pytest.fixture
def other_client(app: Flask) -> PageClient:
    """Someone else's browser, at the same app."""
    return app.test_client()


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(process: subprocess.Popen[bytes], address: str, seconds: float = 20) -> None:
    """Return once a server that was just started answers; fails if it ends, or stays silent for so long."""
    for _ in range(int(seconds / 0.05)):
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}: {(process.stdout or sys.stdin.buffer).read()!r}")
        try:
            urlopen(address, timeout=5).close()
        except (URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``advisor serve``, in a process of its own, with a database of its own."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    environment = os.environ | {
        "ADVISOR_DATABASE_URL": f"sqlite:///{folder / 'advisor.sqlite'}",
        "XDG_DATA_HOME": str(folder),
    }
    command = [sys.executable, "-m", "advisor", "serve", "--port", str(port)]
    log = (folder / "log").open("w+b")
    with log, subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT) as process:
        wait_until_served(process, f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(10)
        log.seek(0)
        told = log.read().decode()
        assert "Traceback" not in told, told


@pytest.fixture(scope="session")
def base_url(live_server: str) -> str:
    """Where a browser's ``page.goto("/plans")`` goes."""
    return live_server
