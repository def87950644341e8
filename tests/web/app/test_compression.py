"""Laws of compression: who gets it, that nothing is lost, and that it tells other sites nothing."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from advisor.web.app.compression import LARGEST, SMALLEST
from advisor.web.app.encodings import ENCODINGS, IDENTITY, gzip_with_noise, preferred_encoding, smallest
from page_client import PageClient

GZIP = {"Accept-Encoding": "gzip"}
WEIGHTS = st.sampled_from([0.0, 0.3, 0.5, 1.0])
NAMES = st.sampled_from(["gzip", "br", "zstd", "identity", "*"])


@pytest.fixture
def raw_client(app: Flask) -> FlaskClient:
    """A client that takes bytes as they come. The page client reads every page as text."""
    return FlaskClient(app, app.response_class)


@pytest.mark.parametrize(
    "path", ["/", "/rules", "/advise/fragment?name=X&payment=yes", "/api/v1/questions", "/nowhere"]
)
def test_a_compressed_answer_is_the_answer(raw_client: FlaskClient, path: str) -> None:
    """Pages, parts of pages, documents and errors: unpacked, they are what others get."""
    plain, packed = raw_client.get(path), raw_client.get(path, headers=GZIP)
    assert plain.status_code == packed.status_code
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("accepted", [None, "", "identity", "br", "gzip;q=0", "gzip;q=0.2, identity", "*;q=0"])
def test_who_does_not_ask_for_gzip_gets_the_text(client: PageClient, accepted: str | None) -> None:
    """Curl without options, for one."""
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    assert "Content-Encoding" not in client.get("/rules", headers=headers).headers


@pytest.mark.parametrize(
    ("site", "is_packed"), [("none", True), ("same-origin", True), ("same-site", False), ("cross-site", False)]
)
def test_a_page_that_another_site_asks_for_is_not_compressed(
    raw_client: FlaskClient, site: str, *, is_packed: bool
) -> None:
    """It could compare lengths to guess what is on the page (BREACH)."""
    answer = raw_client.get("/plans", headers=GZIP | {"Sec-Fetch-Site": site})
    assert ("Content-Encoding" in answer.headers) is is_packed


def test_the_length_of_a_compressed_page_is_random(raw_client: FlaskClient) -> None:
    """The same page is longer or shorter each time, by more than one right guess would make it."""
    lengths = {len(raw_client.get("/rules", headers=GZIP).data) for _ in range(40)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) > 20


@pytest.mark.parametrize(
    ("size", "options", "is_packed"),
    [
        (SMALLEST - 1, {}, False),
        (SMALLEST, {}, True),
        (LARGEST, {}, True),
        (LARGEST + 1, {}, False),
        (SMALLEST, {"mimetype": "application/zip"}, False),
        (SMALLEST, {"status": 206}, False),
        (SMALLEST, {"headers": {"Content-Encoding": "br"}}, False),
    ],
)
def test_only_texts_of_some_length_are_compressed(
    app: Flask, size: int, options: dict[str, object], *, is_packed: bool
) -> None:
    """Not what is packed already, a part, very short or very long."""
    app.add_url_rule("/text", view_func=lambda: Response("x" * size, **({"mimetype": "text/plain"} | options)))
    answer = app.test_client().get("/text", headers=GZIP)
    assert (answer.headers.get("Content-Encoding") == "gzip") is is_packed


def test_a_streamed_answer_is_sent_as_it_comes(app: Flask) -> None:
    """Compressing would collect it first."""
    app.add_url_rule("/text", view_func=lambda: Response((part for part in ["x" * 5000]), mimetype="text/plain"))
    assert "Content-Encoding" not in app.test_client().get("/text", headers=GZIP).headers


def test_the_etag_of_a_compressed_answer_is_weak(app: Flask) -> None:
    """A strong one promises the same bytes."""

    def text() -> Response:
        response = Response("x" * 5000, mimetype="text/plain")
        response.set_etag("one")
        return response

    app.add_url_rule("/text", view_func=text)
    client = app.test_client()
    assert client.get("/text").headers["ETag"] == '"one"'
    assert client.get("/text", headers=GZIP).headers["ETag"] == 'W/"one"'


@given(st.dictionaries(NAMES, WEIGHTS))
def test_the_client_decides_which_encoding_it_gets(weights: dict[str, float]) -> None:
    """By the weights of its header, read a second time here: never one that it refuses or likes less than another."""
    accepted = parse_accept_header(", ".join(f"{name};q={weight}" for name, weight in weights.items()), Accept)
    offered = ("br", "gzip")
    likes = {name: weights.get(name, weights.get("*", 0.0)) for name in offered}
    chosen = preferred_encoding(accepted, offered)
    if chosen == IDENTITY:
        assert max(likes.values()) == 0 or weights.get(IDENTITY, 0.0) > max(likes.values())
    else:
        assert likes[chosen] == max(likes.values()) > 0
        assert likes[chosen] >= weights.get(IDENTITY, 0.0)
        assert chosen == "br" or likes["br"] < likes["gzip"]


@given(st.binary(max_size=2000))
def test_nothing_is_lost_by_compressing(content: bytes) -> None:
    """Whatever the content, each encoding gives it back, the same bytes each time; noise does not change it."""
    unpack = {"gzip": gzip.decompress, "br": _brotli}
    for encoding in ENCODINGS:
        assert unpack[encoding](smallest(content, encoding)) == content
        assert smallest.__wrapped__(content, encoding) == smallest(content, encoding)
    assert gzip.decompress(gzip_with_noise(content, 5)) == content


def _brotli(content: bytes) -> bytes:
    import brotli

    return brotli.decompress(content)
