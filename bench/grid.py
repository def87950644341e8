"""The grid: its page and its verdicts at 100, 1,000 and 10,000 events, on the server and in Chromium.

The times of a browser count from the key press: until the next frame, and until the verdict is saved and shown.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from advisor.store import Store
from bench_app import OWNER, bench_app, browser_path, chromium, owner_client, owner_cookie, served
from measure import Row, percentiles
from plans import plan_of

SIZES = (100, 1_000, 10_000)
PRESSES = 40
LOADED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - performance.getEntriesByType('navigation')[0].responseEnd;
}"""
PRESSED = f"""async () => {{
  const event = (key) => new KeyboardEvent('keydown', {{ key, bubbles: true, cancelable: true }});
  const press = (key) => document.activeElement.dispatchEvent(event(key));
  const isSaved = () => status.dataset.state === 'saved' && !document.querySelector('.is-saving');
  const frame = () => new Promise(requestAnimationFrame);
  const status = document.getElementById('saving');
  const frames = [], saved = [];
  for (let i = 0; i < {PRESSES}; i += 1) {{
    const start = performance.now();
    press(i % 2 ? 'y' : 'n');
    await frame();
    frames.push(performance.now() - start);
    while (!isSaved()) await new Promise((done) => setTimeout(done, 1));
    saved.push(performance.now() - start);
    press('ArrowDown');
    await frame();
  }}
  const middle = (times) => times.sort((one, other) => one - other)[times.length / 2];
  return [middle(frames), middle(saved)];
}}"""


def rows() -> list[Row]:
    """For each size, one page of the grid, one changed answer, and both in a browser if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        app, store = bench_app(Path(folder))
        plans = {size: store.create(OWNER, plan_of(size)) for size in SIZES}
        client = owner_client(app)
        measured = [row for size in SIZES for row in _on_server(client, store, size, plans[size])]
        return [*measured, *_in_browser(app, plans)]


def _on_server(client: FlaskClient, store: Store, size: int, plan_id: str) -> Iterator[Row]:
    address = f"/plans/{plan_id}/grid"
    page = client.get(address)
    median, most = percentiles(lambda: client.get(address), 10)
    yield Row(f"grid of {size:,} events, WSGI client", _times(median, most), f"{len(page.data) / 1e6:.1f} MB")
    token = page.text.split('data-token="')[1].split('"')[0]
    event_id = store.batches.order(OWNER, plan_id)[0]
    answers = cycle(("yes", "no"))

    def change() -> None:
        cell = {"id": event_id, "field": "payment", "was": None, "value": next(answers)}
        done = client.post(f"{address}/changes", json={"cells": [cell]}, headers={"X-CSRFToken": token})
        assert done.status_code == 200

    yield Row(
        f"… one answer saved, with its verdict, {size:,} events", _times(*percentiles(change, 100)), aim="p50 < 100 ms"
    )


def _in_browser(app: Flask, plans: dict[int, str]) -> Iterator[Row]:
    path = browser_path()
    if not path:
        yield Row("grid in a browser", "no Chromium here")
        return
    name, cookie = owner_cookie(app)
    with served(app) as port, chromium(path) as browser:
        base = f"http://127.0.0.1:{port}"
        for size, plan_id in plans.items():
            yield _opened(browser, size, f"{base}/plans/{plan_id}/grid", {"name": name, "value": cookie, "url": base})


def _opened(browser: Browser, size: int, address: str, cookie: dict[str, str]) -> Row:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict of its keys
    page = context.new_page()
    page.goto(address)
    shown = page.evaluate(LOADED)
    page.locator("tbody tr[data-id] td:nth-child(4)").first.click()
    frame, saved = page.evaluate(PRESSED)
    context.close()
    return Row(
        f"grid of {size:,} events in Chromium",
        f"key press to saved verdict {saved:.0f} ms",
        f"to the next frame {frame:.0f} ms; answer of the server to second frame {shown:.0f} ms",
        "p50 < 100 ms",
    )


def _times(median: float, most: float) -> str:
    return f"p50 {median:.1f} ms, p95 {most:.1f} ms"
