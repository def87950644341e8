"""Files that hold one value in JSON or in YAML, read and written alike: for every format whose files may be either."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import to_builtins

from advisor.formats.carriers.file_tree import SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.carriers.yaml_layout import Layout, kept_yaml_style, take, yaml_layout, yaml_style
from advisor.formats.carriers.yaml_text import member_places
from advisor.formats.carriers.yaml_write import write_yaml
from advisor.formats.places import Path, Place, pointer

YAML_STYLE: Mapping[str, Any] = {"yaml": {}}
"""The style of files in YAML that come from nowhere."""


@dataclass(frozen=True, slots=True)
class ObjectFile:
    """The value of a file, and how it is laid out. ``layout`` is empty for JSON; `take` cuts parts off it."""

    file: SourceFile
    value: Any
    layout: Layout
    style: dict[str, Any]

    def place(self, path: Path = ()) -> Place:
        """Return where the value at a path is."""
        return self.file.yaml.place(path) if "yaml" in self.style else Place(self.file.path, pointer=pointer(path))

    def member_places(self, path: Path) -> dict[str, Place]:
        """Return where each member of the object at a path is."""
        if "yaml" in self.style:
            return member_places(self.file.yaml, path)
        value = self.value
        for step in path:
            value = value[step]
        return {name: self.place((*path, name)) for name in value}

    def take(self, *path: str | int) -> Layout | None:
        """Cut the layout at a path off, and return it; None if there is nothing to keep of it."""
        return take(self.layout, path)


def object_file(file: SourceFile) -> ObjectFile:
    """Return a file as a value with its layout. Raises `FormatError` for what is neither JSON nor YAML."""
    broken = file.json_error()
    if broken and file.yaml_error():
        raise broken
    if file.begins_like_json() and not broken:
        return ObjectFile(file, file.json.value, {}, {"json": to_builtins(file.json.style)})
    parsed = file.yaml
    style = yaml_style(parsed)
    return ObjectFile(file, parsed.value, yaml_layout(parsed, style), {"yaml": to_builtins(style)})


def peeked(file: SourceFile) -> Any:
    """Return the value of a JSON or YAML file that is an object or a list; None for all others."""
    value = file.peek_json()
    return file.peek_yaml() if value is None else value


def write_object(value: Any, style: Mapping[str, Any], layout: Layout | None = None) -> bytes:
    """Return a value in the style of its file."""
    if "yaml" in style:
        return write_yaml(value, kept_yaml_style(style["yaml"]), layout)
    return write_json(value, json_style(style.get("json")))


def kept_file(file: SourceFile) -> dict[str, str]:
    """Return a file as it is, as JSON."""
    try:
        return {"path": file.path, "text": file.data.decode()}
    except UnicodeDecodeError:
        return {"path": file.path, "base64": base64.b64encode(file.data).decode()}


def kept_bytes(kept: Mapping[str, str]) -> bytes:
    """Return the bytes of a file that `kept_file` kept."""
    return kept["text"].encode() if "text" in kept else base64.b64decode(kept["base64"])
