"""Lighthouse's scores of each page, as a phone on a slow network sees it: ``make lighthouse``, and part of ``make bench``.

Lighthouse is installed from npm into build/lighthouse by ``make lighthouse``; without it, one row says so.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench_app import browser_path
from measure import Row, print_table
from page_weight import Site, site

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3
"""Lighthouse sometimes loses Chromium's trace of a page, on a busy machine above all."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def rows() -> Iterator[Row]:
    """Return a row per page, or one that says what is missing."""
    browser = browser_path()
    if not PROGRAM.exists() or not browser:
        yield Row("Lighthouse", "not installed: make lighthouse")
        return
    with site() as found:
        for name, address in found.addresses.items():
            yield _row(name, _report(found, address, browser))


def _report(found: Site, address: str, browser: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page, with its mobile profile."""
    command = [
        PROGRAM,
        f"http://127.0.0.1:{found.port}{address}",
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={FLAGS}",
        f"--extra-headers={json.dumps({'Cookie': found.cookie})}",
    ]
    environment = os.environ | {"CHROME_PATH": browser}
    for _ in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode == 0:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
    raise RuntimeError(f"Lighthouse failed {TRIES} times on {address}: {done.stderr}")


def _row(name: str, report: dict[str, Any]) -> Row:
    scores = " / ".join(f"{report['categories'][key]['score'] * 100:.0f}" for key in CATEGORIES)
    audits = report["audits"]
    paint = audits["first-contentful-paint"]["numericValue"] / 1000
    requests = audits["network-requests"]["details"]["items"]
    size = sum(item["transferSize"] for item in requests) / 1024
    told = f"paint {paint:.2f} s, {len(requests)} requests, {size:.1f} KB"
    return Row(f"Lighthouse, phone: {name}", scores, told, "100 / 100 / 100 / 100")


if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # two threads and a browser always have one
    sys.exit(print_table([*rows()]))
