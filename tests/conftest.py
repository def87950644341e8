"""Fixtures of all tests: the app with a database of its own, clients, and a server on loopback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from page_client import PageClient
from serving import serving

NOTHING_SKIPPED = os.environ.get("ADVISOR_REQUIRE_BROWSER") == "1"

# Nothing here is a timed test: how long an example takes says nothing about what is right.
hypothesis.settings.register_profile("local", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Turn a skipped test into a failed one where every test must run."""
    report = yield
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """Turn a skipped file into a failed one where every test must run."""
    report = yield
    if NOTHING_SKIPPED and report.skipped:
        report.outcome, report.longrepr = "failed", f"skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Do nothing: pytest-flask would push one context around the test, and all its requests would share one ``g``."""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """Return the app as it is served, with an empty database."""
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
    """Return a browser without JavaScript that lints every page it is shown: see `page_client.PageClient`."""
    return app.test_client()


@pytest.fixture
def other_client(app: Flask) -> PageClient:
    """Return someone else's browser, at the same app."""
    return app.test_client()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of ``advisor serve``, in a process of its own, with a database of its own."""
    folder = tmp_path_factory.mktemp("served")
    environment = os.environ | {
        "ADVISOR_DATABASE_URL": f"sqlite:///{folder / 'advisor.sqlite'}",
        "XDG_DATA_HOME": str(folder),
    }
    with serving([Path(sys.executable).with_name("advisor")], environment, folder / "log") as address:
        yield address


@pytest.fixture(scope="session")
def base_url(live_server: str) -> str:
    """Return the address that a browser's ``page.goto("/plans")`` starts from."""
    return live_server
