"""Addresses of static files that change with the files' content, so that browsers can cache them permanently."""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

FOREVER = "public, max-age=31536000, immutable"


@cache
def _fingerprint(path: Path) -> str | None:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest() if path.is_file() else None


def register(app: Flask) -> None:
    """Add the content's fingerprint to ``url_for("static", ...)`` as ``v``, and let browsers cache such responses."""
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values.setdefault("v", _fingerprint(folder / values["filename"]))

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 304):
            current = _fingerprint(folder / (request.view_args or {})["filename"])
            response.headers["Cache-Control"] = FOREVER if request.args.get("v") == current else "no-cache"
        return response
