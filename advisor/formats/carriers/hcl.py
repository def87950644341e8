"""Reads the part of HCL that describes tracking plans in Terraform, and writes values as HCL.

Blocks, attributes, lists, objects (``=`` or ``:``, commas or line ends), strings with escapes, heredocs, comments, and calls
such as ``jsonencode({…})`` are read. Expressions that only Terraform could evaluate (references, templates, conditions) are
kept as their text, as `HclExpression`, so that a format can say that it can't read them.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from advisor.document_limits import MAX_DEPTH
from advisor.formats.limits import MAX_NODES
from advisor.formats.places import FormatError, Place, refusal, shown


@dataclass(frozen=True, slots=True)
class HclExpression:
    """An expression that is not evaluated, as its text."""

    text: str


@dataclass(frozen=True, slots=True)
class HclCall:
    """A call of a function with its arguments."""

    name: str
    arguments: tuple[Any, ...]


class HclObject(dict[str, Any]):
    """An object, and where it begins."""

    __slots__ = ("place",)
    place: Place


@dataclass(frozen=True, slots=True)
class HclAttribute:
    """A name and its value: a JSON value, in which `HclExpression` and `HclCall` may occur."""

    name: str
    value: Any
    place: Place


@dataclass(frozen=True, slots=True)
class HclBlock:
    """A block: its type and labels (``resource "segment_tracking_plan" "shop"``), and what is in it."""

    type: str
    labels: tuple[str, ...]
    attributes: tuple[HclAttribute, ...]
    blocks: tuple[HclBlock, ...]
    place: Place

    def value(self, name: str) -> Any:
        """Return the value of an attribute; None if the block has none of this name."""
        return next((each.value for each in self.attributes if each.name == name), None)


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*|//[^\n]*|/\*.*?\*/)
    |(?P<newline>\n)
    |(?P<heredoc><<-?[A-Za-z_]\w*[ \t\r]*\n)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    |(?P<name>[^\W\d][\w-]*)
    |(?P<quote>")
    |(?P<mark>[=!<>]=|&&|\|\||=>|\.\.\.|[-+*/%<>!?:.=,{}\[\]()])""",
    re.VERBOSE | re.DOTALL,
)
_STRING_PART = re.compile(r'[^"\\$%\n]+|\\.|\$\$\{|%%\{|\$(?!\{)|%(?!\{)|(?P<open>[$%]\{)', re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_MAX_DIGITS = 400
_NAME = re.compile(r"[^\W\d][\w-]*")


def parse_hcl(text: str, file: str = "") -> HclBlock:
    """Return a file as a block without a type. Raises `FormatError` with line and column."""
    try:
        return _Parser(text, file).file_block()
    except RecursionError:  # templates inside templates
        raise refusal(Place(file), f"Nested too deep: at most {MAX_DEPTH} levels are read.") from None


def write_hcl(value: Any, indent: str = "") -> str:
    """Return a JSON value as HCL, in the layout of ``terraform fmt``; lines after the first begin with ``indent``."""
    inner = indent + "  "
    if isinstance(value, dict):
        if not value:
            return "{}"
        return "{\n" + "".join(attribute_lines(value, inner)) + indent + "}"
    if isinstance(value, list):
        if not any(isinstance(each, dict | list) for each in value):
            return "[" + ", ".join(write_hcl(each) for each in value) + "]"
        return "[\n" + "".join(f"{inner}{write_hcl(each, inner)},\n" for each in value) + indent + "]"
    if isinstance(value, HclExpression):
        # The last word of a heredoc has a line of its own; in parentheses, a line end may follow it anywhere.
        return f"({value.text}\n)" if value.text.startswith("<<") else value.text
    if isinstance(value, HclCall):
        return f"{value.name}(" + ", ".join(write_hcl(each, indent) for each in value.arguments) + ")"
    return hcl_string(value) if isinstance(value, str) else json.dumps(value)


def attribute_lines(members: dict[str, Any], indent: str) -> Iterator[str]:
    """Yield the attributes of an object or a block at an indent, with line ends.

    As in ``terraform fmt``, the equals signs of attributes that follow each other on one line each are below each other.
    """
    texts = [
        (key if _NAME.fullmatch(key) else hcl_string(key), write_hcl(each, indent)) for key, each in members.items()
    ]
    for is_long, group in groupby(texts, key=lambda pair: "\n" in pair[1]):
        pairs = list(group)
        width = 0 if is_long else max(len(name) for name, _ in pairs)
        yield from (f"{indent}{name.ljust(width)} = {text}\n" for name, text in pairs)


def hcl_string(text: str) -> str:
    """Return a text as a quoted string of HCL, in which no template can begin."""
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    escaped = re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04x}", escaped)
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


class _Parser:
    """Reads tokens one after the other; ``_at`` is where the next one begins."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._at = 0
        self._count = 0
        self._peeked: tuple[tuple[int, bool], _Token] | None = None

    def file_block(self) -> HclBlock:
        return self._body("", (), 0, 0, end="")

    def _body(self, kind: str, labels: tuple[str, ...], start: int, depth: int, end: str) -> HclBlock:
        attributes: list[HclAttribute] = []
        blocks: list[HclBlock] = []
        self._refuse_depth(depth)
        while True:
            token = self._next(skip_lines=True)
            if token.kind == "end" or (end and token.text == end):
                if token.text != end:
                    raise self._refusal(start, f"The block {shown(kind)} is not closed.")
                return HclBlock(kind, labels, tuple(attributes), tuple(blocks), self._place(start))
            if token.kind not in ("name", "quote"):
                raise self._refusal(token.at, f"Expected a name, not {shown(token.text)}.")
            name = token.text if token.kind == "name" else self._string(token)
            following = self._next()
            if following.text == "=" and following.kind == "mark":
                attributes.append(HclAttribute(name, self._value(depth + 1), self._place(token.at)))
                self._end_of_line(end)
            else:
                blocks.append(self._block(name, following, token.at, depth))

    def _block(self, kind: str, token: _Token, start: int, depth: int) -> HclBlock:
        labels = []
        while token.kind in ("name", "quote"):
            labels.append(token.text if token.kind == "name" else self._string(token))
            token = self._next()
        if token.text != "{":
            raise self._refusal(token.at, f"Expected “=” or a block after {shown(kind)}.")
        return self._body(kind, tuple(labels), start, depth + 1, end="}")

    def _value(self, depth: int) -> Any:
        """Return a value; an operator after it makes it part of an expression, which is kept as text."""
        self._refuse_depth(depth)
        start = self._next(skip_lines=True)
        value = self._operand(start, depth)
        following = self._peek()
        if following.kind == "mark" and following.text not in ("}", "]", ")", ",", ":", "=", "=>"):
            return self._expression(start.at)
        return value

    def _operand(self, token: _Token, depth: int) -> Any:
        if token.kind == "quote":
            return self._string(token)
        if token.kind == "heredoc":
            return self._heredoc(token)
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name":
            return self._word(token.text, depth)
        if token.text == "-" and self._peek().kind == "number":
            return -self._number(self._next())
        if token.text in ("[", "{"):
            return self._list("]", depth) if token.text == "[" else self._object(token.at, depth)
        if token.text in ("(", "!"):
            return self._expression(token.at)
        raise self._refusal(
            token.at, f"Expected a value, not {shown(token.text) if token.text else 'the end of the file'}."
        )

    def _number(self, token: _Token) -> int | float:
        if len(token.text) > _MAX_DIGITS or math.isinf(float(token.text)):
            raise self._refusal(token.at, "The number is out of range.")
        return int(token.text) if token.text.isdecimal() else float(token.text)

    def _word(self, name: str, depth: int) -> Any:
        if self._peek().text == "(":
            self._next()
            return HclCall(name, tuple(self._list(")", depth)))
        return _WORDS[name] if name in _WORDS else HclExpression(name)

    def _list(self, end: str, depth: int) -> list[Any]:
        values: list[Any] = []
        while True:
            if self._peek(skip_lines=True).text == end:
                self._next(skip_lines=True)
                return values
            values.append(self._value(depth + 1))
            token = self._next(skip_lines=True)
            if token.text == end:
                return values
            if token.text != ",":
                raise self._refusal(token.at, f"Expected a comma or “{end}”.")

    def _object(self, start: int, depth: int) -> HclObject:
        members = HclObject()
        members.place = self._place(start)
        while True:
            token = self._next(skip_lines=True)
            if token.text == "}" and token.kind == "mark":
                return members
            if token.kind not in ("name", "quote", "number"):
                raise self._refusal(token.at, f"Expected a key, not {shown(token.text) if token.text else 'the end'}.")
            key = self._string(token) if token.kind == "quote" else token.text
            sign = self._next()
            if sign.text not in ("=", ":"):
                raise self._refusal(sign.at, f"Expected “=” or “:” after the key {shown(str(key))}.")
            members[key if isinstance(key, str) else key.text] = self._value(depth + 1)
            if self._peek().text == ",":
                self._next()

    def _string(self, opening: _Token) -> Any:
        """Return a quoted string; one with a template in it is an expression."""
        parts: list[str] = []
        at = opening.at + 1
        is_template = False
        while True:
            if self._text.startswith('"', at):
                self._at = at + 1
                return HclExpression(self._text[opening.at : self._at]) if is_template else "".join(parts)
            found = _STRING_PART.match(self._text, at)
            if found is None:
                raise self._refusal(opening.at, "The string is not closed.")
            if found.group("open"):
                is_template = True
                at = self._end_of_template(found.end())
            else:
                text, at = self._unescaped(found)
                parts.append(text)

    def _unescaped(self, found: re.Match[str]) -> tuple[str, int]:
        """Return what a part of a string means, and where the part ends."""
        text = found.group()
        if text in ("$${", "%%{"):
            return text[1:], found.end()
        if not text.startswith("\\"):
            return text, found.end()
        if text[1] in "uU":
            size = 4 if text[1] == "u" else 8
            digits = self._text[found.end() : found.end() + size]
            if re.fullmatch(f"[0-9a-fA-F]{{{size}}}", digits) and int(digits, 16) < 0x110000:
                return chr(int(digits, 16)), found.end() + size
        if text[1] not in _ESCAPES:
            raise self._refusal(found.start(), f"There is no escape {shown(text)} in HCL.")
        return _ESCAPES[text[1]], found.end()

    def _end_of_template(self, at: int) -> int:
        level = 1
        while level:
            found = re.compile(r'[{}"]').search(self._text, at)
            if found is None:
                raise self._refusal(at, "The template is not closed.")
            if found.group() == '"':
                self._string(_Token("quote", '"', found.start()))
                at = self._at
            else:
                level += 1 if found.group() == "{" else -1
                at = found.end()
        return at

    def _heredoc(self, token: _Token) -> Any:
        word = token.text.strip("<- \t\r\n")
        is_indented = token.text.startswith("<<-")
        lines: list[str] = []
        at = token.at + len(token.text)
        while at < len(self._text):
            end = self._text.find("\n", at)
            end = len(self._text) if end < 0 else end
            line = self._text[at:end].removesuffix("\r")
            at = end + 1
            if line.strip() == word:
                # The line end after the closing word still ends the attribute.
                self._at = end
                if is_indented:
                    indent = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
                    lines = [each[indent:] for each in lines]
                text = "".join(f"{each}\n" for each in lines)
                if re.search(r"(?<!\$)\$\{|(?<!%)%\{", text):
                    return HclExpression(self._text[token.at : end])
                return text.replace("$${", "${").replace("%%{", "%{")
            lines.append(line)
        raise self._refusal(token.at, f"The text that begins here has no line {shown(word)} at its end.")

    def _expression(self, start: int) -> HclExpression:
        """Return everything up to the end of the value as text: brackets that open inside are closed inside."""
        self._at = start
        level = 0
        while True:
            end = self._at
            token = self._peek()
            if level == 0 and (token.kind in ("newline", "end") or token.text in (",", "}", "]", ")")):
                return HclExpression(self._text[start:end])
            if token.kind == "end":
                raise self._refusal(start, "A bracket in the expression is not closed.")
            self._next()
            if token.kind == "quote":
                self._string(token)
            elif token.kind == "heredoc":
                self._heredoc(token)
            elif token.kind == "mark":
                level += (token.text in "([{") - (token.text in ")]}")

    def _end_of_line(self, end: str) -> None:
        token = self._peek()
        if token.kind not in ("newline", "end") and token.text not in (end, ","):
            raise self._refusal(token.at, f"Expected the end of the line, not {shown(token.text)}.")
        if token.text == ",":
            self._next()

    def _next(self, *, skip_lines: bool = False) -> _Token:
        token = self._peek(skip_lines=skip_lines)
        self._at = token.at + len(token.text)
        self._count += 1
        if self._count > MAX_NODES:
            raise self._refusal(token.at, f"The file has more than {MAX_NODES:,} values and marks.")
        return token

    def _peek(self, *, skip_lines: bool = False) -> _Token:
        key = self._at, skip_lines
        if self._peeked is None or self._peeked[0] != key:
            self._peeked = key, self._token(skip_lines=skip_lines)
        return self._peeked[1]

    def _token(self, *, skip_lines: bool) -> _Token:
        """Return the token at the current place, or the one after blanks and, with ``skip_lines``, line ends."""
        at = self._at
        while at < len(self._text):
            found = _TOKEN.match(self._text, at)
            if found is None:
                raise self._refusal(at, f"{shown(self._text[at])} has no meaning here.")
            kind = str(found.lastgroup)
            if kind != "blank" and not (skip_lines and kind == "newline"):
                return _Token(kind, found.group(), at)
            at = found.end()
        return _Token("end", "", at)

    def _refuse_depth(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self._refusal(self._at, f"Nested too deep: at most {MAX_DEPTH} levels are read.")

    def _place(self, at: int) -> Place:
        line = bisect_left(self._line_ends, at)
        return Place(self._file, line + 1, at - (self._line_ends[line - 1] if line else -1))

    def _refusal(self, at: int, message: str) -> FormatError:
        return refusal(self._place(at), f"Not HCL: {message[:1].lower()}{message[1:]}")
