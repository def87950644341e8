"""Joins the possible values of an expression into one value that holds for all of them. Used by `conversion`."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.explain.parse.values import OpenObject, Value, Variable


def join_values(values: Sequence[Value], text: str) -> Value:
    """Return one value for all of these: unknown, unless each of them is an object or true.

    Entries that only some of the objects have are unknown. If true is also possible, the object is open, and its entries
    are unknown.
    """
    if all(_is_same(each, values[0]) for each in values):
        return values[0]
    objects = [each for each in values if isinstance(each, dict)]
    if not objects or any(each is not True and not isinstance(each, dict) for each in values):
        return Variable(text)
    always = len(objects) == len(values)
    keys = dict.fromkeys(key for each in objects for key in each)
    found = {
        key: _shared_value([each.get(key, Variable(text)) for each in objects], text, always=always) for key in keys
    }
    if always and not any(isinstance(each, OpenObject) for each in objects):
        return found
    opened = OpenObject(found)
    opened.rest = text
    return opened


def _is_same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and repr(one) == repr(other)


def _shared_value(values: list[Value], text: str, *, always: bool) -> Value:
    """Return the value that a key has in all of the objects, or a `Variable` if they differ."""
    is_known = all(_is_same(each, values[0]) for each in values) and (always or isinstance(values[0], Variable))
    return values[0] if is_known else Variable(text)
