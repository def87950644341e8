"""Personal data in Avo's JSON: ``pii`` of each field in the rules of an event, and what the event says of all its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.formats.json_schema import children_schema
from advisor.formats.pii_member import PII, PiiMember
from advisor.formats.reading import PropertyReading
from advisor.formats.remainder import merged_list
from advisor.model import Property

_MEMBER = PiiMember(kind="piiType", mark="isPii")
_ANY, _WORDS = "containsPii", "piiTypes"
"""What the ``pii`` of an event says: whether a field of it is personal data, and the words of all its fields."""


def read_personal(properties: Iterable[PropertyReading], fields: object) -> None:
    """Fill in the kinds of personal data that the schema of an object says its fields are, those inside them included."""
    members = _members(fields)
    for each in properties:
        each.personal = _MEMBER.personal_in(members.get(each.name))
        read_personal(each.properties, members.get(each.name))


def with_personal(fields: dict[str, Any], properties: Iterable[Property]) -> dict[str, Any]:
    """Return the schema of an object whose fields say the kinds of personal data of the properties."""
    members = _members(fields)
    marked = {
        each.name: _MEMBER.with_personal(with_personal(member, each.properties), each.personal)
        for each in properties
        if isinstance(member := members.get(each.name), dict)
    }
    if not marked:
        return fields
    inner = children_schema(fields)
    filled = inner | {"properties": {**members, **marked}}
    return filled if inner is fields else fields | {"items": filled}


def without_place(properties: Iterable[Property], fields: object) -> Iterator[Property]:
    """Yield the properties whose kind of personal data is not in the schema of their object, as in one that is a reference."""
    members = _members(fields)
    for each in properties:
        if _MEMBER.personal_in(members.get(each.name)) != each.personal:
            yield each
        yield from without_place(each.properties, members.get(each.name))


def pii_words(fields: object) -> list[str]:
    """Return the words with which the fields of an object, and those inside them, say what personal data they are."""
    found: list[str] = []
    for member in _members(fields).values():
        if isinstance(member, dict):
            found += [word for word in (_MEMBER.word_in(member), *pii_words(member)) if word]
    return list(dict.fromkeys(found))


def with_words(event: dict[str, Any], was: list[str], now: list[str]) -> dict[str, Any]:
    """Return an event that says of its personal data what its fields say ``now``, if it says anything of what they said."""
    said = event.get(PII)
    if was == now or not isinstance(said, dict):
        return event
    words = said.get(_WORDS)
    listed = merged_list(was, words, now) if isinstance(words, list) else now
    return event | {PII: said | {_ANY: bool(listed), _WORDS: listed}}


def _members(fields: object) -> Mapping[str, Any]:
    members = children_schema(fields).get("properties") if isinstance(fields, dict) else None
    return members if isinstance(members, dict) else {}
