"""The embedded server: waitress, on one address, until a signal ends it."""

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
from advisor.store import StoreError, Unavailable
from advisor.web import create_app
from advisor.web.body_limits import read_limit
from advisor.web.listening import GRACE_SECONDS, channel_class, finish, run
from advisor.web.quick_lane import Lanes
from advisor.web.turns import MOST

THREADS = MOST + 4
"""A page is bound by the interpreter, so that many are slower. Slow requests take turns, at most `MOST` at a time
(`advisor.web.turns`); the others are for everybody else.
"""

CONNECTIONS = 500
"""A browser keeps six open for a minute or two: with the 100 that waitress has by default, a team of twenty would find
the door closed. Below the 1,024 files that most systems let a process open.
"""


LOOP_SECONDS = 1
"""How long the server sleeps at most when nothing happens."""


class CannotServe(Exception):  # noqa: N818 - named by what happened; the message says what to do
    """The address or the place of the plans cannot be used as asked."""


def serve_at(host: str, port: int, tell: Callable[[str], None]) -> bool:
    """Serve the app and tell where it is; finish what is being answered when SIGTERM or Ctrl+C ends it.

    Return whether Ctrl+C did. Port 0 takes a free one. Raises `CannotServe`, `SettingsError`, and `Unavailable` for a
    database that does not answer.
    """
    with _listen(host, port) as listening:
        settings = Settings.from_environment()
        try:
            app = create_app(settings, address=_shared_address(listening))
        except Unavailable:
            raise
        except StoreError as error:
            raise CannotServe(str(error)) from error
        server = _server(app, listening)
        gc.collect()
        gc.freeze()  # what is loaded by now lives as long as the process: no need to look through it again
        # A large plan is a million objects that refer to each other in one direction: looking for circles among them
        # each time that some thousands are made takes a sixth of the time of its pages.
        gc.set_threshold(50_000, 20, 50)
        try:
            return _run(
                server, tell, f"Tracking Advisor is at {_address(listening)}", f"Plans are kept in {settings.where()}"
            )
        finally:
            app.extensions["store"].close()


def _server(app: Flask, listening: socket.socket) -> Any:
    # A browser asks for ten files at once, so that two threads always have a queue: no news, and no line of the log.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[listening],
        _dispatcher=Lanes(THREADS),
        connection_limit=CONNECTIONS,
        asyncore_use_poll=hasattr(select, "poll"),  # select() can't watch that many everywhere
        ident=None,
        channel_request_lookahead=1,  # without it, nobody notices that a reader has left
    )
    server.channel_class = channel_class(partial(read_limit, app))
    return server


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(f"Port {port} of {host} is in use. Choose another with --port.") from error
        raise CannotServe(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _shared_address(listening: socket.socket) -> str | None:
    """Return the address that others may be given; None where the server listens on every address of the machine."""
    return None if ip_address(listening.getsockname()[0]).is_unspecified else _address(listening)


def _run(server: Any, tell: Callable[[str], None], address: str, place: str) -> bool:
    """Tell where it is, and run. Whoever reads that may end the server at once, so signals are heard before it."""
    interrupted = False

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        nonlocal interrupted
        interrupted = number == signal.SIGINT
        # Left alone, SIGTERM would cut off what is being answered. A second one does.
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
            tell(f"{answers} could not be finished in {GRACE_SECONDS} seconds; whoever waited was told so.")
    return interrupted
