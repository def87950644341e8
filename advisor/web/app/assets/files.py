"""Reads the folder of static files once: what is served under which name, and the version of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from advisor.web.app.assets.modules import Graph, import_graph
from advisor.web.app.assets.sheets import is_index, join

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
"""The media type of each kind of file. Files of other kinds are not served: an editor may leave some behind."""


@dataclass(frozen=True)
class StaticFile:
    """A file as it is served, and a digest of its content."""

    content: bytes
    digest: str
    media_type: str


@dataclass(frozen=True)
class StaticFiles:
    """All static files by name, the imports of the scripts, and a version that changes with any of the files.

    One version for all of them lets modules import each other by relative addresses that carry the version too.
    """

    files: dict[str, StaticFile]
    imports: Graph
    version: str


@cache
def read_static_files(folder: Path) -> StaticFiles:
    """Return the static files of a folder. Raises `BrokenReferenceError` if one refers to a file that is not there."""
    names = {path: path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in MEDIA_TYPES}
    texts = {name: path.read_text(encoding="utf-8") for path, name in sorted(names.items())}
    sheets = {name: text for name, text in texts.items() if name.endswith(".css")}
    scripts = {name: text for name, text in texts.items() if name.endswith(".js")}
    joined = {name: join(name, sheets) for name in sheets if is_index(name)}
    files = {name: _static_file(name, text) for name, text in (texts | joined).items()}
    whole = "\n".join(f"{name} {file.digest}" for name, file in files.items())
    return StaticFiles(files, import_graph(scripts), _digest(whole.encode()))


def _static_file(name: str, text: str) -> StaticFile:
    content = text.encode()
    return StaticFile(content, _digest(content), MEDIA_TYPES[Path(name).suffix])


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()
