"""Watches the console, errors, policy violations and requests of a browser: there must be none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage

EXPECTED = ("ERR_ABORTED", "409 (CONFLICT)")
"""A live update that a newer one overtakes is aborted on purpose; the page of two versions answers 409."""
OURS = ("http://127.0.0.1:", "data:", "blob:")


@contextmanager
def quiet(context: BrowserContext) -> Iterator[BrowserContext]:
    """Fail at the end if a page wrote to the console, threw, broke the content security policy or asked another host."""
    heard: list[str] = []
    context.on("console", lambda message: _note_message(message, heard))
    context.on("weberror", lambda error: heard.append(f"uncaught: {error.error}"))
    context.on("requestfailed", lambda request: heard.append(f"failed: {request.url} {request.failure}"))
    context.on("request", lambda request: _note_foreign(request.url, heard))
    yield context
    told = [line for line in heard if not any(expected in line for expected in EXPECTED)]
    assert not told, "\n".join(told)


def _note_message(message: ConsoleMessage, heard: list[str]) -> None:
    # An info is Chromium's own remark, such as that a page which is loaded again keeps the focus where it was.
    if message.type != "info":
        heard.append(f"{message.type}: {message.text} ({message.location['url']})")


def _note_foreign(address: str, heard: list[str]) -> None:
    if not address.startswith(OURS):
        heard.append(f"asked another host: {address}")
