"""Finds every value that the model does not allow, by walking a document along the model's own types.

msgspec stops at the first such value. This walk runs only after msgspec has found one, and lists them all; it reads
the same types and bounds, so the two can't disagree. It skips computed parts, and unknown keys where the model allows
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from msgspec import Struct, inspect

from advisor.document.nearest import nearest_of, not_known
from advisor.document.problems import Found, Path
from advisor.document_limits import MAX_PROBLEMS
from advisor.model import Plan
from advisor.text import join_names, quote

COMPUTED = frozenset({"recommendation", "findings"})
"""Keys of computed parts; their values are not read."""

_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}
_READ_FROM: dict[type[inspect.Type], type] = {
    inspect.StrType: str,
    inspect.LiteralType: str,
    inspect.BoolType: bool,
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.NoneType: type(None),
    inspect.VarTupleType: list,
    inspect.StructType: dict,
    inspect.DictType: dict,
}


def misfits(tree: Any, kind: type[Struct] = Plan) -> list[Found]:
    """Return the values of a document that the model does not allow, at most `MAX_PROBLEMS`."""
    return list(islice(_value(tree, _type_of(kind), ()), MAX_PROBLEMS))


@cache
def _type_of(kind: type[Struct]) -> inspect.Type:
    return inspect.type_info(kind)


def _value(value: Any, kind: inspect.Type, path: Path) -> Iterator[Found]:
    branch = _branch(value, kind)
    match branch:
        case None:
            yield Found(path, "type", f"Expected {_expected(kind)}, not {_KINDS[type(value)]}.")
        case inspect.StructType():
            yield from _object(value, branch, path)
        case inspect.VarTupleType():
            yield from _list(value, branch, path)
        case inspect.DictType():
            yield from _mapping(value, branch, path)
        case inspect.LiteralType():
            yield from _choice(value, branch, path)
        case inspect.StrType():
            yield from _text(value, branch, path)


def _branches(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    return kind.types if isinstance(kind, inspect.UnionType) else (kind,)


def _branch(value: Any, kind: inspect.Type) -> inspect.Type | None:
    """Return which of a type's alternatives reads this kind of JSON value; None if none does."""
    for branch in _branches(kind):
        if isinstance(branch, inspect.AnyType) or _READ_FROM.get(type(branch)) is type(value):
            return branch
    return None


def _object(value: dict[str, Any], kind: inspect.StructType, path: Path) -> Iterator[Found]:
    for each in kind.fields:
        if each.encode_name in COMPUTED:
            continue
        if each.encode_name in value:
            yield from _value(value[each.encode_name], each.type, (*path, each.encode_name))
        elif each.required:
            yield Found(path, "required", f"The key {quote(each.encode_name)} is missing.")
    if kind.forbid_unknown_fields:
        known = [each.encode_name for each in kind.fields]
        yield from (Found((*path, key), "unknown-key", not_known(key, known)) for key in value if key not in known)


def _list(value: list[Any], kind: inspect.VarTupleType, path: Path) -> Iterator[Found]:
    yield from _bounds(len(value), "entries", kind.min_length, kind.max_length, path)
    plain = _plain(kind.item_type)
    for index, item in enumerate(value[: kind.max_length]):
        # A list may have millions of plain values: skip those that are always allowed.
        if type(item) not in plain:
            yield from _value(item, kind.item_type, (*path, index))


def _plain(kind: inspect.Type) -> frozenset[type]:
    """Return the Python types of which every value is allowed."""
    free = (inspect.StrType(), inspect.BoolType(), inspect.IntType(), inspect.FloatType(), inspect.NoneType())
    return frozenset(_READ_FROM[type(branch)] for branch in _branches(kind) if branch in free)


def _mapping(value: dict[str, Any], kind: inspect.DictType, path: Path) -> Iterator[Found]:
    yield from _bounds(len(value), "entries", kind.min_length, kind.max_length, path)
    if isinstance(kind.value_type, inspect.AnyType):
        return
    for key, item in islice(value.items(), kind.max_length):
        yield from _value(key, kind.key_type, (*path, key))
        yield from _value(item, kind.value_type, (*path, key))


def _choice(value: str, kind: inspect.LiteralType, path: Path) -> Iterator[Found]:
    if value not in kind.values:
        choices = [str(choice) for choice in kind.values if choice]
        or_empty = ", or an empty text" if "" in kind.values else ""
        message = f"{quote(value)} is not one of {', '.join(choices)}{or_empty}.{nearest_of(value, choices)}"
        yield Found(path, "choice", message)


def _text(value: str, kind: inspect.StrType, path: Path) -> Iterator[Found]:
    if kind.pattern and not re.search(kind.pattern, value):
        yield Found(path, "blank", "Must not be blank.")
    else:
        yield from _bounds(len(value), "characters", kind.min_length, kind.max_length, path)


def _bounds(length: int, what: str, least: int | None, most: int | None, path: Path) -> Iterator[Found]:
    if most is not None and length > most:
        yield Found(path, "limit", f"Has {length:,} {what}; at most {most:,} are allowed.")
    elif least is not None and length < least:
        yield Found(path, "blank", "Must not be blank.")


def _expected(kind: inspect.Type) -> str:
    names = []
    takes_any_number = any(isinstance(branch, inspect.FloatType) for branch in _branches(kind))
    whole = "a number" if takes_any_number else "a whole number"
    for branch in _branches(kind):
        if isinstance(branch, inspect.LiteralType):
            names += [f"“{value}”" for value in branch.values]
        else:
            names.append(_KINDS[_READ_FROM[type(branch)]] if type(branch) is not inspect.IntType else whole)
    return join_names(dict.fromkeys(names), "or")
