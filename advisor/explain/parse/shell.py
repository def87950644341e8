"""Reads calls that are sent without a library: curl commands, HTTP requests, and addresses of the pixel.

Used by `advisor.explain.parse.paste`.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from urllib.parse import unquote

from advisor.explain.parse.dialects import JAVASCRIPT
from advisor.explain.parse.source import LiteralError, error_at
from advisor.explain.parse.texts import read_text
from advisor.explain.parse.values import Invocation, Literal, Value
from advisor.model import CALL_TYPES

_CURL = re.compile(r"(?:^|(?<=[\s;&|(`$]))curl(?=\s)")
_KINDS = "|".join((*CALL_TYPES, "batch", "import"))
_ENDPOINT = re.compile(rf"/v1/({_KINDS})\b")
_PIXEL = re.compile(rf"/pixel/(?:v1/)?({'|'.join(CALL_TYPES)})\?(?:[^\s\"'<>]{{0,2000}}?&)?data=([\w%+/=.~-]++)")
_REQUEST = re.compile(rf"\A\s*POST[ \t]+\S{{0,200}}/v1/({_KINDS})\b[^\n]*+\n(?:[\w-]+:[^\n]*+\n)*+\s*(?=\{{)")
_DATA = re.compile(r"(?:-d|--data(?:-raw|-binary|-ascii)?|--json)(?:=|\Z)|-d(?=.)")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1[^\n]*+\n")
_PLAIN = re.compile(r"[^\s'\"\\;&|<>()`]++")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\"}


@dataclass(frozen=True)
class _Word:
    """A word of a command as the shell passes it on, and the position of each of its characters."""

    text: str
    places: tuple[int, ...]


def read_sent(text: str) -> Literal | None:
    """Return a curl command, request or pixel address, or None without one. Raises `LiteralError` if its body can't be read."""
    if pixel := _PIXEL.search(text):
        return _read_pixel(text, pixel)
    if request := _REQUEST.search(text):
        return _read_body(text, _slice(text, request.end(), len(text)), request[1], 1)
    commands = [found.end() for found in _CURL.finditer(text)]
    if not commands:
        return None
    ends = [*commands[1:], len(text)]
    chosen = next((at for at, (a, b) in enumerate(zip(commands, ends, strict=True)) if "ntegration" in text[a:b]), 0)
    return _read_curl(text, commands[chosen], ends[chosen], len(commands))


def _read_pixel(text: str, pixel: re.Match[str]) -> Literal:
    data = unquote(pixel[2]).rstrip("=").translate(str.maketrans("-_ ", "+/+"))
    try:
        body = base64.b64decode(data + "=" * (-len(data) % 4), validate=True).decode()
        value = read_text(body, JAVASCRIPT).value
    except ValueError:
        message = "what data= carries isn’t JSON in base64. Encode the JSON of the message anew."
        raise error_at(text, pixel.start(2), message) from None
    # The decoded parts have no positions of their own in the text.
    called = Invocation(f"pixel/{pixel[1]}", [_plain_value(value)], {})
    return Literal(called, text, {(): pixel.start(2)}, calls=1)


def _plain_value(value: Value | Invocation) -> Value:
    return None if isinstance(value, Invocation) else value


def _read_curl(text: str, begin: int, end: int, count: int) -> Literal:
    words, last = _words(text, begin, end)
    body = _body(text, words, last, end)
    endpoint = next((found[1] for word in words if (found := _ENDPOINT.search(word.text))), None)
    return _read_body(text, body, endpoint, count)


def _read_body(text: str, body: _Word, endpoint: str | None, count: int) -> Literal:
    """Return the JSON of a request; sent to the address of a call type, it is a call of that type."""
    try:
        read = read_text(body.text, JAVASCRIPT)
    except LiteralError as error:
        place = sum(len(line) + 1 for line in body.text.split("\n")[: error.line - 1]) + error.column - 1
        raise error_at(text, _place(body, place), error.message) from None
    offsets = {path: _place(body, offset) for path, offset in read.offsets.items()}
    if endpoint not in CALL_TYPES or isinstance(read.value, Invocation):
        return Literal(_plain_value(read.value), text, offsets, read.duplicates, count)
    offsets = {(0, *path): offset for path, offset in offsets.items()} | {(): offsets.get((), 0)}
    duplicates = tuple((0, *path) for path in read.duplicates)
    return Literal(Invocation(f"v1/{endpoint}", [read.value], {}), text, offsets, duplicates, count)


def _place(word: _Word, offset: int) -> int:
    return word.places[min(offset, len(word.places) - 1)] if word.places else 0


def _body(text: str, words: list[_Word], last: int, end: int) -> _Word:
    """Return the data that the command sends. Raises `LiteralError` if it isn't in the text."""
    for at, word in enumerate(words):
        option = _DATA.match(word.text)
        if option is None:
            continue
        rest = word.text[option.end() :]
        body = _Word(rest, word.places[option.end() :]) if rest else words[at + 1] if at + 1 < len(words) else word
        if not body.text.startswith("@"):
            return body
        if body.text == "@-" and (heredoc := _HEREDOC.search(text, body.places[0], end)):
            return _heredoc(text, heredoc)
        raise error_at(text, body.places[0], "the data is in a file. Paste the JSON itself after -d.")
    del last
    message = "this curl command has no data. Write -d '{…}' with the JSON of the message."
    raise error_at(text, max(0, min(len(text), words[0].places[0] if words and words[0].places else 0)), message)


def _heredoc(text: str, found: re.Match[str]) -> _Word:
    close = re.compile(rf"^[ \t]*{re.escape(found[2])}[ \t]*$", re.MULTILINE).search(text, found.end())
    end = close.start() if close else len(text)
    return _slice(text, found.end(), end)


def _slice(text: str, begin: int, end: int) -> _Word:
    return _Word(text[begin:end], tuple(range(begin, end)))


def _words(text: str, begin: int, end: int) -> tuple[list[_Word], int]:
    """Return the words of a command, and the position of its end."""
    words: list[_Word] = []
    pieces: list[str] = []
    places: list[int] = []
    open_word = False
    at = begin
    while at < end:
        char = text[at]
        if char.isspace() or char in ";&|()`<>":
            if open_word:
                words.append(_Word("".join(pieces), tuple(places)))
                pieces, places, open_word = [], [], False
            if char == "\n" or char in ";&|)`":
                break
            at += 1
            continue
        open_word = True
        if char == "\\" and at + 1 < end:
            if text[at + 1] not in "\n\r":
                pieces.append(text[at + 1])
                places.append(at + 1)
            else:
                open_word = bool(pieces)
            at += 3 if text.startswith("\r\n", at + 1) else 2
        elif char in "'\"" or text.startswith("$'", at):
            at = _read_quoted_part(text, at, end, pieces, places)
        else:
            run = _PLAIN.match(text, at, end)
            stop = run.end() if run else at + 1
            pieces.append(text[at:stop])
            places.extend(range(at, stop))
            at = stop
    if open_word:
        words.append(_Word("".join(pieces), tuple(places)))
    return words, at


def _read_quoted_part(text: str, at: int, end: int, pieces: list[str], places: list[int]) -> int:
    """Add a quoted part of a word, and return the position after it. Raises `LiteralError` if it has no end."""
    begin, quote = at, text[at]
    named = _ANSI if quote == "$" else {each: each for each in '"\\$`'}
    escapes = quote != "'"
    if quote == "$":
        quote, at = "'", at + 1
    at += 1
    while at < end and text[at] != quote:
        if escapes and text[at] == "\\" and at + 1 < end:
            if text[at + 1] in named:
                pieces.append(named[text[at + 1]])
                places.append(at)
                at += 2
                continue
            if text[at + 1] == "\n":
                at += 2
                continue
        pieces.append(text[at])
        places.append(at)
        at += 1
    if at >= end:
        raise error_at(text, begin, f"this text has no end. Close it with {quote}.")
    return at + 1
