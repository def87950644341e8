"""Connections of the embedded server: a body limit that applies before the body is read, and a graceful stop.

waitress reads the whole body before the app sees the request. It hangs up on a client that is still sending, so that the
client never reads why; and it drops unfinished responses five seconds after it is told to stop. This module changes all
three. `advisor.web.server.serve` uses it.
"""

from __future__ import annotations

import copy
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

Limit = Callable[[str, str], int]
"""A function from the method and path of a request to the maximum bytes of its body."""
Refusal = Callable[[str, int], bytes | None]
"""A function from the path of a request and the limit of its body to the error as JSON, or None for plain text."""
LINGER_SECONDS = 30
"""Seconds in which a client that is refused may go on sending, so that it comes to read the answer."""
GRACE_SECONDS = 30
"""Seconds to wait for unfinished responses after a signal to stop."""
_STEP_SECONDS = 0.2
_ENDING = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 10\r\n"
    b"Connection: close\r\nContent-Length: 66\r\n\r\nThe server ended before this was finished. Try again in a moment.\n"
)


class _BodyTooLarge(RequestEntityTooLarge):
    """The error for a body that exceeds the limit of its address."""

    def __init__(self, most: int, as_json: bytes | None) -> None:
        super().__init__(f"This address takes up to {most // 1024**2:,} MiB. Send less, or split it.")
        self.as_json = as_json

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return the status, the headers and the body of the response."""
        status, headers, body = super().to_response(ident)
        if self.as_json is not None:
            return status, [("Content-Type", "application/json")], self.as_json
        return status, headers, body


def channel_class(limit: Limit, refusal: Refusal) -> type[HTTPChannel]:
    """Return a class of connections that reject requests whose declared or actual size exceeds the limit."""

    class CappedParser(HTTPRequestParser):
        """A parser of one request that stops at the body limit of its address."""

        error: Any = None

        def parse_header(self, header_plus: bytes) -> None:
            """Read the headers, and set the body limit of the address."""
            super().parse_header(header_plus)
            self.adj: Any = copy.copy(self.adj)
            self.adj.max_request_body_size = limit(self.command, self.path)

        def received(self, data: bytes) -> int:
            """Read some bytes and return how many were used. The error for a too large body says the limit of the address."""
            consumed = int(super().received(data))
            if isinstance(self.error, RequestEntityTooLarge) and not isinstance(self.error, _BodyTooLarge):
                most = self.adj.max_request_body_size
                self.error = _BodyTooLarge(most, refusal(self.path, most))
            return consumed

    class CappedChannel(_LingeringChannel):
        """A connection whose requests have a body limit."""

        parser_class = CappedParser

    return CappedChannel


class _LingeringChannel(HTTPChannel):
    """A connection that discards the rest of a refused body after its answer, and only then hangs up.

    Hanging up on a client that still sends resets the connection, and the client loses the answer.
    """

    _refused = False
    _lingers_until = 0.0

    def service(self) -> None:
        """Answer the request."""
        self._refused = isinstance(self.requests[0].error, _BodyTooLarge)
        super().service()

    def writable(self) -> bool:
        """Return whether `handle_write` has something to do."""
        if self._lingers_until:
            return time.monotonic() >= self._lingers_until
        return bool(super().writable())

    def readable(self) -> bool:
        """Return whether `handle_read` has something to do."""
        return bool(self._lingers_until or super().readable())

    def handle_write(self) -> None:
        """Send what is ready. Ends the answer to a refused body without hanging up."""
        if self._lingers_until:
            self.handle_close()
        elif self._refused:
            self._flush_exception(self._flush_some_if_lockable)
            if self.will_close:
                self.handle_close()
            elif self.close_when_flushed and not self.total_outbufs_len:
                self._linger()
        else:
            super().handle_write()

    def handle_read(self) -> None:
        """Read what the client sent, and discard it if its request was refused."""
        if not self._lingers_until:
            super().handle_read()
            return
        try:
            self.recv(self.adj.recv_bytes)  # it hangs up if the client did
        except OSError:
            self.handle_close()

    def _linger(self) -> None:
        self._lingers_until = time.monotonic() + LINGER_SECONDS
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()


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
