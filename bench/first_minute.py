"""The first minute in Chromium: a hundred names pasted on the first page, and how long until their advice is painted.

The time of what was said at once counts from the paste; the others from the press of a button until the second frame of
the page that follows.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from advisor.knowledge.event_specs import event_specs
from bench_app import bench_app, browser_path, chromium, served
from measure import Row

NAMES = 100
REPEATS = 5
_PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def rows() -> Iterator[Row]:
    """Return the row of the whole way, from the paste to the painted advice."""
    path = browser_path()
    if not path:
        yield Row("first minute in a browser", "no Chromium here")
        return
    with tempfile.TemporaryDirectory() as folder:
        app, _ = bench_app(Path(folder))
        with served(app) as port, chromium(path) as browser:
            times = [_way(browser, f"http://127.0.0.1:{port}/") for _ in range(REPEATS)]
    said, preview, advice = (statistics.median(each) for each in zip(*times, strict=True))
    yield Row(
        f"{NAMES} names pasted on the first page, in Chromium",
        f"painted advice after {preview + advice:.0f} ms of two pages",
        f"said what it is after {said:.0f} ms; preview {preview:.0f} ms, plan {advice:.0f} ms",
        "< 2 s",
    )


def _way(browser: Browser, address: str) -> tuple[float, float, float]:
    """Return the milliseconds until the page said what was pasted, until the preview, and from it until the plan."""
    specs = [spec.name for spec in event_specs()]
    names = "\n".join([*specs, *(f"Step {number} Done" for number in range(NAMES))][:NAMES])
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.locator("#text").focus()
    start = time.perf_counter()
    page.keyboard.insert_text(names)
    page.get_by_text(f"{NAMES} events").wait_for()
    said = (time.perf_counter() - start) * 1000
    preview = _pressed(page, "Place every event")
    advice = _pressed(page, f"Start a plan with {NAMES} events")
    context.close()
    return said, preview, advice


def _pressed(page: Page, name: str) -> float:
    start = time.perf_counter()
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.get_by_role("button", name=name).press("Enter")
    page.evaluate(_PAINTED)
    return (time.perf_counter() - start) * 1000
