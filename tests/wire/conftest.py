"""Fixtures of the tests with real libraries: Chromium, and what is bundled for its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from chromium import started_chromium

from .packages import node_packages
from .page import Bundles, bundles


@pytest.fixture(scope="session")
def chromium_browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield the distribution's Chromium, started once."""
    with started_chromium(playwright, "ADVISOR_REQUIRE_WIRE") as browser:
        yield browser


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bundles:
    """Return Analytics.js and a device-mode destination, bundled once."""
    return bundles(node_packages(), tmp_path_factory.mktemp("bundles"))
