"""Connections of the embedded server: a body limit that applies before the body is read, and a graceful stop.

waitress reads the whole body before the app sees the request, and drops unfinished responses five seconds after it is
told to stop. This module changes both. `advisor.web.server.serve` uses it.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

Limit = Callable[[str, str], int]
"""A function from the method and path of a request to the maximum bytes of its body."""
GRACE_SECONDS = 30
"""Seconds to wait for unfinished responses after a signal to stop."""
_STEP_SECONDS = 0.2
_ENDING = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 10\r\n"
    b"Connection: close\r\nContent-Length: 66\r\n\r\nThe server ended before this was finished. Try again in a moment.\n"
)


def channel_class(limit: Limit) -> type[HTTPChannel]:
    """Return a class of connections that reject requests whose declared or actual size exceeds the limit."""

    class CappedParser(HTTPRequestParser):
        """A parser of one request that stops at the body limit of its address."""

        def parse_header(self, header_plus: bytes) -> None:
            """Read the headers, and set the body limit of the address."""
            super().parse_header(header_plus)
            self.adj: Any = copy.copy(self.adj)
            self.adj.max_request_body_size = limit(self.command, self.path)

        def received(self, data: bytes) -> int:
            """Read some bytes and return how many were used. The error for a too large body says the limit of the address."""
            consumed = int(super().received(data))
            if isinstance(self.error, RequestEntityTooLarge):
                most = self.adj.max_request_body_size // 1024**2
                self.error.body = f"This address takes up to {most:,} MiB. Send less, or split it."
            return consumed

    class CappedChannel(HTTPChannel):
        """A connection whose requests have a body limit."""

        parser_class = CappedParser

    return CappedChannel


def run(server: Any, timeout: float, count: int | None = None) -> None:
    """Process the connections, at most ``count`` times, each time waiting at most ``timeout`` seconds."""
    connections = server._map  # noqa: SLF001 - `server.run` does the same, but drops unfinished responses
    server.asyncore.loop(timeout=timeout, map=connections, use_poll=server.adj.asyncore_use_poll, count=count)


def finish(server: Any, seconds: float = GRACE_SECONDS) -> int:
    """Accept no more connections and finish the current responses. Returns how many could not be finished in time.

    Clients that still wait for such a response get status 503.
    """
    server.accepting = False
    server.del_channel()
    server.socket.close()
    deadline = time.monotonic() + seconds
    while _answering(server) and time.monotonic() < deadline:
        run(server, _STEP_SECONDS, count=1)
    unfinished = _answering(server)
    for channel in unfinished:
        if not channel.total_outbufs_len:  # no part of this response has been sent yet
            with suppress(OSError):
                channel.socket.sendall(_ENDING)
        with suppress(OSError):
            channel.socket.close()
    return len(unfinished)


def _answering(server: Any) -> list[HTTPChannel]:
    return [each for each in server.active_channels.values() if each.requests or each.total_outbufs_len]
