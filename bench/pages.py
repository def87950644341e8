"""Pages: the advice fragment and a plan, beside a bare Flask page in the same run."""

from __future__ import annotations

import http.client
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from bench_app import OWNER, bench_app, owner_cookie, served
from measure import Row, percentiles
from plans import plan_of

EVENTS = 50
REPEATS = 300
FRAGMENT = "/advise/fragment?" + urlencode(
    {
        "name": "Order Completed",
        "stored_in_database": "yes",
        "payment": "yes",
        "needs_cookies": "yes",
        "sensitive": "no",
    }
)


def rows(repeats: int = REPEATS) -> list[Row]:
    """Each page through the WSGI client, and through waitress on loopback."""
    hello = _hello()
    with tempfile.TemporaryDirectory() as folder:
        app, plan_address, cookie = stored_plan(Path(folder), EVENTS)
        pages = [
            ("bare Flask “hello”", hello, "/", ""),
            ("advice fragment", app, FRAGMENT, "p50 < 15 ms"),
            (f"plan page, {EVENTS} events × 20 destinations", app, plan_address, ""),
        ]
        return [*_in_process(pages, cookie, repeats), *_on_loopback(pages, cookie, repeats)]


def _hello() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def stored_plan(folder: Path, events: int) -> tuple[Flask, str, str]:
    """Return the app with one stored plan with this number of events, the plan's address, and the cookie of its owner."""
    app, store = bench_app(folder)
    plan_id = store.create(OWNER, plan_of(events))
    return app, f"/plans/{plan_id}", "=".join(owner_cookie(app))


Pages = list[tuple[str, Flask, str, str]]


def _in_process(pages: Pages, cookie: str, repeats: int) -> Iterator[Row]:
    base = 0.0
    for what, app, address, aim in pages:
        client = app.test_client(use_cookies=False)

        def ask(client=client, address=address) -> None:
            assert client.get(address, headers={"Cookie": cookie}).status_code == 200

        median, most = percentiles(ask, repeats)
        base = base or median
        yield _row(f"{what}, WSGI client", median, most, base, aim)


def _on_loopback(pages: Pages, cookie: str, repeats: int) -> Iterator[Row]:
    base = 0.0
    for what, app, address, aim in pages:
        with served(app) as port:
            median, most = percentiles(_asker(port, address, cookie), repeats)
        base = base or median
        yield _row(f"{what}, waitress on loopback", median, most, base, aim)


def _row(what: str, median: float, most: float, base: float, aim: str) -> Row:
    return Row(
        what, f"p50 {median:.2f} ms, p95 {most:.2f} ms", f"{median / base:.1f} × hello" if median != base else "", aim
    )


def _asker(port: int, address: str, cookie: str) -> Callable[[], None]:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask() -> None:
        connection.request("GET", address, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        assert response.status == 200

    return ask
