"""Takes the pictures of the documentation: ``make screenshots``. Not collected with the tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages import PAGES
from pictures import DESKTOP, take_pictures
from serving import ROOT

PICTURES = ROOT / "docs" / "screenshots"


@pytest.mark.parametrize(("name", "file"), [("one event, answered", "advice.png"), ("plan", "plan.png")])
def test_picture_for_the_docs(visit: Callable[[str], Page], name: str, file: str) -> None:
    """What a person sees first, as the README shows it."""
    page = visit(name)
    page.set_viewport_size(DESKTOP)
    expect(page.locator("h1")).to_be_visible()
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / file)


@pytest.mark.parametrize("name", PAGES)
def test_pictures_to_look_at(visit: Callable[[str], Page], name: str) -> None:
    """Every page as different people see it, in build/screens."""
    page = visit(name)
    browser = page.context.browser
    assert browser is not None
    stem = ROOT / "build" / "screens" / name.replace(", ", "-").replace(" ", "-")
    take_pictures(browser, page.url, stem, storage_state=page.context.storage_state())
