"""Knows which values keywords of JSON Schema may have, so that a mistake in one file does not spread to other formats.

A file comes back with what it had, valid or not. Only what another format takes over has to be valid there, in every draft from
4 to 2020-12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_TYPES = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value)) and len({*value}) == len(value)


def _is_type(value: Any) -> bool:
    words = value if isinstance(value, list) else [value]
    return bool(words) and _are_names(words) and _TYPES.issuperset(words)


def _are_members(value: Any) -> bool:
    return isinstance(value, dict) and all(map(is_valid_schema, value.values()))


def is_valid_schema(value: Any) -> bool:
    """Return whether a value is a schema whose keywords are valid, and that refers to nothing outside of it."""
    return isinstance(value, dict) and "$ref" not in value and not any(True for _ in invalid_keywords(value))


_TESTS: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), (_is_number, "a number")),
    "multipleOf": (lambda value: _is_number(value) and value > 0, "a number above 0"),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        (_is_count, "a whole number from 0"),
    ),
    **dict.fromkeys(("pattern", "format", "description", "title"), (_is_text, "a text")),
    "uniqueItems": (lambda value: isinstance(value, bool), "true or false"),
    "items": (is_valid_schema, "a valid schema without references"),
    "properties": (_are_members, "valid schemas by name"),
    "required": (_are_names, "a list of names"),
    "type": (_is_type, "types"),
    "enum": (lambda value: isinstance(value, list) and bool(value), "a list of values"),
    "examples": (lambda value: isinstance(value, list), "a list"),
}


def invalid_keywords(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each keyword of a schema whose value it can't have, with what it may have."""
    for key, value in schema.items():
        test = _TESTS.get(key)
        if test and not test[0](value):
            yield key, test[1]


def with_number_limits(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return keywords in which limits that draft 4 marks as exclusive are written as later drafts do: ``true`` is no number."""
    said = dict(schema)
    for key, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if said.get(key) is False:
            del said[key]
        elif said.get(key) is True and _is_number(said.get(limit)):
            said[key] = said.pop(limit)
    return said
