"""Parses JSON strictly: UTF-8, no duplicate keys, finite numbers, whole characters, at most 64 levels.

msgspec parses first: it is several times faster, and as strict except for three things that are proven on the bytes.
What it refuses, and what cannot be proven, goes to Python's own parser: it shows every key of an object, so that all
problems can be listed.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec
from msgspec import UNSET, UnsetType

from advisor.document.problems import DocumentError, Path, Problem, pointer
from advisor.document_limits import MAX_BODY, MAX_DEPTH, MAX_DIGITS
from advisor.text import quote

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTAINERS = frozenset({dict, list, tuple})
_MOST_NEGATIVE = -sys.float_info.max
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % MAX_DIGITS)
_STRIDE = MAX_DIGITS // 10
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _NumberRangeError(ValueError):
    """Raised for a number that no double can hold."""


def parse(data: bytes, max_body: int = MAX_BODY) -> Any:
    """Return the JSON value of a document. Raises `DocumentError` of kind ``size`` or ``json``."""
    body = body_of(data, max_body)
    tree = _proven(body)
    return _explained(body) if isinstance(tree, UnsetType) else tree


def body_of(data: bytes, max_body: int = MAX_BODY) -> bytes:
    """Return the document without its byte order mark. Raises `DocumentError` of kind ``size``."""
    if len(data) > max_body:
        raise too_large(max_body)
    return data.removeprefix(_BYTE_ORDER_MARK)


def has_long_number(body: bytes) -> bool:
    """Return whether at least `MAX_DIGITS` digits follow each other, as in an integer that no double can hold."""
    # A run of MAX_DIGITS digits covers ten neighbouring bytes of the sample that is looked at first.
    looked_at = body[::_STRIDE].translate(_DIGITS_AS_ZEROS)
    return b"0" * 10 in looked_at and _LONG_NUMBER.search(body) is not None


def _proven(body: bytes) -> Any:
    """Return the JSON value as msgspec reads it; `UNSET` unless it is certain that it overlooked nothing."""
    try:
        tree = msgspec.json.decode(body)
        is_whole = has_each_key_once(body, tree) and is_shallow(body) and not has_long_number(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return UNSET
    return tree if is_whole else UNSET


def has_each_key_once(body: bytes, tree: Any) -> bool:
    """Return whether msgspec certainly left out no key when it read the tree.

    Of keys that are there twice it keeps one, and of unknown ones none, so their colons go missing.
    """
    has_escaped_colons = b"\\u003" in body
    return not has_escaped_colons and body.count(b":") == msgspec.json.encode(tree).count(b":")


def is_shallow(body: bytes) -> bool:
    """Return whether JSON is certainly nested no deeper than `MAX_DEPTH`."""
    # Line breaks are between values only, and the members of the deepest object that is allowed are indented this far.
    return b"\n" + b" " * MAX_DEPTH not in msgspec.json.format(body, indent=1)


def _explained(body: bytes) -> Any:
    """Return the JSON value as Python reads it. Raises `DocumentError` with all problems."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise _refusal("encoding", f"Not UTF-8: byte {error.start:,} begins no character.") from None
    doubled: list[tuple[dict[str, Any], str]] = []
    tree = _tree(text, doubled)
    refuse_depth(tree)
    if doubled:
        raise DocumentError("json", _doubled_keys(tree, doubled))
    if _SURROGATE_ESCAPE.search(text):
        refuse_half_characters(tree)
    return tree


def too_large(max_body: int) -> DocumentError:
    """Return the error for a document that has more bytes than are read."""
    message = f"The document has more than {max_body:,} bytes, the most that is read."
    return DocumentError("size", [Problem(code="too-large", message=message, pointer="")])


def refuse_depth(tree: Any) -> None:
    """Raise `DocumentError` if a value is nested too deep."""
    if depth(tree) > MAX_DEPTH:
        raise _too_deep()


def depth(tree: Any) -> int:
    """Return how many levels of objects and lists a value has."""
    levels = 0
    level = [tree] if type(tree) in _CONTAINERS else []
    while level:
        levels += 1
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) in _CONTAINERS
        ]
    return levels


def as_parsed(tree: Any) -> Any:
    """Return a value built in memory as if it had been read from JSON. Raises `DocumentError` if JSON cannot hold it."""
    refuse_depth(tree)
    for path, node in _nodes(tree):
        if type(node) in (int, float) and not _MOST_NEGATIVE <= node <= -_MOST_NEGATIVE:
            message = "The number is out of range (±1.8e308)."
            raise DocumentError("json", [Problem(code="number-range", message=message, pointer=pointer(path))])
    refuse_half_characters(tree)
    return as_json(tree)


def as_json(value: Any) -> Any:
    """Return a value, or a part of a plan, as it is read from its JSON: with dictionaries and lists."""
    return msgspec.json.decode(msgspec.json.encode(value))


def refuse_half_characters(tree: Any) -> None:
    """Raise `DocumentError` if a text or key holds half of a surrogate pair, which UTF-8 cannot encode."""
    halves = [path for path, text in _texts(tree) if _SURROGATE.search(text)]
    if halves:
        message = "Half of a surrogate pair (\\ud800 to \\udfff) is not a character."
        raise DocumentError(
            "json", (Problem(code="encoding", message=message, pointer=pointer(path)) for path in halves)
        )


def _tree(text: str, doubled: list[tuple[dict[str, Any], str]]) -> Any:
    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubled.append((found, _first_doubled([key for key, _ in pairs])))
        return found

    try:
        return json.loads(text, object_pairs_hook=members, parse_constant=_constant, parse_float=_float, parse_int=_int)
    except _NumberRangeError as error:
        raise _refusal("number-range", f"The number {error} is out of range (±1.8e308).") from None
    except json.JSONDecodeError as error:
        raise _refusal("not-json", f"Not JSON, line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except RecursionError:
        raise _too_deep() from None


def _constant(name: str) -> NoReturn:
    raise _refusal("not-json", f"{name} is not JSON; write a number, a text or null.")


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise _NumberRangeError(digits[:20])
    return number


def _int(digits: str) -> int:
    if len(digits) >= MAX_DIGITS and math.isinf(float(digits)):
        raise _NumberRangeError(digits[:20] + "…")
    return int(digits)


def _first_doubled(keys: list[str]) -> str:
    seen: set[str] = set()
    return next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # it adds the key


def _doubled_keys(tree: Any, doubled: list[tuple[dict[str, Any], str]]) -> Iterator[Problem]:
    keys = {id(found): key for found, key in doubled}
    for path, node in _nodes(tree):
        if id(node) in keys:
            key = keys[id(node)]
            yield Problem(
                code="duplicate-key", message=f"The key {quote(key)} is there twice.", pointer=pointer((*path, key))
            )


def _nodes(tree: Any) -> Iterator[tuple[Path, Any]]:
    """Yield every value with its path, in the order of the document."""
    stack: list[tuple[Path, Any]] = [((), tree)]
    while stack:
        path, node = stack.pop()
        yield path, node
        if isinstance(node, dict):
            stack += [((*path, key), child) for key, child in reversed(node.items())]
        elif isinstance(node, list | tuple):
            stack += [((*path, index), node[index]) for index in reversed(range(len(node)))]


def _texts(tree: Any) -> Iterator[tuple[Path, str]]:
    for path, node in _nodes(tree):
        if isinstance(node, str):
            yield path, node
        elif isinstance(node, dict):
            yield from ((path, key) for key in node)


def _too_deep() -> DocumentError:
    return _refusal("too-deep", f"Nested too deep: at most {MAX_DEPTH} levels of objects and lists are read.")


def _refusal(code: str, message: str) -> DocumentError:
    return DocumentError("json", [Problem(code=code, message=message, pointer="")])
