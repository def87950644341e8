"""Starts the distribution's Chromium for tests that need a browser and no page of ours."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

from programs import missing
from serving import ROOT


@contextmanager
def started_chromium(playwright: Playwright, variable: str) -> Iterator[Browser]:
    """Yield Chromium. Its sandbox refuses to run as root, which continuous integration does.

    Without one the test is skipped, or fails if the environment variable is 1.
    """
    found = subprocess.run([ROOT / ".ci" / "browser", "--find"], capture_output=True, text=True, check=False)
    if found.returncode:
        missing(found.stderr.strip(), variable)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(
        executable_path=found.stdout.strip(), args=["--disable-gpu", "--disable-background-networking", *sandbox]
    )
    yield browser
    browser.close()
