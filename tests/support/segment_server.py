"""A server in this process that answers for rules as Segment's Public API does, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "sgp_secret"
PLAN = "tp_1"
MEDIA_TYPE = "application/vnd.segment.v1+json"
Rule = dict[str, Any]


class SegmentServer:
    """The rules of one tracking plan, and replies that come before ordinary ones."""

    def __init__(self) -> None:
        self.rules: dict[tuple[object, object, object], Rule] = {}
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.first: list[tuple[int, dict[str, str], object]] = []
        """Status, headers and body of the replies to the next requests; the status 0 hangs up without a reply."""
        self.url = ""

    def answer(self, method: str, path: str, token: str, body: Any) -> tuple[int, dict[str, str], object]:
        """The reply to a request."""
        address = urlsplit(path)
        query = dict(parse_qsl(address.query))
        self.asked.append((method, query, body))
        if self.first:
            return self.first.pop(0)
        if token != f"Bearer {TOKEN}":
            return 401, {}, {"errors": [{"type": "unauthorized", "message": "Unauthorized"}]}
        if (method, address.path) == ("POST", "/tracking-plans"):
            return 200, {}, {"data": {"trackingPlan": {"id": PLAN} | body}}
        if address.path != f"/tracking-plans/{PLAN}/rules":
            return 404, {}, {"errors": [{"type": "not-found", "message": "no such plan"}]}
        return getattr(self, f"_{method.lower()}")(query, body)  # type: ignore[no-any-return]

    def put(self, rule: Rule) -> None:
        """Keep a rule, with what Segment adds to it."""
        known = {"type", "key", "jsonSchema", "version"}
        assert rule.keys() <= known, "members that Segment does not accept"
        times = {"createdAt": "2026-01-01T00:00:00.000Z", "deprecatedAt": "0001-01-01T00:00:00.000Z"}
        self.rules[(rule["type"], rule.get("key"), int(rule["version"]))] = rule | times

    def _get(self, query: dict[str, str], _body: Any) -> tuple[int, dict[str, str], object]:
        count, start = int(query["pagination[count]"]), int(query.get("pagination[cursor]", "0"))
        rules = list(self.rules.values())
        page: dict[str, object] = {"current": str(start), "totalEntries": len(rules)}
        if start + count < len(rules):
            page["next"] = str(start + count)
        return 200, {}, {"data": {"rules": rules[start : start + count], "pagination": page}}

    def _patch(self, _query: dict[str, str], body: Any) -> tuple[int, dict[str, str], object]:
        if len(body["rules"]) > 200:
            message = "rules must contain less than or equal to 200 items"
            return 422, {}, {"errors": [{"type": "bad-input", "message": message}]}
        for rule in body["rules"]:
            self.put(rule)
        return 200, {}, {"data": {"status": "SUCCESS"}}

    def _delete(self, query: dict[str, str], _body: Any) -> tuple[int, dict[str, str], object]:
        for index in range(len(query)):
            if f"rules[{index}][type]" in query:
                part = (query.get(f"rules[{index}][{name}]") for name in ("type", "key", "version"))
                kind, key, version = part
                del self.rules[(kind, key, int(version or 0))]
        return 200, {}, {"data": {"status": "SUCCESS"}}


@contextmanager
def segment_server() -> Iterator[SegmentServer]:
    """Serve on a free port of this machine."""
    segment = SegmentServer()

    class Replies(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            token = self.headers.get("Authorization", "")
            status, headers, value = segment.answer(self.command, self.path, token, body)
            if status == 0:
                self.close_connection = True
                return
            data = json.dumps(value).encode()
            self.send_response(status)
            for name, text in {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = _reply  # noqa: N815 - the server looks for these names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by its base
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Replies)
    segment.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield segment
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
