"""Parses JSON strictly: UTF-8, no duplicate keys, finite numbers, whole characters, at most 64 levels.

Python's own parser is used, because only it shows every key of an object; what it accepts too much is checked here.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec

from advisor.document.problems import DocumentError, Path, Problem, pointer, shown

MAX_BODY = 64 * 1024 * 1024
"""How many bytes a document may have unless the caller says otherwise."""
MAX_DEPTH = 64
"""How many levels of objects and lists a document may have; the document itself is the first."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTAINERS = frozenset({dict, list, tuple})
_MOST_NEGATIVE = -sys.float_info.max
_MAX_DIGITS = 309  # as many as the largest double has; Python refuses to print far longer integers
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _NumberRangeError(ValueError):
    """Raised for a number that no double can hold."""


def parse(data: bytes, max_body: int = MAX_BODY) -> Any:
    """Return the JSON value of a document. Raises `DocumentError` of kind ``size`` or ``json``."""
    if len(data) > max_body:
        raise too_large(max_body)
    try:
        text = data.removeprefix(_BYTE_ORDER_MARK).decode()
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
    return msgspec.json.decode(msgspec.json.encode(tree))


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
    if len(digits) >= _MAX_DIGITS and math.isinf(float(digits)):
        raise _NumberRangeError(digits[:20] + "…")
    return int(digits)


def _first_doubled(keys: list[str]) -> str:
    seen: set[str] = set()
    return next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def _doubled_keys(tree: Any, doubled: list[tuple[dict[str, Any], str]]) -> Iterator[Problem]:
    keys = {id(found): key for found, key in doubled}
    for path, node in _nodes(tree):
        if id(node) in keys:
            key = keys[id(node)]
            yield Problem(
                code="duplicate-key", message=f"The key {shown(key)} is there twice.", pointer=pointer((*path, key))
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
