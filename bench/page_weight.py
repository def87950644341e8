"""What a browser asks for on its first visit to each page: requests, and bytes as they cross the wire with gzip.

`lighthouse` measures the same pages in Chromium.
"""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_app import served
from measure import Row
from pages import stored_plan

EVENTS = 10
PAGES = {
    "first page": "/",
    "one event": "/advise",
    "rules": "/rules",
    "destinations": "/destinations",
    "check": "/integrations",
    "plans": "/plans",
    f"plan of {EVENTS} events": "{plan}",
    "event": "{event}",
    "grid": "{plan}/grid",
    "settings": "{plan}/settings",
    "questions": "{plan}/questions",
    "privacy": "{plan}/privacy",
    "list of events": "{plan}?view=list",
    "developers": "{plan}/developers",
    "findings": "{plan}/findings",
    "history": "{plan}/history",
    "import": "/plans/import",
    "one destination": "/destinations/facebook-pixel",
    "find": "/find",
}
_LOADED = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="(/static/[^"]+)"')


@dataclass(frozen=True)
class Site:
    """The app with one plan, as it is served: its port, the cookie of the plan's owner, and the addresses of `PAGES`."""

    port: int
    cookie: str
    addresses: dict[str, str]


def rows() -> Iterator[Row]:
    """Return a row per page."""
    with site() as found:
        for name, address in found.addresses.items():
            count, size = weight(found, address)
            yield Row(f"{name}, first visit with gzip", f"{count} requests, {size / 1024:.1f} KB", "", "≤ 60 KB")


@contextmanager
def site() -> Iterator[Site]:
    """Serve the app with a plan of ten events for the time of the block."""
    with TemporaryDirectory() as folder:
        app, plan, cookie = stored_plan(Path(folder), EVENTS)
        with served(app) as port:
            page, _ = _get(port, plan, cookie)
            event = re.search(rf'"({plan}/events/[0-9a-f]+)"', page)
            assert event is not None
            pages = {name: address.format(plan=plan, event=event.group(1)) for name, address in PAGES.items()}
            yield Site(port, cookie, pages)


def weight(found: Site, address: str) -> tuple[int, int]:
    """Return how many requests the first visit to a page takes, and how many bytes arrive, headers included."""
    page, size = _get(found.port, address, found.cookie)
    files = dict.fromkeys(_LOADED.findall(page))
    return 1 + len(files), size + sum(_get(found.port, file, "")[1] for file in files)


def _get(port: int, address: str, cookie: str) -> tuple[str, int]:
    """Return the content at an address as text, and the number of bytes of the response."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, f"{address} answered {response.status}"
    head = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
    is_compressed = response.getheader("Content-Encoding") == "gzip"
    return (gzip.decompress(body) if is_compressed else body).decode(), head + len(body)
