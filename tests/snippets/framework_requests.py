"""Requests of Flask and Django as their servers create them, from headers, a body and an address."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from flask import Request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

if not settings.configured:
    settings.configure(ALLOWED_HOSTS=["*"])


def environ_of(asked: dict[str, Any]) -> dict[str, Any]:
    """The request as WSGI has it: headers are read as Latin-1, and two of a name are one, with a comma between them."""
    body = asked.get("body", "").encode()
    builder = EnvironBuilder(
        method=asked.get("method", "POST"),
        headers=Headers([(name, value) for name, value in asked["headers"]]),
        input_stream=BytesIO(body),
        content_length=len(body),
        environ_base={"REMOTE_ADDR": asked["peer"]},
    )
    return builder.get_environ()


def of_flask(asked: dict[str, Any]) -> Request:
    """Flask's own request."""
    return Request(environ_of(asked))


def of_django(asked: dict[str, Any]) -> WSGIRequest:
    """Django's own request, of a WSGI server."""
    return WSGIRequest(environ_of(asked))


def of_django_asgi(asked: dict[str, Any]) -> ASGIRequest:
    """Django's own request, of an ASGI server, which leaves every header on its own."""
    scope = {
        "type": "http",
        "method": asked.get("method", "POST"),
        "path": "/",
        "query_string": b"",
        "client": [asked["peer"], 1],
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in asked["headers"]],
    }
    return ASGIRequest(scope, BytesIO(asked.get("body", "").encode()))
