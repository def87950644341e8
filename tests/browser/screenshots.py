"""Takes the pictures of the documentation: ``make screenshots``. Not collected with the tests."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from pages import PAGES
from pictures import take_pictures
from serving import ROOT

PICTURES = ROOT / "docs" / "screenshots"


Visit = Callable[[str], AbstractContextManager[Page]]


@pytest.mark.parametrize(("name", "file"), [("event", "advice.png"), ("plan", "plan.png")])
def test_picture_for_the_docs(visit: Visit, name: str, file: str) -> None:
    """Take the picture that the README shows: what a person sees first."""
    with visit(name) as page:
        expect(page.locator("h1")).to_be_visible()
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / file)


@pytest.mark.parametrize("name", PAGES)
def test_pictures_to_look_at(visit: Visit, name: str) -> None:
    """Take a picture of every page, as different people see it, in build/screens."""
    stem = ROOT / "build" / "screens" / name.replace(", ", "-").replace(" ", "-")
    with visit(name) as page:
        browser = page.context.browser
        assert browser is not None
        take_pictures(browser, page.url, stem, storage_state=page.context.storage_state())
