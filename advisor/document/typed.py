"""Decodes a document straight into a plan, and proves that msgspec overlooked nothing. `reading` calls it first.

msgspec reads what the types of the model say, far faster than a walk over the document. It does not look for keys that
are there twice, keys that the model does not know, and a missing ``format``, and it reads longer numbers than we do.
`is_exact`, or `has_known_keys` after `advisor.document.parse.parse`, prove that a document has none of these.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Any, get_args

import msgspec
from msgspec import Struct

from advisor.document.parse import has_long_number
from advisor.document.shape import COMPUTED
from advisor.document.unknown_keys import FIELDS
from advisor.model import Plan

_PLAN = msgspec.json.Decoder(Plan)


def decode(body: bytes) -> Plan | None:
    """Return a document as its types say it, computed parts included; None if something in it does not fit them."""
    try:
        return _PLAN.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def is_exact(body: bytes, plan: Plan) -> bool:
    """Return whether the document says what is written for the plan, blanks aside, so that nothing was overlooked."""
    return msgspec.json.format(body, indent=-1) == msgspec.json.encode(plan) and not has_long_number(body)


def has_known_keys(tree: Any) -> bool:
    """Return whether a document has the key ``format``, and only keys that the model knows.

    ``tree`` is its JSON value, which fits the types. The members of computed parts, of mappings and of ``extra`` do not
    count.
    """
    return "format" in tree and _are_known([tree], Plan)


def _are_known(objects: list[dict[str, Any]], kind: type[Struct]) -> bool:
    keys, inside = _keys_of(kind)
    # Most objects of a document have the same few sets of keys.
    if not all(map(keys.issuperset, set(map(tuple, objects)))):
        return False
    for key, below in inside:
        members = [member for each in objects if (member := each.get(key))]
        if members and not _are_known(_objects_in(members), below):
            return False
    return True


def _objects_in(members: list[Any]) -> list[dict[str, Any]]:
    """Return the objects of members that all are objects, or all are lists of objects."""
    return list(chain.from_iterable(members)) if type(members[0]) is list else members


@cache
def _keys_of(kind: type[Struct]) -> tuple[frozenset[str], tuple[tuple[str, type[Struct]], ...]]:
    """Return the keys of a kind of object, and those that hold objects or lists of them, each with its kind."""
    inside = [
        (each.encode_name, below)
        for each in FIELDS[kind]
        if each.encode_name not in COMPUTED and (below := _kind_in(each.type)) is not None
    ]
    return frozenset(each.encode_name for each in FIELDS[kind]), tuple(inside)


def _kind_in(type_: Any) -> type[Struct] | None:
    """Return the kind of object that a type holds, alone, in a list or as one alternative; None if it holds none.

    Objects that msgspec itself refuses with unknown keys do not count.
    """
    if type_ in FIELDS:
        return type_  # type: ignore[no-any-return]
    return next(filter(None, map(_kind_in, get_args(type_))), None)
