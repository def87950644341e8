"""Gives a file back after edits: what the plan document can't say about a value is kept, and joined to what the plan says.

**The approach, for every format whose files are objects (JSON, YAML, HCL).** A writer makes each object from the plan alone,
in one fixed way: its *plain* form. When the file is read, the reader makes the plain form of what it has just read and
takes the difference to the object in the file. This *remainder* holds only what the plain form lacks: unknown keys, other
spellings of the same value (``"string"`` for ``["string"]``), defaults that the file leaves out, and the order of keys. It is
kept in ``extra`` at the level of the object; for an object that is written plainly anyway it is None, and nothing is kept.

An export makes the plain form of the edited plan, and joins the remainder to it. So:

- Without an edit, ``joined(plain, remainder(plain, object))`` is the object, with its keys in their order. This holds by
  construction, also for a reader that understands little.
- After an edit, the edited member differs from the plain value that its spelling was noted for, so the plan's value is
  written. Each member is compared by itself: all others stay as they were in the file. The plan is the truth; the
  remainder never overrules it.

A level's own children (the properties of an event, the children of a property) are not part of its remainder: the writer
leaves their place empty in both forms, and each child has a remainder of its own. So children can be added, removed, renamed
and moved like any other part of the plan.

Text is handled by the carriers, in the same way: layout (indent, line ends, encoding) is noted once per file, and comments and
quotes of YAML per object (`advisor.formats.carriers.yaml_layout`), cells and columns of tables per row
(`advisor.formats.carriers.table_rows`).
"""

from __future__ import annotations

from itertools import chain
from operator import eq
from typing import Any

import msgspec

Remainder = dict[str, Any]
"""A difference between two objects, as JSON. Its members:

``rest``: members that the plain form lacks. ``left``: plain members that the file leaves out, with their plain value.
``said``: members with another spelling, as ``[plain, spelling]``. ``in``: remainders of inner objects. ``keys``: the order of
keys, if it is not plain order followed by the rest.
"""


def remainder(plain: dict[str, Any], source: dict[str, Any]) -> Remainder | None:
    """Return what has to be joined to the plain form of an object to get the object of the file; None if nothing."""
    rest: dict[str, Any] = {}
    said: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for key, value in source.items():
        if key not in plain:
            rest[key] = value
        elif type(value) is dict and type(plain[key]) is dict:
            if found := remainder(plain[key], value):
                inner[key] = found
        elif not same(plain[key], value):
            said[key] = [plain[key], value]
    is_whole = len(plain) + len(rest) == len(source)
    left = {} if is_whole else {key: value for key, value in plain.items() if key not in source}
    usual = chain((key for key in plain if key not in left) if left else plain, rest)
    keys = [] if all(map(eq, usual, source)) else list(source)
    members = (("rest", rest), ("left", left), ("said", said), ("in", inner), ("keys", keys))
    return {name: value for name, value in members if value} or None


def joined(plain: dict[str, Any], kept: Remainder | None) -> dict[str, Any]:
    """Return the plain form of an object with a remainder joined to it."""
    if not kept:
        return plain
    left, said, inner = kept.get("left", {}), kept.get("said", {}), kept.get("in", {})
    whole: dict[str, Any] = {}
    for key, value in plain.items():
        if key in left and same(left[key], value):
            continue
        if key in said:
            whole[key] = _respelled(value, *said[key])
        elif key in inner and type(value) is dict:
            whole[key] = joined(value, inner[key])
        else:
            whole[key] = value
    whole |= {key: value for key, value in kept.get("rest", {}).items() if key not in whole}
    return _ordered(whole, kept["keys"]) if "keys" in kept else whole


def merged_list(plain: list[Any], source: list[Any], now: list[Any]) -> list[Any]:
    """Return the list of a file after an edit: ``plain`` was its plain form, and ``now`` is the plain form today.

    What was taken out of the plain form is taken out, what was added is put in after its neighbour, and all else stays.
    """
    removed = [each for each in plain if not _holds(now, each)]
    merged = [each for each in source if not _holds(removed, each)]
    for place, each in enumerate(now):
        if _holds(plain, each) or _holds(merged, each):
            continue
        before = next((other for other in reversed(now[:place]) if _holds(merged, other)), None)
        index = len(merged) if before is None else 1 + _index(merged, before)
        merged.insert(index, each)
    return merged


def same(one: Any, other: Any) -> bool:
    """Return whether two JSON values are written alike: 1, 1.0 and true differ, and so do objects in another order."""
    if type(one) is not type(other) or one != other:
        return False
    if type(one) in (dict, list):
        return msgspec.json.encode(one) == msgspec.json.encode(other)
    return True


def _respelled(now: Any, plain: Any, source: Any) -> Any:
    """Return a value as the file would spell it, given that it spelled ``plain`` as ``source``."""
    if same(now, plain):
        return source
    if type(now) is list and type(plain) is list:
        if type(source) is list:
            return merged_list(plain, source, now)
        if len(now) == 1 and same(plain, [source]):
            return now[0]
    return now


def _ordered(whole: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """Return an object in this order of keys; a key that is not in it comes after the key before it."""
    order = [key for key in keys if key in whole]
    known = set(order)
    before: str | None = None
    for key in whole:
        if key not in known:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return {key: whole[key] for key in order}


def _holds(values: list[Any], value: Any) -> bool:
    return any(same(each, value) for each in values)


def _index(values: list[Any], value: Any) -> int:
    return next(index for index, each in enumerate(values) if same(each, value))
