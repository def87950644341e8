"""Decodes a document straight into a plan, and proves that msgspec overlooked nothing. `read` calls it first.

msgspec reads what the types of the model say, far faster than a walk over the document. It does not look for keys that
are there twice, keys that the model does not know, and a missing ``format``, and it reads longer numbers than we do.
`is_whole` proves that a document has none of these.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast, get_args

import msgspec
from msgspec import UNSET, Struct, UnsetType

from advisor.document.parse import has_each_key_once, has_long_number, is_shallow
from advisor.document.shape import COMPUTED
from advisor.document.unknown_keys import FIELDS
from advisor.model import Plan

_ALWAYS_WRITTEN = b'"suggested":'
"""A key that is written for every event, and that few programs write."""
_LEVELS = 6
"""How deep objects of a plan are usually inside each other: a plan, an event, and properties inside properties."""


def decode(body: bytes) -> Plan | None:
    """Return a document as its types say it, computed parts included; None if something in it does not fit them."""
    return cast("Plan | None", _decoded(body, Plan))


def _decoded(body: bytes, kind: type[Struct]) -> Any:
    try:
        return _decoder(kind).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


@cache
def _decoder(kind: type[Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def is_whole(body: bytes, plan: Plan) -> bool:
    """Return whether the plan holds all that its document says: there is a ``format``, and every key is known and there once.

    False if that is not certain.
    """
    return not has_long_number(body) and (_is_exact(body, plan) or _has_known_keys(body, plan))


def _is_exact(body: bytes, plan: Plan) -> bool:
    """Return whether the document says what is written for the plan, blanks aside."""
    # Programs leave defaults out; then there is nothing to compare.
    leaves_out = bool(plan.events) and _ALWAYS_WRITTEN not in body
    return not leaves_out and msgspec.json.format(body, indent=-1) == msgspec.json.encode(plan)


def _has_known_keys(body: bytes, plan: Plan) -> bool:
    """Return whether the document has the key ``format`` and certainly only known keys, each once.

    The members of computed parts, of mappings and of ``extra`` may have any key. Computed parts may not be too deep.
    """
    given = _decoded(body, _given(Plan, _LEVELS))
    if given is None or given.format is UNSET or not has_each_key_once(body, given):
        return False
    is_bare = plan.findings is UNSET and all(event.recommendation is UNSET for event in plan.events)
    return is_bare or is_shallow(body)


@cache
def _given(kind: type[Struct], levels: int) -> type[Struct]:
    """Return a type with the same keys as a kind of object, which is written with exactly the keys that it was read with.

    ``levels`` is how deep objects of a known kind may be inside each other; it does not know deeper ones.
    """
    members: list[tuple[str, Any, Any]] = []
    for each in FIELDS[kind]:
        below = None if each.encode_name in COMPUTED else _kind_in(each.type)
        if below is None or levels:
            inside: Any = Any if below is None else _given(below, levels - 1)
            type_ = inside if below is None else inside | list[inside] | UnsetType | None
            members.append((each.name, type_, msgspec.field(default=UNSET, name=each.encode_name)))
    return msgspec.defstruct(kind.__name__, members, gc=False)


def _kind_in(type_: Any) -> type[Struct] | None:
    """Return the kind of object that a type holds, alone, in a list or as one alternative; None if it holds none.

    Objects that msgspec itself refuses with unknown keys do not count.
    """
    if type_ in FIELDS:
        return type_  # type: ignore[no-any-return]  # a kind, as its keys are
    return next(filter(None, map(_kind_in, get_args(type_))), None)
