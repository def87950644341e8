"""The embedded server's way with connections: bodies are capped before they are read, and an end is no cut.

waitress reads a whole body before the app sees anything of it, and gives up on unfinished answers five seconds after it
was told to end. Both are put right here.
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
"""Method and path of a request -> the bytes that its body may have."""
GRACE_SECONDS = 30
"""How long to go on with what is being answered after a signal to end."""
_STEP_SECONDS = 0.2
_ENDING = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 10\r\n"
    b"Connection: close\r\nContent-Length: 66\r\n\r\nThe server ended before this was finished. Try again in a moment.\n"
)


def channel_class(limit: Limit) -> type[HTTPChannel]:
    """Return the class of connections whose requests are refused when they say, or turn out, to be too large."""

    class CappedParser(HTTPRequestParser):
        """Reads one request, no more of it than its address takes."""

        def parse_header(self, header_plus: bytes) -> None:
            """Read the head, which says what the rest may be."""
            super().parse_header(header_plus)
            self.adj: Any = copy.copy(self.adj)
            self.adj.max_request_body_size = limit(self.command, self.path)

        def received(self, data: bytes) -> int:
            """Read a piece; the answer to a body that is too large says what the address takes."""
            consumed = int(super().received(data))
            if isinstance(self.error, RequestEntityTooLarge):
                most = self.adj.max_request_body_size // 1024**2
                self.error.body = f"This address takes up to {most:,} MiB. Send less, or split it."
            return consumed

    class CappedChannel(HTTPChannel):
        """A connection whose requests are capped."""

        parser_class = CappedParser

    return CappedChannel


def run(server: Any, timeout: float, count: int | None = None) -> None:
    """Deal with what happens on the connections, at most ``count`` times, each time waiting no longer than ``timeout``."""
    connections = server._map  # noqa: SLF001 - `server.run` cuts off unfinished answers, and this is all it does besides
    server.asyncore.loop(timeout=timeout, map=connections, use_poll=server.adj.asyncore_use_poll, count=count)


def finish(server: Any, seconds: float = GRACE_SECONDS) -> int:
    """Accept nothing more and go on with what is being answered: how many answers could not be finished in time.

    Who still waits for one of those is told so.
    """
    server.accepting = False
    server.del_channel()
    server.socket.close()
    deadline = time.monotonic() + seconds
    while _answering(server) and time.monotonic() < deadline:
        run(server, _STEP_SECONDS, count=1)
    unfinished = _answering(server)
    for channel in unfinished:
        if not channel.total_outbufs_len:  # nothing of this answer has been sent yet
            with suppress(OSError):
                channel.socket.sendall(_ENDING)
        with suppress(OSError):
            channel.socket.close()
    return len(unfinished)


def _answering(server: Any) -> list[HTTPChannel]:
    return [each for each in server.active_channels.values() if each.requests or each.total_outbufs_len]
