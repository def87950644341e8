"""Serves the static files, and lets templates link to them.

``/static/<version>/<name>`` with the current version never changes its content, so browsers keep it for good. The
same file is at ``/static/<name>``, where browsers ask each time whether it has changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request, url_for
from markupsafe import Markup
from werkzeug.routing import BaseConverter

from advisor.web.app.assets.files import StaticFile, StaticFiles, read_static_files
from advisor.web.app.assets.links import script_links, stylesheet_links
from advisor.web.app.encodings import IDENTITY, preferred_encoding, smallest

FOREVER = "public, max-age=31536000, immutable"
ENDPOINT = "static"


class _VersionConverter(BaseConverter):
    """The version in an address. No folder of static files has such a name."""

    regex = "[0-9a-f]{12}"


def register(app: Flask, folder: Path) -> None:
    """Serve the files of the folder, give their addresses the version, and let templates link to them."""
    static = read_static_files(folder)
    app.url_map.converters["version"] = _VersionConverter

    def send(filename: str, version: str | None = None) -> Response:
        if filename not in static.files:
            abort(404)
        response = _response(static.files[filename])
        response.headers["Cache-Control"] = FOREVER if version == static.version else "no-cache"
        return response

    app.add_url_rule("/static/<path:filename>", ENDPOINT, send)
    app.add_url_rule("/static/<version:version>/<path:filename>", ENDPOINT, send)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == ENDPOINT:
            values.setdefault("version", static.version)

    _offer_links(app, static)


def _offer_links(app: Flask, static: StaticFiles) -> None:
    """Add ``stylesheets(feature, ...)`` and ``scripts(name, ...)`` to what templates can call."""

    def address(name: str) -> str:
        if name not in static.files:
            raise LookupError(f"a template links to static/{name}, which does not exist")
        return url_for(ENDPOINT, filename=name)

    def stylesheets(*features: str) -> Markup:
        return stylesheet_links(features, address)

    def scripts(*names: str) -> Markup:
        return script_links(names, static.imports, address)

    app.jinja_env.globals.update(stylesheets=stylesheets, scripts=scripts)


def _response(file: StaticFile) -> Response:
    """Return the file in the encoding that the client prefers. A part of a file, if asked for, is not compressed."""
    encoding = IDENTITY if "Range" in request.headers else preferred_encoding(request.accept_encodings)
    is_plain = encoding == IDENTITY
    content = file.content if is_plain else smallest(file.content, encoding)
    response = Response(content, content_type=file.media_type)
    response.vary.add("Accept-Encoding")
    # A cache must not take one encoding for the other, so each has an ETag of its own.
    response.set_etag(file.digest if is_plain else f"{file.digest}-{encoding}")
    if not is_plain:
        response.headers["Content-Encoding"] = encoding
    response.make_conditional(request, accept_ranges=is_plain, complete_length=len(content))
    return response
