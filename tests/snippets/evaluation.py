"""Runs snippets with a recorder in place of the library, and returns the recorded calls."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from .tools import run, tool

SCRIPTS = Path(__file__).parent / "evaluate"
HANDOFF: dict[str, Any] = {
    "anonymousId": "handed-anonymous",
    "userId": "handed-user",
    "context": {"ip": "192.0.2.1", "consent": {"categoryPreferences": {"ads": True}}},
    "ids": {
        "fbp": "handed-fbp",
        "event_id": "handed-event",
        "order_id": "handed-event",
        "amplitude_session_id": 7,
        "ScCid": "handed-click",
    },
    "properties": {"coupon seen": False},
}
COMMANDS = {
    "javascript": ("node", "javascript.mjs"),
    "ruby": ("ruby", "ruby.rb"),
    "php": ("php", "php.php"),
}
"""Language -> the program, and the script that runs code line by line."""


class Evaluator:
    """One process of a language that runs many snippets."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def calls(self, code: str) -> list[Any]:
        """The calls that the code makes: name and arguments each."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        assert "error" not in told, f"{told['error']}\n{code}"
        return told["calls"]


@contextmanager
def evaluator(language: str, handoff: dict[str, Any] = HANDOFF) -> Iterator[Evaluator]:
    """A process of the language, ended with the test."""
    program, script = COMMANDS[language]
    environment = os.environ | {"HANDOFF": json.dumps(handoff), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [tool(program), str(SCRIPTS / script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
    )
    with process:
        try:
            yield Evaluator(process)
        finally:
            process.kill()


def python_calls(code: str, handoff: dict[str, Any] = HANDOFF) -> list[Any]:
    """The calls that Python code makes; every argument must be named."""
    calls: list[Any] = []

    class Recorder:
        def __getattr__(self, name: str) -> Any:
            return lambda **arguments: calls.append([name, arguments])

    snake = {re.sub("[A-Z]", lambda hit: "_" + hit[0].lower(), key): value for key, value in handoff.items()}
    exec(compile(code, "snippet.py", "exec"), {"analytics": Recorder(), "handoff": SimpleNamespace(**snake)})
    return calls


def shell_calls(code: str) -> list[Any]:
    """The calls of a shell script: path of the address and body, as its curl is given them."""
    printer = 'curl() { for each in "$@"; do printf \'%s\\0\' "$each"; done; }\n'
    arguments = run(tool("bash"), "-euc", printer + code).split("\0")[:-1]
    address, *options = arguments
    assert options[:4] == ["--user", "YOUR_WRITE_KEY:", "--header", "Content-Type: application/json"]
    assert options[4] == "--data-raw"
    assert len(options) == 6
    return [[address.removeprefix("https://api.segment.io/v1/"), json.loads(options[5])]]


def pixel_calls(code: str) -> list[Any]:
    """The calls of a page: what its pictures' addresses carry, which is what the comment above them shows."""
    page = _Page()
    page.feed(code)
    page.close()
    assert page.others == []
    (address,) = page.pictures
    path, _, data = address.removeprefix("https://api.segment.io/v1/pixel/").partition("?data=")
    assert re.fullmatch(r"[\w-]+", data, re.ASCII)
    said = json.loads(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)))
    shown = json.loads(page.comments[-1].partition("\n")[2])
    assert shown == said
    assert said.pop("writeKey") == "YOUR_WRITE_KEY"
    return [[path, said]]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[str] = []
        self.comments: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pictures.append(dict(attrs)["src"] or "")
        else:
            self.others.append(tag)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.others.append(data)
