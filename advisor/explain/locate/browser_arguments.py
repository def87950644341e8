"""Sorts the arguments of a call as Analytics.js does: which are the properties or traits, and which the options.

Follows ``arguments-resolver`` of @segment/analytics-next 1.84.3, branch by branch; ``tests/wire`` runs every shape of every call
through the real library and compares. The kind of a variable isn't known, so each kind is tried.
Used by `browser_call`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from advisor.explain.parse.values import Closure, Undefined, Value, Variable
from advisor.model import CallType

Kind = Literal["text", "number", "object", "null", "undefined", "function", "other"]
"""The kinds that Analytics.js distinguishes. A missing argument is ``undefined``; lists and booleans are ``other``."""

_NOTHING: tuple[Kind, ...] = ("null", "undefined")
_MOST_ARGUMENTS: dict[CallType, int] = {"track": 4, "page": 5, "screen": 5, "alias": 4}


@dataclass(frozen=True)
class Slots:
    """The indexes of the properties or traits and of the options among the arguments; None if there are none.

    ``message`` is True if the first argument is taken as a whole message. ``sent`` is False if the library sends nothing.
    """

    data: int | None = None
    options: int | None = None
    message: bool = False
    sent: bool = True


def kind_of(value: Value) -> Kind | None:
    """Return the kind of an argument, or None for a variable, whose value isn't in the text."""
    if isinstance(value, Variable):
        return None
    if isinstance(value, Closure):
        return "function"
    if value is None or value is Undefined.UNDEFINED:
        return "null" if value is None else "undefined"
    if isinstance(value, dict):
        return "object"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    return "other"


def possible_slots(call: CallType, arguments: Sequence[Value]) -> list[Slots]:
    """Return every way in which the library may sort the arguments, most likely first; exactly one if no variable decides."""
    read = arguments[: _MOST_ARGUMENTS.get(call, len(arguments))]
    choices = [_kinds(place, read, call) for place in range(len(read))]
    ways = [kinds for kinds in product(*choices) if kinds.count("object") <= max(2, _objects(read))]
    return list(dict.fromkeys(sort_arguments(call, kinds) for kinds in ways))


def _objects(arguments: Sequence[Value]) -> int:
    return sum(kind_of(each) == "object" for each in arguments)


def _kinds(place: int, arguments: Sequence[Value], call: CallType) -> tuple[Kind, ...]:
    """Return the kinds that one argument may have: its own, or for a variable those that make sense in its place."""
    kind = kind_of(arguments[place])
    if kind is not None:
        return (kind,)
    is_last = place == len(arguments) - 1
    if call == "alias":
        return ("object", "text", "function") if is_last and place else ("text",)
    if place == 0:
        return ("text",) if call not in ("page", "screen") and len(arguments) != 2 else ("text", "object")
    return ("object", "null", "text", "function") if is_last else ("object", "null", "text")


def sort_arguments(call: CallType, kinds: Sequence[Kind]) -> Slots:
    """Return the slots of an argument list whose kinds are known."""
    return _SORTED[call](kinds)


def _at(kinds: Sequence[Kind], place: int) -> Kind:
    return kinds[place] if place < len(kinds) else "undefined"


def _if_given(kinds: Sequence[Kind], place: int) -> int | None:
    return place if _at(kinds, place) not in (*_NOTHING, "function") else None


def _track(kinds: Sequence[Kind]) -> Slots:
    first = _at(kinds, 0)
    if first not in ("text", "object"):
        return Slots(sent=False)  # Error: Event missing
    options = _if_given(kinds, 2)
    if first == "object":
        if _at(kinds, 1) != "function":
            options = _if_given(kinds, 1)
        return Slots(None, options, message=True)
    return Slots(1 if _at(kinds, 1) == "object" else None, options)


def _page(kinds: Sequence[Kind]) -> Slots:
    objects = [place for place, kind in enumerate(kinds[:5]) if kind == "object"]
    if len(objects) == 1:
        (only,) = objects
        return Slots(None, only) if only == 3 else Slots(only, None)
    if len(objects) == 2:
        return Slots(objects[0], objects[1])
    return Slots()  # with three objects, all of them are dropped


def _identify(kinds: Sequence[Kind]) -> Slots:
    expected = ["callback", "options", "traits", "id"]
    found: dict[str, int | None] = {}
    for place, kind in enumerate(kinds):
        current = expected.pop() if expected else ""
        if current == "id":
            if kind in ("text", "number", *_NOTHING):
                continue
            current = expected.pop()
        if current in ("traits", "options") and kind in (*_NOTHING, "object"):
            found[current] = place if kind == "object" else None
        if kind == "function":
            break
    return Slots(found.get("traits"), found.get("options"))


def _group(kinds: Sequence[Kind]) -> Slots:
    return _identify(kinds) if kinds else Slots(sent=False)  # group() returns the group, and sends nothing


def _alias(kinds: Sequence[Kind]) -> Slots:
    has_id = "text" in kinds[:4] or "number" in kinds[:2]
    if _at(kinds, 0) == "undefined" and not has_id:
        return Slots()  # without an id, the library overwrites the options
    return Slots(None, next((place for place, kind in enumerate(kinds[:4]) if kind == "object"), None))


_SORTED: dict[CallType, Callable[[Sequence[Kind]], Slots]] = {
    "track": _track,
    "page": _page,
    "screen": _page,
    "identify": _identify,
    "group": _group,
    "alias": _alias,
}
