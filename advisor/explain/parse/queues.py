"""Reads what Flutter code puts into a plugin's queue: ``PlannedIntegrations.next(EventType.track, name, {…})``.

Used by `texts`.
"""

from __future__ import annotations

from typing import NamedTuple

from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.tree import Call, Constant, Name, Node

_NEXT = "next"
_TYPES = "EventType."


def find_queued_object(reader: Reader, call: Call, end: int) -> Node | None:
    """Return the object (or null) that a call takes from its queue: the last one put there for it before ``end``, or None."""
    tokens = reader.tokens
    if tokens.dialect.language != "dart":
        return None
    for at in reversed(range(1, end)):
        if not (tokens[at].is_name(_NEXT) and tokens[at - 1].is_sign(".") and tokens[at + 1].is_sign("(")):
            continue
        put = _put(reader, at)
        if put is not None and put.call == call.method and _is_for(put.name, call):
            return put.value
    return None


def find_lone_queued_object(reader: Reader) -> Node | None:
    """Return the object that is put into a queue, in a text without the call that takes it, or None."""
    tokens = reader.tokens
    if tokens.dialect.language != "dart":
        return None
    places = (at for at in range(1, len(tokens)) if tokens[at].is_name(_NEXT) and tokens[at + 1].is_sign("("))
    return next((put.value for at in places if (put := _put(reader, at)) is not None), None)


class _Put(NamedTuple):
    """What is put into the queue: an object for the next call of a type and with a name."""

    call: str
    name: Node
    value: Node


def _put(reader: Reader, at: int) -> _Put | None:
    """Return what is put into the queue at an index, or None if nothing is."""
    if at + 1 not in reader.tokens.closing:
        return None
    given = [each.value for each in reader.arguments(at + 1)]
    kind = given[0].text if given and isinstance(given[0], Name) else ""
    if len(given) != 3 or not kind.startswith(_TYPES):
        return None
    return _Put(kind.removeprefix(_TYPES), given[1], given[2])


def _is_for(name: Node, call: Call) -> bool:
    """Return whether a name may be that of a call: two names that are written out must be equal."""
    first = next((each.value for each in call.arguments if each.name is None), None)
    if call.method not in ("track", "screen") or not isinstance(name, Constant) or not isinstance(first, Constant):
        return True
    return name.value == first.value
