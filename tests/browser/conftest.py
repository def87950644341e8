"""Fixtures of the tests in a browser: the distribution's Chromium, axe, pictures, and pages without JavaScript."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pages import Shop, open_shop
from pictures import DESKTOP, take_pictures
from quiet import quiet

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 20_000
"""Milliseconds after which what a test waits for counts as missing."""
expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Chromium would look for updates and its maker's hosts at every start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium. Without one, the tests in a browser are skipped, and fail where none may be skipped."""
    found = subprocess.run([ROOT / ".ci" / "browser", "--find"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(found.stderr.strip())
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """Chromium's own sandbox refuses to run as root, which continuous integration is."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS + sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop window, in English, with reduced motion so that nothing is looked at while it moves."""
    return {
        **browser_context_args,
        "viewport": DESKTOP,
        "locale": "en",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """A browser of its own for each test, in which no page may complain: see `quiet.quiet`."""
    context.set_default_timeout(PATIENCE)
    with quiet(context):
        yield context


@pytest.fixture
def plain_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page in a browser that runs no JavaScript."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """``axe(page, *rules)`` fails, with a report, if axe finds a violation of the rules (default: all) on the page as it is now.

    The script is evaluated, not added as a tag: our content security policy refuses a tag, as it must.
    """
    checker = Axe()

    # Targets of 24 px are asked for by WCAG 2.2, which axe leaves out unless told.
    every_rule = {"rules": {"target-size": {"enabled": True}}}

    def check(page: Page, *rules: str) -> None:
        results = checker.run(page, options={"runOnly": {"type": "rule", "values": rules}} if rules else every_rule)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture
def screens(browser: Browser, base_url: str, context: BrowserContext) -> Callable[[str, str], list[Path]]:
    """``screens(path, name)`` takes pictures of a page into build/screens: desktop, phone, dark, plain and print."""
    state = context.storage_state

    def take(path: str, name: str) -> list[Path]:
        return take_pictures(browser, base_url + path, ROOT / "build" / "screens" / name, storage_state=state())

    return take


@pytest.fixture(scope="session")
def shop(browser: Browser, base_url: str) -> Shop:
    """Made once: the tests here only look."""
    context = browser.new_context(base_url=base_url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    plan = open_shop(page)
    event = page.locator(f"a[href^='{plan}/events/']", has_text="Order Completed").first.get_attribute("href")
    shop = Shop(plan, urlsplit(event or "").path, context.cookies())
    context.close()
    return shop


@pytest.fixture(scope="session")
def visit(browser: Browser, base_url: str, shop: Shop) -> Callable[[str], AbstractContextManager[Page]]:
    """A context manager that opens one of `pages.PAGES` by its name, in the browser of the shop's owner."""

    @contextmanager
    def opened(name: str) -> Iterator[Page]:
        context = browser.new_context(base_url=base_url, viewport=DESKTOP, reduced_motion="reduce")
        context.add_cookies(shop.cookies)
        with quiet(context):
            page = context.new_page()
            answer = page.goto(shop.address(name))
            assert answer is not None
            assert answer.ok, f"{page.url} answered {answer.status}"
            yield page
        context.close()

    return opened
