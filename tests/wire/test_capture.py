"""The capture server takes what libraries send, in every way that they send it, and refuses what it does not understand."""

from __future__ import annotations

import base64
import gzip
import json
import urllib.error
import urllib.request
import zlib

import pytest

from .capture import CaptureServer

MESSAGE = {"type": "track", "event": "E"}
BATCH = json.dumps({"batch": [MESSAGE], "writeKey": "in the body", "context": {"library": {}}}).encode()
PACKED = {"identity": BATCH, "gzip": gzip.compress(BATCH), "deflate": zlib.compress(BATCH)}
BASIC = {"Authorization": "Basic " + base64.b64encode(b"key:").decode()}


def _post(address: str, body: bytes, **headers: str) -> int:
    request = urllib.request.Request(address, body, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/import", "/v1/b", "/proxy/v1/batch/"])
@pytest.mark.parametrize("encoding", PACKED)
def test_batches_are_captured(path: str, encoding: str) -> None:
    """Each message of a batch is kept with its envelope, however the body is packed."""
    with CaptureServer() as server:
        assert _post(server.address + path, PACKED[encoding], Content_Encoding=encoding) == 200
        (captured,) = server.captured
    assert captured.message == MESSAGE
    assert captured.write_key == "in the body"
    assert captured.envelope["context"] == {"library": {}}


@pytest.mark.parametrize(
    "path", ["t", "track", "i", "identify", "p", "page", "s", "screen", "g", "group", "a", "alias"]
)
def test_single_calls_are_captured(path: str) -> None:
    """The path says what kind of call it is; JSON comes under any content type; the write key is the user's name."""
    kinds = {"t": "track", "i": "identify", "p": "page", "s": "screen", "g": "group", "a": "alias"}
    with CaptureServer() as server:
        assert _post(f"{server.address}/v1/{path}", b'{"userId": "u"}', Content_Type="text/plain", **BASIC) == 200
        (captured,) = server.captured
    assert captured.message == {"type": kinds.get(path, path), "userId": "u"}
    assert captured.write_key == "key"


def test_preflight_requests_are_answered() -> None:
    """A browser's preflight is answered with what it asks for."""
    asked = {"Origin": "https://shop.test", "Access-Control-Request-Headers": "content-type"}
    with CaptureServer({"integrations": {"X": {}}}) as server:
        request = urllib.request.Request(f"{server.address}/v1/t", headers=asked, method="OPTIONS")
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.test"
            assert answer.headers["Access-Control-Allow-Headers"] == "content-type"
        with urllib.request.urlopen(f"{server.address}/v1/projects/key/settings", timeout=30) as answer:
            assert json.load(answer) == {"integrations": {"X": {}}}


@pytest.mark.parametrize(
    ("path", "body", "status"), [("/v1/t", b"{", 400), ("/v1/batch", b"{}", 404), ("/v2/x", b"{}", 404)]
)
def test_unknown_requests_are_refused(path: str, body: bytes, status: int) -> None:
    """It is remembered, so that a test can see that a library asked for something else."""
    with CaptureServer() as server:
        assert _post(server.address + path, body) == status
        assert (server.captured, len(server.refused)) == ([], 1)
