"""The generated hand-off reads requests and landings as the rules say: in Flask, in Django, in Express and in the page."""

from __future__ import annotations

import json
import random
import sys
import uuid
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from .framework_requests import of_django, of_django_asgi, of_flask
from .through_node import through_node
from .tools import run, tool
from .vectors import HERE, LANDINGS, REQUESTS, Handed, code_for, expected, page_code


def _named(vectors: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("vector", vectors, ids=[each["name"] for each in vectors])


@cache
def _module(config: str, framework: str) -> ModuleType:
    """The code as a module; dataclasses look theirs up by name."""
    module = ModuleType(f"handed_over_{framework}_{abs(hash(config))}")
    sys.modules[module.__name__] = module
    exec(compile(code_for(json.loads(config), framework), "handed_over.py", "exec"), module.__dict__)
    return module


def read_in_python(framework: str, request: Any, vector: dict[str, Any]) -> Handed:
    """What the framework's code makes of its own kind of request."""
    module = _module(json.dumps(vector["config"]), framework)
    now = vector["request"]["now"] / 1000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "time", SimpleNamespace(time=lambda: now), raising=False)
        handoff = module.handoff_of(request, vector["request"]["session_user"])
    made = handoff.anonymous_id if handoff.is_new else None
    assert made is None or uuid.UUID(made).version == 4
    known = None if handoff.is_new else handoff.anonymous_id
    return Handed(known, handoff.is_new, handoff.user_id, handoff.context, handoff.ids, handoff.properties)


@_named(REQUESTS)
def test_flask_reads_a_request_as_the_rules_say(vector: dict[str, Any]) -> None:
    """With Flask's own request."""
    assert read_in_python("Flask", of_flask(vector["request"]), vector) == expected(vector), vector["why"]


@pytest.mark.parametrize("request_of", [of_django, of_django_asgi])
@_named(REQUESTS)
def test_django_reads_a_request_as_the_rules_say(vector: dict[str, Any], request_of: Any) -> None:
    """With Django's own requests, of WSGI and of ASGI servers."""
    assert read_in_python("Django", request_of(vector["request"]), vector) == expected(vector), vector["why"]


def test_express_reads_requests_as_the_rules_say(tmp_path: Path) -> None:
    """With requests shaped as Node.js and express.json() shape them."""
    told = through_node(HERE / "read_requests.mjs", REQUESTS, tmp_path)
    wrong = {
        vector["name"]: (vector["why"], handed)
        for vector, handed in zip(REQUESTS, told, strict=True)
        if handed != expected(vector)
    }
    assert wrong == {}


def test_the_page_keeps_landing_values_as_the_rules_say(tmp_path: Path) -> None:
    """The stored values, the address and the referrer lead to the values that are stored next."""
    (tmp_path / "page.mjs").write_text(page_code(), encoding="utf-8")
    given = {"code": str(tmp_path / "page.mjs"), "landings": LANDINGS}
    told = json.loads(run(tool("node"), HERE / "merge_landings.mjs", given=json.dumps(given), cwd=tmp_path))
    wrong = {each["name"]: kept for each, kept in zip(LANDINGS, told, strict=True) if kept != each["expect"]}
    assert wrong == {}


NAMES = (
    "ajs_anonymous_id",
    "plan_landing",
    "_fbp",
    "_fbc",
    "_ga",
    "_ga_A",
    "_ga_B",
    "_scid",
    "li_fat_id",
    "_epik",
    "x",
    "",
)
VALUES = (
    "", "null", "%22undefined%22", "a", "a=b", "%C3%AB", "%FF", "50%", "a%3Bb%0D%0A", '"q"', "\u00c3\u00ab", "\u00eb", " ",
    "fb.1.1764000000000.F", "fb.2.9999999999999.F", "GA1.1.5.6", "GS1.1.7.8.0", "GS2.1.s7$o8", "GS2.1.o8$s7", "x" * 2001,
    "%7B%22ids%22%3A%7B%22fbclid%22%3A%5B%22F%22%2C1764100000000%5D%2C%22ttclid%22%3A%5B%22T%22%2C1763000000000%5D%7D%7D",
    "%7B%22campaign%22%3A%7B%22source%22%3A%22l%22%2C%22n%22%3A1%7D%2C%22ids%22%3A%5B%5D%7D", "%7B", "%5B1%5D",
)  # fmt: skip
TAGS = ("utm_source", "utm_campaign", "utm_", "gclid", "fbclid", "ttclid", "li_fat_id", "epik", "%67clid", "q")
ADDRESSES = (
    "1.2.3.4",
    "1.2.3.4:5",
    "[::1]:80",
    "::ffff:1.2.3.4",
    "::FFFF:102:304",
    "fe80::1%e",
    "01.2.3.4",
    "",
    "a",
    "1::2:3",
    "[",
    "::",
)
BODIES: tuple[Any, ...] = (
    None, "", "x", [1], {}, {"handoff": None}, {"ids": []}, {"anonymousId": "b"}, {"anonymousId": "null"},
    {"consent": {"A": True, "B": 1}},
    {"page": {"url": "https://x.example/?gclid=P&utm_source=\u00eb%20", "title": 5}},
    {"campaign": {"source": "b"}, "locale": "de"},
    {"ids": {"gclid": "", "fbp": 5, "ttclid": True, "scid": "s", "__proto__": "p", "event_id": "\ud83d\ude00"}},
)  # fmt: skip


def _strangers(number: int) -> list[dict[str, Any]]:
    """Requests of any content, the same ones every time."""
    chance = random.Random(2026)

    def query() -> str:
        pairs = [f"{chance.choice(TAGS)}={chance.choice(VALUES)}" for _ in range(chance.randrange(4))]
        return "&".join(pair.replace("\u00c3\u00ab", "y") for pair in pairs)

    def request() -> dict[str, Any]:
        cookies = [f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _ in range(chance.randrange(6))]
        headers = [
            ["Cookie", "; ".join(cookies)],
            ["Referer", chance.choice(("https://x.example/?", "", "?", "//#?", "https://[/?")) + query()],
            ["X-Forwarded-For", ", ".join(chance.choices(ADDRESSES, k=chance.randrange(4)))],
            ["Accept-Language", chance.choice(("", "*", "de-AT;q=0.9,en", ",", " fr ", "\u00eb"))],
            ["Content-Type", chance.choice(("application/json", "APPLICATION/JSON;x", "text/plain", "\u00eb", ""))],
        ]
        return {
            "config": REQUESTS[0]["config"] | {"trusted_proxies": chance.randrange(3)},
            "request": {
                "peer": chance.choice(ADDRESSES),
                "headers": [header for header in headers if chance.random() < 0.8],
                "body": json.dumps(chance.choice(BODIES)),
                "now": 1764168172000,
                "session_user": chance.choice((None, 7, "u", "null", "")),
            },
        }

    return [request() for _ in range(number)]


def test_all_languages_read_any_request_in_the_same_way(tmp_path: Path) -> None:
    """No request raises, and the result can be written as JSON."""
    vectors = _strangers(1500)
    node = through_node(HERE / "read_requests.mjs", vectors, tmp_path)
    for vector, handed in zip(vectors, node, strict=True):
        asked = vector["request"]
        assert read_in_python("Flask", of_flask(asked), vector) == handed, asked
        assert read_in_python("Django", of_django_asgi(asked), vector) == handed, asked
        json.dumps([handed.context, handed.ids], allow_nan=False).encode()
