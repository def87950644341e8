"""A server on loopback that records each message that Segment's libraries send.

It accepts every path and body that the libraries use: batches (``/v1/batch``, ``/v1/import``, ``/v1/b``), single calls
(``/v1/t``, ``/v1/track``, ...), the Pixel API, gzip and deflate, JSON under any content type, Basic authentication, and other
origins. It also serves the settings that Analytics.js and React Native ask for.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import sys
import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BATCH = re.compile(r"/(batch|import|b)/?$")
SINGLE = re.compile(r"/(t|i|p|g|a|s|track|identify|page|screen|group|alias)/?$")
PIXEL = re.compile(r"/pixel/(track|identify|page|screen|group|alias)/?$")
SETTINGS = re.compile(r"/projects/([^/]+)/settings$")
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
LETTERS = {name[0]: name for name in ("track", "identify", "page", "group", "alias", "screen")}
EMPTY_BODY = b"null"


@dataclass(frozen=True)
class Captured:
    """One message. ``envelope`` is what a batch says beside its messages; ``write_key`` comes from wherever it was sent."""

    path: str
    write_key: str | None
    envelope: dict[str, Any]
    message: dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What a request is answered with."""

    status: int
    body: bytes
    content_type: str = "application/json"


@dataclass
class Capture:
    """What has arrived, in the order of arrival. ``settings`` are what a library is told about its source."""

    settings: dict[str, Any] = field(default_factory=dict)
    captured: list[Captured] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def take(self, method: str, address: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Answer one request. What isn't understood is refused, and remembered in ``refused``."""
        path = urlsplit(address).path
        lower = {name.lower(): value for name, value in headers.items()}
        if method == "OPTIONS":
            return Reply(204, b"")
        if method == "GET":
            return self._read(path, address)
        try:
            said = json.loads(_unpacked(body, lower.get("content-encoding", "")) or EMPTY_BODY)
        except (ValueError, OSError, zlib.error) as error:
            return self._refuse(400, f"{method} {path}: {error}")
        if path.endswith("/m"):  # metrics of the library itself
            return Reply(200, b"{}")
        return self._keep(path, said, lower.get("authorization", ""))

    def _keep(self, path: str, said: Any, authorization: str) -> Reply:
        user = _user(authorization)
        if BATCH.search(path) and isinstance(said, dict) and isinstance(said.get("batch"), list):
            envelope = {name: value for name, value in said.items() if name != "batch"}
            self.captured += [
                Captured(path, user or envelope.get("writeKey"), envelope, each) for each in said["batch"]
            ]
        elif (kind := SINGLE.search(path)) and isinstance(said, dict):
            message = {"type": LETTERS.get(kind[1], kind[1])} | said
            self.captured.append(Captured(path, user or said.get("writeKey"), {}, message))
        else:
            return self._refuse(404, f"POST {path}")
        return Reply(200, b'{"success": true}')

    def _read(self, path: str, address: str) -> Reply:
        if SETTINGS.search(path):
            return Reply(200, json.dumps(self.settings).encode())
        if kind := PIXEL.search(path):
            (data,) = parse_qs(urlsplit(address).query)["data"]
            said = json.loads(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)))
            self.captured.append(Captured(address, said.get("writeKey"), {}, {"type": kind[1]} | said))
            return Reply(200, GIF, "image/gif")
        return self._refuse(404, f"GET {path}")

    def _refuse(self, status: int, why: str) -> Reply:
        self.refused.append(why)
        return Reply(status, b'{"success": false}')


class CaptureServer(Capture):
    """A capture that listens on a free port of loopback inside a ``with`` block."""

    def __enter__(self) -> CaptureServer:
        self.server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server.server_port}"


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A library that ends closes its connections as it likes; anything else is worth a traceback."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(capture: Capture) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Reads requests and writes replies."""

        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Log nothing: the tests report errors."""

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = capture.take(self.command, self.path, self.headers, body)
            self.send_response(reply.status)
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
            self.send_header("Access-Control-Allow-Headers", self.headers.get("Access-Control-Request-Headers", "*"))
            self.send_header("Access-Control-Allow-Credentials", "true")
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_OPTIONS = _answer  # noqa: N815 - names that http.server looks for

    return Handler


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip" or body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    return zlib.decompress(body) if encoding == "deflate" else body


def _user(authorization: str) -> str | None:
    scheme, _, credentials = authorization.partition(" ")
    return base64.b64decode(credentials).decode().partition(":")[0] if scheme == "Basic" else None
