"""Fixtures of the tests with real libraries: Chromium, and what is bundled for its pages."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from .packages import ROOT, missing, node_packages
from .page import Bundles, bundles


@pytest.fixture(scope="session")
def chromium_browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield the distribution's Chromium, started once. Its sandbox refuses to run as root, which continuous integration does."""
    found = subprocess.run([ROOT / ".ci" / "browser", "--find"], capture_output=True, text=True, check=False)
    if found.returncode:
        missing(found.stderr.strip())
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(
        executable_path=found.stdout.strip(), args=["--disable-gpu", "--disable-background-networking", *sandbox]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bundles:
    """Return Analytics.js and a device-mode destination, bundled once."""
    return bundles(node_packages(), tmp_path_factory.mktemp("bundles"))
