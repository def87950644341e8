"""Reads JSON from files of other tools with places for messages, and writes it laid out as the file was.

Unlike a plan document, such a file may repeat a key: the last one counts, as in every other reader, and a notice says so.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, NoReturn

import msgspec
from msgspec import Meta, Struct, structs

from advisor.document.parse import depth
from advisor.document.problems import pointer
from advisor.document_limits import MAX_DEPTH
from advisor.formats.carriers.json_lines import Lines, laid_out, lines_of
from advisor.formats.carriers.text import Text, encode
from advisor.formats.places import FormatError, Notice, Path, Place, refusal, too_much
from advisor.text import quote as shown

_BLANKS = " \t\r\n"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[^\s"\[\]{},:]+')
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
_INDENT = re.compile(r"^[\[{]\r?\n([ \t]+)")
_OPEN_EMPTY = re.compile(r"\{\s*\n\s*\}|\[\s*\n\s*\]")
_EMPTY_AT_END = re.compile(r"^([ \t]*)(.*)(?:(\{)(\})|(\[)(\]))(,?)$", re.MULTILINE)
"""An empty object or list at the end of a line; a text ends in a quote, so that it can't look like one."""
_NOT_ASCII_ESCAPE = re.compile(r"\\u(?!00[0-7])")
_DECODER = json.JSONDecoder()


class JsonStyle(Struct, frozen=True, omit_defaults=True):
    """How a JSON file is laid out, so that it is written the same way."""

    indent: Annotated[str, Meta(pattern=r"^[ \t]*$", max_length=100)] | None = "  "
    """The indent of one level; null for one line without blanks."""
    spaced: bool = False
    """Whether one line has a blank after each comma and colon."""
    open_empty: bool = False
    """Whether empty objects and lists take two lines."""
    ascii: bool = False
    """Whether characters outside of ASCII are escapes."""
    newline: str = "\n"
    last_newline: bool = True
    blank_end: Annotated[int, Meta(ge=0, le=100)] = 0
    """How many more line ends are at the end."""
    lines: Lines | None = None
    """What is on one line in a file that is indented; null if only empty objects and lists are."""
    encoding: str = "utf-8"
    marked: bool = False


def json_style(kept: object) -> JsonStyle:
    """Return the layout that was kept of a file, or the usual one. Raises `msgspec.ValidationError` for what is none."""
    return msgspec.convert(kept or {}, JsonStyle)


@dataclass(frozen=True)
class JsonText:
    """The value of a JSON file, its layout, and what was noticed. What is on one line is looked for on first use."""

    value: Any
    plain_style: JsonStyle
    notices: tuple[Notice, ...]
    text: str = ""

    @cached_property
    def style(self) -> JsonStyle:
        """How the file is laid out."""
        lines = lines_of(self.text) if self.plain_style.indent is not None else None
        return structs.replace(self.plain_style, lines=lines) if lines else self.plain_style


def parse_json(source: Text, file: str = "") -> JsonText:
    """Return the value of a JSON text. Raises `FormatError` with line and column."""
    doubled: list[str] = []
    try:
        value = _loaded(source.text, file, doubled)
    except json.JSONDecodeError as error:
        message = f"Not JSON: {error.msg[:1].lower()}{error.msg[1:]}."
        raise refusal(Place(file, error.lineno, error.colno), message) from None
    except RecursionError:
        raise _too_deep(source.text, file) from None
    except FormatError:
        raise
    except ValueError:  # Python refuses to read an integer of thousands of digits
        raise too_much(_longest_token(source.text, file), "A number has too many digits.") from None
    if depth(value) > MAX_DEPTH:
        raise _too_deep(source.text, file)
    notices = tuple(Notice.at(Place(file), _doubled_message(key)) for key in dict.fromkeys(doubled))
    return JsonText(value, _style_of(source), notices, source.text)


def parse_json_lines(source: Text, file: str = "") -> JsonText:
    """Return the values of a text with one JSON value on each line. Raises `FormatError` with line and column."""
    values: list[Any] = []
    styles: list[JsonStyle] = []
    for number, line in enumerate(source.text.replace("\r\n", "\n").removesuffix("\n").split("\n"), start=1):
        try:
            parsed = parse_json(replace(source, text=line), file)
        except FormatError as error:
            (problem,) = error.problems
            raise refusal(Place(file, number, problem.column), problem.message) from None
        values.append(parsed.value)
        styles.append(parsed.style)
    style = structs.replace(styles[0], last_newline=source.text.endswith("\n"))
    newline = "\r\n" if "\r\n" in source.text[:10_000] else "\n"
    is_ascii = source.text.isascii() and any(each.ascii for each in styles)
    return JsonText(values, structs.replace(style, newline=newline, ascii=is_ascii), ())


def write_json_lines(values: Iterable[Any], style: JsonStyle) -> bytes:
    """Return values as JSON, one on each line."""
    one_line = structs.replace(style, indent=None, last_newline=False, newline="\n", encoding="utf-8", marked=False)
    text = "\n".join(write_json(value, one_line).decode() for value in values) + "\n" * style.last_newline
    return encode(text.replace("\n", style.newline), style.encoding, marked=style.marked)


def _loaded(text: str, file: str, doubled: list[str]) -> Any:
    """Return the value of a text, and add the keys that are twice in one object to ``doubled``."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubled.append(_first_doubled(pairs))
        return found

    def constant(name: str) -> NoReturn:
        raise refusal(_token_place(text, file, name), f"{name} is not JSON; write a number, a text or null.")

    def number(digits: str) -> float:
        found = float(digits)
        if math.isinf(found):
            raise refusal(_token_place(text, file, digits), "The number is out of range (±1.8e308).")
        return found

    return json.loads(text, object_pairs_hook=members, parse_constant=constant, parse_float=number)


def write_json(value: Any, style: JsonStyle = JsonStyle()) -> bytes:  # noqa: B008 - a frozen value
    """Return a value as JSON in this layout."""
    if style == JsonStyle():
        return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
    separators = (", ", ": ") if style.spaced else (",", ":") if style.indent is None else (",", ": ")
    if style.lines is not None and style.indent is not None:
        text = laid_out(value, style.lines, style.indent, ascii_only=style.ascii, open_empty=style.open_empty)
    else:
        text = json.dumps(value, ensure_ascii=style.ascii, indent=style.indent, separators=separators)
        if style.open_empty and style.indent is not None:
            text = _EMPTY_AT_END.sub(r"\1\2\3\5\n\1\4\6\7", text)
    text += "\n" * (style.last_newline + style.blank_end)
    if style.newline != "\n":
        text = text.replace("\n", style.newline)
    return encode(text, style.encoding, marked=style.marked)


def json_places(text: str, file: str, paths: Iterable[Path]) -> dict[Path, Place]:
    """Return where the values at these paths begin, in one walk over a text that is valid JSON."""
    offsets: dict[Path, int] = {}
    wanted = set(paths)
    inner = {path[:size] for path in wanted for size in range(len(path))}
    _walk(text, _blank_end(text, 0), (), wanted, inner, offsets)
    return {path: _place(text, file, offset, path) for path, offset in offsets.items()}


def _walk(text: str, at: int, path: Path, wanted: set[Path], inner: set[Path], offsets: dict[Path, int]) -> int:
    """Note where wanted values begin, and return where the value at this offset ends."""
    if path in wanted:
        offsets[path] = at
    if path not in inner or text[at] not in "[{":
        return int(_DECODER.raw_decode(text, at)[1])
    opening = text[at]
    at = _blank_end(text, at + 1)
    index = 0
    while text[at] not in "]}":
        key: str | int = index
        if opening == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _blank_end(text, _blank_end(text, at) + 1)
        at = _blank_end(text, _walk(text, at, (*path, key), wanted, inner, offsets))
        if text[at] == ",":
            at = _blank_end(text, at + 1)
        index += 1
    return at + 1


def _blank_end(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _place(text: str, file: str, offset: int, path: Path = ()) -> Place:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Place(file, line, column, pointer(path))


def _token_place(text: str, file: str, token: str) -> Place:
    """Return where a number or a word is in a text, outside of strings."""
    found = next((match for match in _TOKEN.finditer(text) if match.group() == token), None)
    return _place(text, file, found.start()) if found else Place(file)


def _style_of(source: Text) -> JsonStyle:
    text = source.text
    indent = _INDENT.match(text)
    newline = "\r\n" if "\r\n" in text[:10_000] else "\n"
    one_line = indent is None and "\n" not in text.rstrip()
    plain = source.encoding.removesuffix("-sig")
    return JsonStyle(
        indent=indent.group(1) if indent else None if one_line else "  ",
        spaced=one_line and ('": ' in text or '", ' in text),
        open_empty=indent is not None and _OPEN_EMPTY.search(text) is not None,
        ascii=text.isascii() and _NOT_ASCII_ESCAPE.search(text) is not None,
        newline=newline,
        last_newline=text.endswith("\n"),
        blank_end=max(0, min(100, _line_ends(text) - 1)),
        encoding=plain if plain.startswith("utf-") else "utf-8",
        marked=source.marked,
    )


def _line_ends(text: str) -> int:
    """Return how many line ends are at the end of a text, with nothing between them."""
    return text[len(text.rstrip("\r\n")) :].count("\n")


def _first_doubled(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _doubled_message(key: str) -> str:
    return f"The key {shown(key)} is there twice in one object; the last one counts."


def _too_deep(text: str, file: str) -> FormatError:
    level = 0
    place = Place(file)
    for found in _BRACKET.finditer(text):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if level > MAX_DEPTH:
            place = _place(text, file, found.start())
            break
    return too_much(place, f"Nested too deep: at most {MAX_DEPTH} levels of objects and lists are read.")


def _longest_token(text: str, file: str) -> Place:
    """Return where the longest number or word outside of strings is."""
    tokens = (found for found in _TOKEN.finditer(text) if not found.group().startswith('"'))
    longest = max(tokens, key=lambda found: len(found.group()), default=None)
    return _place(text, file, longest.start()) if longest else Place(file)
