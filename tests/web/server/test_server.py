"""The embedded server in a separate process: large bodies, slow requests, and how it ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from waitress import create_server

from advisor.model import Event, Property
from advisor.settings import Settings
from advisor.web import create_app
from advisor.web.server.listening import channel_class, finish, run
from owned_plans import SHOP
from page_client import PageClient
from serving import serving

pytestmark = pytest.mark.slow
PROGRAM = Path(sys.executable).with_name("advisor")
KEY = "known-to-this-test-and-to-nobody-else"
LARGE = replace(
    SHOP,
    events=tuple(
        Event(name=f"Event {number}", answers={"payment": "yes"}, properties=(Property(name="total", type="number"),))
        for number in range(2_500)
    ),
)
"""Its report takes a second or two."""


def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a server whose database is in this folder."""
    return {
        "ADVISOR_DATABASE_URL": f"sqlite:///{folder / 'plans.sqlite'}",
        "ADVISOR_SECRET_KEY": KEY,
        "HOME": str(folder),
        "PATH": "",
    }


@contextmanager
def large_plan(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the id of a plan that is slow as a whole, and the cookie of its owner."""
    url = f"sqlite:///{folder / 'plans.sqlite'}"
    app = create_app(Settings(database_url=url, data_dir=folder, secret_key=KEY))
    client = app.test_client()
    with client.session_transaction() as session:
        session["owner"] = "me"
    plan_id = app.extensions["store"].create("me", LARGE)
    name = app.session_interface.get_cookie_name(app)
    cookie = client.get_cookie(name)
    assert cookie is not None
    app.extensions["store"].close()
    yield plan_id, f"{name}={cookie.value}"


def ask(address: str, path: str, cookie: str = "", method: str = "GET") -> HTTPConnection:
    """Send a request, and return the connection before the answer is read."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, headers={"Cookie": cookie} if cookie else {})
    return connection


def answer_of(address: str, path: str, cookie: str = "", host: str = "") -> tuple[int, str]:
    """Return the status and the text of an answer."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie} | ({"Host": host} if host else {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def status_of_large_body(address: str, path: str, head: bytes, piece: bytes, pieces: int) -> tuple[int, int]:
    """Send a body piece by piece until the server answers or hangs up, and return the status and the bytes that it took."""
    host, port = urlsplit(address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: {host}\r\n".encode() + head + b"\r\n")
        sent = 0
        connection.setblocking(False)
        answer = b""
        for _ in range(pieces):
            try:
                answer = connection.recv(4096)
                break
            except BlockingIOError:
                pass
            except ConnectionError:
                break
            connection.setblocking(True)
            try:
                connection.sendall(piece)
            except ConnectionError:
                break
            sent += len(piece)
            connection.setblocking(False)
        connection.setblocking(True)
        if not answer:
            answer = connection.recv(4096)
        found = re.match(rb"HTTP/1\.[01] (\d+)", answer)
        return int(found[1]) if found else 0, sent


@pytest.mark.parametrize("path", ["/nowhere", "/plans/new", "/api/v1/nowhere", "/api/v1/explain"])
def test_a_body_declared_too_large_is_refused_unread(live_server: str, path: str) -> None:
    """An address without documents, known or not, has the limit of a form."""
    head = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000000\r\n"
    status, taken = status_of_large_body(live_server, path, head, b"x" * 65536, 64)
    assert status == 413
    assert taken < 4 * 1024**2


def test_a_body_of_unknown_length_is_refused_once_it_is_too_large(live_server: str) -> None:
    """A body that is sent in chunks is refused after the bytes that exceed the limit."""
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    status, taken = status_of_large_body(live_server, "/nowhere", b"Transfer-Encoding: chunked\r\n", piece, 500)
    assert status == 413
    assert taken < 16 * 1024**2


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/api/v1/advice", "/api/v1/explain", "/api/v1/nowhere", "/plans/new"])
def test_a_client_that_sends_all_of_a_large_body_reads_why_it_was_refused(
    live_server: str, path: str, *, chunked: bool
) -> None:
    """The connection is not reset meanwhile, and the API answers with its error body."""
    piece, count = b" " * 1024**2, 70
    length = {} if chunked else {"Content-Length": str(count * len(piece))}
    headers = {"Content-Type": "application/json", **length}
    with closing(HTTPConnection(urlsplit(live_server).netloc, timeout=60)) as connection:
        connection.request("POST", path, iter([piece] * count), headers, encode_chunked=chunked)
        answer = connection.getresponse()
        body = answer.read()
    assert answer.status == 413
    if path.startswith("/api/"):
        assert answer.getheader("Content-Type") == "application/json"
        error = json.loads(body)["error"]
        assert (error["code"], error["pointer"], len(error["details"])) == ("too-large", "", 1)
        assert ("67,108,864 bytes" in error["message"]) == (path == "/api/v1/advice")


def test_a_refused_client_that_never_stops_sending_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not hold a connection for ever."""
    monkeypatch.setattr("advisor.web.server.listening.LINGER_SECONDS", 0.5)
    cut_off = Flag()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = create_server(lambda *_: [], sockets=[listening], threads=1, ident=None)
        server.channel_class = channel_class(lambda _method, _path: 1000, lambda _path, _most: None)
        loop = Thread(target=lambda: [run(server, 0.05, count=1) for _ in iter(cut_off.is_set, True)])
        loop.start()
        with socket.create_connection(listening.getsockname(), timeout=30) as client:
            client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
            assert b" 413 " in client.recv(4096)
            with pytest.raises(ConnectionError):
                _send_on(client)
        cut_off.set()
        loop.join(30)
        server.task_dispatcher.shutdown()
        server.trigger.close()


def _send_on(client: socket.socket) -> None:
    """Send a byte now and then, for ten seconds."""
    for _ in range(100):
        client.sendall(b"x")
        time.sleep(0.1)


def test_abandoned_reports_do_not_block_other_visitors(tmp_path: Path) -> None:
    """Of seven readers of a large plan's report, at most four are served, and the others are told that the server is busy."""
    with large_plan(tmp_path) as (plan_id, cookie), ExitStack() as stack:
        address = stack.enter_context(serving([PROGRAM], environment(tmp_path), tmp_path / "log"))
        readers = [stack.enter_context(closing(ask(address, f"/plans/{plan_id}/report", cookie))) for _ in range(7)]
        assert answer_of(address, "/plans/new")[0] == 200
        waiting = [reader for reader in readers if not _has_answer(reader)]
        assert len(waiting) > 1, "the other page did not wait for the reports"
        refused = [reader.getresponse() for reader in readers if reader not in waiting]
        assert {answer.status for answer in refused} >= {503}
        assert any("The server is busy" in answer.read().decode() for answer in refused)


def _has_answer(connection: HTTPConnection) -> bool:
    connection.sock.setblocking(False)
    try:
        return bool(connection.sock.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False


def test_sigterm_lets_running_requests_finish(tmp_path: Path) -> None:
    """Running requests get their whole answer, no other is accepted, and the server exits with 0."""
    with large_plan(tmp_path) as (plan_id, cookie):
        with subprocess.Popen(
            [PROGRAM, "serve", "--port", "0"], env=environment(tmp_path), stdout=subprocess.PIPE, cwd="/"
        ) as server:
            assert server.stdout is not None
            address = server.stdout.readline().decode().split()[4]
            reader = ask(address, f"/plans/{plan_id}/export/html/download", cookie)
            assert answer_of(address, "/healthz")[0] == 200  # the server has read what came before
            server.send_signal(signal.SIGTERM)
            answer = reader.getresponse()
            body = answer.read()
            reader.close()
            assert answer.status == 200
            assert body.rstrip().endswith(b"</html>")
            told = server.stdout.read()
            assert server.wait(timeout=60) == 0
        assert b"could not be finished" not in told


def test_links_never_follow_the_host_header(tmp_path: Path) -> None:
    """For any request, links begin with the address that the server listens on."""
    with large_plan(tmp_path) as (plan_id, cookie), ExitStack() as stack:
        address = stack.enter_context(serving([PROGRAM], environment(tmp_path), tmp_path / "log"))
        app = create_app(
            Settings(database_url=environment(tmp_path)["ADVISOR_DATABASE_URL"], data_dir=tmp_path, secret_key=KEY)
        )
        app.test_client_class = PageClient
        client = app.test_client()
        name, _, value = cookie.partition("=")
        client.set_cookie(name, value)
        client.get(f"/plans/{plan_id}/share")
        client.submit("/share", may="view", label="")
        _, page = answer_of(address, f"/plans/{plan_id}/share", cookie, host="evil.example")
        app.extensions["store"].close()
    assert "evil.example" not in page
    assert f'href="{address}/shared/' in page


def test_waiting_clients_are_told_when_the_server_ends() -> None:
    """Answers that are not finished in time are counted, and their readers get a 503."""
    started, may_end = Flag(), Flag()

    def application(_environ: object, _start: object) -> list[bytes]:
        started.set()
        may_end.wait(60)
        return []

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = create_server(application, sockets=[listening], threads=1, ident=None)
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as reader:
            loop = Thread(target=lambda: [run(server, 0.05, count=1) for _ in iter(started.is_set, True)])
            loop.start()
            reader.request("GET", "/")
            started.wait(30)
            loop.join(30)
            assert finish(server, seconds=0.1) == 1
            answer = reader.getresponse()
            assert answer.status == 503
            assert b"Try again in a moment" in answer.read()
        may_end.set()
        server.task_dispatcher.shutdown()
        server.trigger.close()
