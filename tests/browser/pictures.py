"""Takes pictures of a page in different views: desktop, phone, dark, plain and print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
VIEWS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "plain": {"viewport": DESKTOP, "java_script_enabled": False},
    "print": {"viewport": {"width": 800, "height": 1130}},
}


def take_pictures(
    browser: Browser, address: str, stem: Path, views: tuple[str, ...] = tuple(VIEWS), **context: Any
) -> list[Path]:
    """Write ``<stem>-<view>.png``, each the whole page, and return the paths. ``context`` goes to the browser."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = []
    for view in views:
        opened = browser.new_context(**VIEWS[view], **context)
        page = opened.new_page()
        if view == "print":
            page.emulate_media(media="print")
        answer = page.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.ok, f"{address} answered {answer.status}"
        paths.append(stem.with_name(f"{stem.name}-{view}.png"))
        page.screenshot(path=paths[-1], full_page=True)
        opened.close()
    return paths
