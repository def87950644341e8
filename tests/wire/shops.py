"""Shops with a hand-off: generated page code in Chromium, generated server code in a separate process, and a real
library.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advisor.model import Plan
from advisor.snippets.files import snippets_of
from advisor.snippets.handoff_code import handoff_code

from .capture import CaptureServer
from .packages import HERE, node_packages
from .plans import file_of

EVENT = "Shelf Scrolled"
"""The event of the plan that the page tells the server of."""


@contextmanager
def shop_of(plan: Plan, library: str, folder: Path) -> Iterator[tuple[str, CaptureServer]]:
    """The address of a shop whose server uses this library, and what that library sends."""
    event = next(each for each in plan.events if each.name == EVENT)
    page, server, *_ = handoff_code(plan, event)
    assert page.title == "In the page"
    tag = snippets_of(plan, ["analytics.js"])[1].text
    html = (
        f"<!doctype html><meta charset=utf-8><title>Shop</title>\n{tag}\n<script>analytics.page();</script>"
        '<script type=module>import * as handoff from "/page.js"; window.handoff = handoff;</script>'
    )
    files = {"page.html": html, "page.js": page.code}
    with CaptureServer() as capture:
        start = _flask if library == "analytics-python" else _node
        command, given = start(file_of(plan, library), server.code, folder)
        with _serving(command, given | {"capture": capture.address, "files": files}) as port:
            yield f"http://127.0.0.1:{port}", capture


def _flask(calls: str, handoff: str, folder: Path) -> tuple[list[str | Path], dict[str, object]]:
    (folder / "calls.py").write_text(calls, encoding="utf-8")
    (folder / "handed_over.py").write_text(handoff, encoding="utf-8")
    given = {"calls": str(folder / "calls.py"), "handoff": str(folder / "handed_over.py")}
    return [sys.executable, HERE / "shop_flask.py"], given


def _node(calls: str, handoff: str, folder: Path) -> tuple[list[str | Path], dict[str, object]]:
    (folder / "node_modules").symlink_to(node_packages())
    (folder / "app.mjs").write_text(f"{calls}\n{handoff}", encoding="utf-8")
    return ["node", HERE / "shop_node.mjs"], {"app": str(folder / "app.mjs")}


@contextmanager
def _serving(command: list[str | Path], given: dict[str, object]) -> Iterator[int]:
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    with process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
            port = process.stdout.readline().strip()
            if not port:
                raise AssertionError(process.communicate()[1][-3000:])
            yield int(port)
        finally:
            process.kill()
