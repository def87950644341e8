"""The generated hand-off reads requests and landings as the rules say: in Flask, in Django, in Express and in the page."""

from __future__ import annotations

import json
import sys
import uuid
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.test import RequestFactory
from flask import Request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from .tools import run, tool
from .vectors import HERE, LANDINGS, REQUESTS, Handed, code_for, expected, page_code

if not settings.configured:
    settings.configure(ALLOWED_HOSTS=["*"])


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
        patch.setattr(module, "time", SimpleNamespace(time=lambda: now))
        handoff = module.handoff_of(request, vector["request"]["session_user"])
    made = handoff.anonymous_id if handoff.is_new else None
    assert made is None or uuid.UUID(made).version == 4
    known = None if handoff.is_new else handoff.anonymous_id
    return Handed(known, handoff.is_new, handoff.user_id, handoff.context, handoff.ids, handoff.properties)


def of_flask(asked: dict[str, Any]) -> Request:
    """The request as a WSGI server gives it to Flask: two headers of a name are one, with a comma."""
    builder = EnvironBuilder(
        method="POST",
        headers=Headers([(name, value) for name, value in asked["headers"]]),
        input_stream=BytesIO(asked.get("body", "").encode()),
        content_length=len(asked.get("body", "").encode()),
        environ_base={"REMOTE_ADDR": asked["peer"]},
    )
    return Request(builder.get_environ())


def of_django(asked: dict[str, Any]) -> Any:
    """The request as a WSGI server gives it to Django."""
    joined: dict[str, str] = {}
    for name, value in asked["headers"]:
        key = name.title()
        joined[key] = f"{joined[key]},{value}" if key in joined else value
    content_type = joined.pop("Content-Type", "")
    return RequestFactory().generic(
        "POST", "/", asked.get("body", ""), content_type, headers=joined, REMOTE_ADDR=asked["peer"]
    )


def of_django_asgi(asked: dict[str, Any]) -> Any:
    """The request as an ASGI server gives it to Django: every header on its own."""
    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "client": [asked["peer"], 1],
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in asked["headers"]],
    }  # fmt: skip
    return ASGIRequest(scope, BytesIO(asked.get("body", "").encode()))


@_named(REQUESTS)
def test_flask_reads_a_request_as_the_rules_say(vector: dict[str, Any]) -> None:
    """With Flask's own request."""
    assert read_in_python("Flask", of_flask(vector["request"]), vector) == expected(vector), vector["why"]


@pytest.mark.parametrize("request_of", [of_django, of_django_asgi])
@_named(REQUESTS)
def test_django_reads_a_request_as_the_rules_say(vector: dict[str, Any], request_of: Any) -> None:
    """With Django's own requests, of WSGI and of ASGI servers."""
    assert read_in_python("Django", request_of(vector["request"]), vector) == expected(vector), vector["why"]


def through_node(driver: Path, vectors: list[dict[str, Any]], folder: Path) -> list[Handed]:
    """What the code for Express makes of requests, through a driver that prints it."""
    asked = []
    for vector in vectors:
        code = folder / f"handoff_{abs(hash(json.dumps(vector['config'])))}.mjs"
        if not code.exists():
            code.write_text(code_for(vector["config"], "Express"), encoding="utf-8")
        asked.append({"code": str(code), "request": vector["request"]})
    told = json.loads(run(tool("node"), driver, given=json.dumps(asked), cwd=folder))
    return [_from_node(each) for each in told]


def _from_node(told: dict[str, Any]) -> Handed:
    assert not told["isNew"] or uuid.UUID(told["anonymousId"]).version == 4
    known = None if told["isNew"] else told["anonymousId"]
    return Handed(known, told["isNew"], told.get("userId"), told["context"], told["ids"], told["properties"])


def test_express_reads_requests_as_the_rules_say(tmp_path: Path) -> None:
    """With requests shaped as Node.js and express.json() shape them."""
    told = through_node(HERE / "read_requests.mjs", REQUESTS, tmp_path)
    wrong = {
        vector["name"]: (vector["why"], handed)
        for vector, handed in zip(REQUESTS, told, strict=True)
        if handed != expected(vector)
    }
    assert wrong == {}


def test_the_page_keeps_of_a_landing_what_the_rules_say(tmp_path: Path) -> None:
    """What was stored, the address and where the visitor came from become what is stored."""
    (tmp_path / "page.mjs").write_text(page_code(), encoding="utf-8")
    given = {"code": str(tmp_path / "page.mjs"), "landings": LANDINGS}
    told = json.loads(run(tool("node"), HERE / "merge_landings.mjs", given=json.dumps(given), cwd=tmp_path))
    wrong = {each["name"]: kept for each, kept in zip(LANDINGS, told, strict=True) if kept != each["expect"]}
    assert wrong == {}
