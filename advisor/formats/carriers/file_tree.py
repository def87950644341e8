"""A tree of files as a value: what a person brings, be it one file, several, a folder or a zip.

Files are parsed once, on first use, and remember the outcome, because every format looks at them to recognise its own.
A ``peek_…`` never raises and returns None for what can't be parsed; the others raise `FormatError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from advisor.formats.carriers.delimited import is_delimited, parse_delimited
from advisor.formats.carriers.hcl import HclBlock, parse_hcl
from advisor.formats.carriers.json_text import JsonText, json_places, parse_json, parse_json_lines
from advisor.formats.carriers.markdown_tables import parse_markdown_tables
from advisor.formats.carriers.tables import Table
from advisor.formats.carriers.text import Text, decode
from advisor.formats.carriers.workbook import parse_workbook
from advisor.formats.carriers.zip_limits import is_workbook
from advisor.formats.places import FormatError, Notice, Path, Place, TooMuchError

if TYPE_CHECKING:
    from advisor.formats.carriers.yaml_text import YamlText

_YAML_KEY = re.compile(r"(?:[ \t]*(?:#.*|---)?[ \t]*\r?\n)*[\w.-]+:(?:\s|$)")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*\r?\n\s*[^\s\w-]*#* ?\w[^:\n]*\n")
"""The settings at the top of a page in Markdown, and a line behind them that is none."""
_SKIPPED_AT_START = " \t\r\n\ufeff"


class SourceFile:
    """One file: its path inside the tree, with slashes, and its bytes."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(self.path)

    @cached_property
    def text(self) -> Text:
        """The decoded text. Raises `FormatError`."""
        return decode(self.data, self.path)

    @cached_property
    def json(self) -> JsonText:
        """The file as JSON. Raises `FormatError`."""
        return parse_json(self.text, self.path)

    @cached_property
    def json_lines(self) -> JsonText:
        """The file as one JSON value on each line. Raises `FormatError`."""
        return parse_json_lines(self.text, self.path)

    @cached_property
    def yaml(self) -> YamlText:
        """The file as YAML. Raises `FormatError`."""
        from advisor.formats.carriers.yaml_text import parse_yaml  # noqa: PLC0415 - most commands never need the parser

        return parse_yaml(self.text, self.path)

    @cached_property
    def hcl(self) -> HclBlock:
        """The file as HCL. Raises `FormatError`."""
        return parse_hcl(self.text.text, self.path)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the file: the sheets of a workbook, the tables of a Markdown page, or one delimited table.

        A text that is neither is read as delimited, too. Raises `FormatError`.
        """
        if is_workbook(self.data):
            return parse_workbook(self.data, self.path)
        found = parse_markdown_tables(self.text.text, self.path)
        return found or [parse_delimited(self.text, self.path)]

    def peek_tables(self) -> list[Table]:
        """Return the tables of the file; none if it is JSON, or no text with rows of equally many cells."""
        if self._looks_tabular:
            with suppress(FormatError):
                return self.tables
        return []

    def peek_json(self) -> Any:
        """Return the value of a JSON file; None if it is none."""
        return self._peeked_json[0]

    def peek_json_lines(self) -> list[Any]:
        """Return the values of a file that has one JSON object on each of several lines; none for all others."""
        if self.begins_like_json() and self.json_error() is not None:
            with suppress(FormatError):
                values: list[Any] = self.json_lines.value
                return values if all(isinstance(each, dict) for each in values) else []
        return []

    def peek_yaml(self) -> Any:
        """Return the value of a YAML file that is an object or a list; None for all others."""
        return self._peeked_yaml[0]

    def is_structured(self) -> bool:
        """Return whether the file begins like JSON, or is an object or a list in YAML, also if it is too large to be read."""
        return self.begins_like_json() or self.peek_yaml() is not None or isinstance(self.yaml_error(), TooMuchError)

    def json_error(self) -> FormatError | None:
        """Return why a file that begins like a JSON object or list can't be parsed; None for all others."""
        return self._peeked_json[1]

    def yaml_error(self) -> FormatError | None:
        """Return why the file can't be parsed as YAML; None if it can."""
        return self._peeked_yaml[1]

    def plain_error(self) -> FormatError | None:
        """Return why the file can't be read, if it is no text, or looks like JSON, YAML or a table; None for all others."""
        try:
            if not is_workbook(self.data):
                _ = self.text
            if self._looks_tabular:
                _ = self.tables
        except FormatError as error:
            return self.json_error() or error
        is_page = _FRONT_MATTER.match(self.text.text) is not None if not is_workbook(self.data) else False
        return self.json_error() or (self.yaml_error() if self._begins_like_yaml() and not is_page else None)

    def _begins_like_yaml(self) -> bool:
        """Return whether the first line that is no comment is a key of a YAML object."""
        try:
            return not is_workbook(self.data) and bool(_YAML_KEY.match(self.text.text))
        except FormatError:
            return False

    def begins_like_json(self) -> bool:
        """Return whether the text begins as a JSON object or list does."""
        try:
            return self.text.text.lstrip(_SKIPPED_AT_START)[:1] in ("{", "[")
        except FormatError:
            return False

    def notices(self) -> Iterator[Notice]:
        """Yield what was noticed while the file was decoded and parsed; it does not parse anything itself."""
        known = vars(self)
        if isinstance(text := known.get("text"), Text) and text.warning:
            yield Notice.at(self.place, text.warning)
        for parsed in (known.get("json"), known.get("yaml"), *known.get("tables", ())):
            yield from parsed.notices if parsed else ()

    @cached_property
    def _looks_tabular(self) -> bool:
        if is_workbook(self.data):
            return True
        if self.begins_like_json() and self.json_error() is None:
            return False
        if self._begins_like_yaml() and isinstance(self.peek_yaml(), dict):
            return False
        try:
            text = self.text.text
        except FormatError:
            return False
        return is_delimited(text) or bool(parse_markdown_tables(text))

    @cached_property
    def _peeked_json(self) -> tuple[Any, FormatError | None]:
        if not self.begins_like_json():
            return None, None
        try:
            return self.json.value, None
        except FormatError as error:
            return None, error

    @cached_property
    def _peeked_yaml(self) -> tuple[Any, FormatError | None]:
        if self.begins_like_json() and self.json_error() is None:
            return None, None
        try:
            value = self.yaml.value
        except FormatError as error:
            return None, error
        return (value if isinstance(value, dict | list) else None), None


class FileTree:
    """Files by path, in the order in which a person would list them, and notices about files that were skipped."""

    def __init__(self, files: Iterable[SourceFile], notices: Iterable[Notice] = ()) -> None:
        self.files = tuple(files)
        self.notices = tuple(notices)

    @classmethod
    def of(cls, files: dict[str, bytes]) -> FileTree:
        """Return a tree of these files."""
        return cls(SourceFile(path, data) for path, data in files.items())

    @property
    def only(self) -> SourceFile | None:
        """The file, if there is exactly one."""
        return self.files[0] if len(self.files) == 1 else None

    @property
    def place(self) -> Place:
        """The one file, or the tree as a whole."""
        return self.only.place if self.only else Place()

    def get(self, path: str) -> SourceFile | None:
        """Return the file at a path; None if there is none."""
        return next((file for file in self.files if file.path == path), None)

    def json_values(self) -> Iterator[tuple[SourceFile, Any]]:
        """Yield each file that is JSON, with its value."""
        return ((file, value) for file in self.files if (value := file.peek_json()) is not None)

    def yaml_values(self) -> Iterator[tuple[SourceFile, Any]]:
        """Yield each file that is YAML and not JSON, with its value."""
        return ((file, value) for file in self.files if (value := file.peek_yaml()) is not None)

    def values(self) -> Iterator[tuple[SourceFile, Any]]:
        """Yield each file that is JSON or YAML, with its value."""
        for file in self.files:
            value = file.peek_json()
            value = file.peek_yaml() if value is None else value
            if value is not None:
                yield file, value

    def first_error(self) -> FormatError | None:
        """Return why the first file that is no text, or only looks like JSON, YAML or a table, can't be read; else None."""
        return next((error for file in self.files if (error := file.plain_error())), None)

    def located(self, places: Iterable[Place]) -> list[Place]:
        """Return the places with line and column where only their pointer into a JSON file is known."""
        places = list(places)
        missing: dict[str, set[str]] = {}
        for place in places:
            if place.line is None and place.pointer:
                missing.setdefault(place.file, set()).add(place.pointer)
        found: dict[tuple[str, str], Place] = {}
        for name, pointers in missing.items():
            file = self.get(name)
            if file is not None and (value := file.peek_json()) is not None:
                paths = {each: _path(each, value) for each in pointers}
                by_path = json_places(file.text.text, name, paths.values())
                found |= {(name, each): by_path[path] for each, path in paths.items() if path in by_path}
        return [found.get((place.file, place.pointer), place) for place in places]


def _path(pointer: str, value: Any) -> Path:
    """Return the path of a JSON pointer into a value, as far as the value has it; indexes of lists become numbers."""
    path: list[str | int] = []
    for part in pointer.split("/")[1:]:
        step: str | int = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            step = int(part)
            value = value[step]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            break
        path.append(step)
    return tuple(path)
