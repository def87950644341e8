"""Runs the embedded server: waitress, on one address, until a signal ends it. The command line calls it."""

from __future__ import annotations

import errno
import gc
import logging
import select
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from waitress import create_server

from advisor.settings import Settings
from advisor.store import StoreError, UnavailableError
from advisor.web.api.views.errors import refusal
from advisor.web.app.body_limits import ROOM, read_limit
from advisor.web.app.turns import MOST
from advisor.web.create_app import create_app
from advisor.web.server.listening import GRACE_SECONDS, channel_class, finish, run
from advisor.web.server.quick_lane import Lanes

THREADS = MOST + 4
"""The number of threads. More would be slower, because the interpreter computes one page at a time.

Slow requests take turns and hold at most `MOST` threads (`advisor.web.app.turns`); the others serve all other requests.
"""

CONNECTIONS = 500
"""The number of open connections. A browser keeps six open for a minute or two, so the 100 that waitress allows by
default would not be enough for a team of twenty. It stays below the 1,024 files that most systems let a process open.
"""


LOOP_SECONDS = 1
"""The longest time in seconds that the server sleeps when nothing happens."""


class CannotServeError(Exception):
    """Raised if the address or the place of the plans cannot be used."""


def serve_at(host: str, port: int, tell: Callable[[str], None]) -> bool:
    """Serve the app until SIGTERM or Ctrl+C, and return whether Ctrl+C ended it.

    ``tell`` gets the address and the place of the plans. At the end, requests that are being answered are finished.
    Port 0 means any free port. Raises `CannotServeError`, `SettingsError`, and `UnavailableError` for a database that does not
    answer.
    """
    with _listen(host, port) as listening:
        settings = Settings.from_environment()
        try:
            app = create_app(settings, address=_shared_address(listening))
        except UnavailableError:
            raise
        except StoreError as error:
            raise CannotServeError(str(error)) from error
        server = _server(app, listening)
        gc.collect()
        gc.freeze()  # what is loaded now lives as long as the process: the collector can skip it
        # A large plan has a million objects without reference cycles. With the default threshold, the search for cycles
        # takes a sixth of the time of its pages.
        gc.set_threshold(50_000, 20, 50)
        try:
            return _run(
                server, tell, f"Tracking Advisor is at {_address(listening)}", f"Plans are kept in {settings.where()}"
            )
        finally:
            app.extensions["store"].close()


def _server(app: Flask, listening: socket.socket) -> Any:
    # A browser asks for ten files at once, so requests often wait in the queue. That is normal and not worth a log line.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[listening],
        _dispatcher=Lanes(THREADS),
        connection_limit=CONNECTIONS,
        asyncore_use_poll=hasattr(select, "poll"),  # select() can't watch this many connections on every system
        ident=None,
        channel_request_lookahead=1,  # without it, the server does not notice when a client disconnects
    )
    server.channel_class = channel_class(partial(read_limit, app), _refusal)
    return server


def _refusal(path: str, most: int) -> bytes | None:
    return refusal(path, most - ROOM)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServeError(f"Port {port} of {host} is in use. Choose another with --port.") from error
        raise CannotServeError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _shared_address(listening: socket.socket) -> str | None:
    """Return the address to share with others; None if the server listens on every address of the machine."""
    return None if ip_address(listening.getsockname()[0]).is_unspecified else _address(listening)


def _run(server: Any, tell: Callable[[str], None], address: str, place: str) -> bool:
    """Run the server and return whether Ctrl+C ended it.

    Signals are handled before the address is told, because a reader of it may end the server at once.
    """
    interrupted = False

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        nonlocal interrupted
        interrupted = number == signal.SIGINT
        # The first signal lets running answers finish. A second one ends the process at once.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        raise SystemExit

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with suppress(SystemExit):
        tell(f"{address} (Ctrl+C ends it)")
        tell(place)
        run(server, LOOP_SECONDS)
    with suppress(KeyboardInterrupt):
        if unfinished := finish(server):
            answers = "One answer" if unfinished == 1 else f"{unfinished:,} answers"
            tell(
                f"{answers} could not be finished in {GRACE_SECONDS} seconds; their clients got an error that says so."
            )
    return interrupted
