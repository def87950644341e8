"""Reads a conditional spread, such as ``...(allowed && { Mixpanel: true })``: its keys are known, its values are not.

Used by `objects`.
"""

from __future__ import annotations

from typing import Protocol

from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Entry, Mapping, Node, Opaque

_BEFORE_OBJECT = ("&&", "?", ":")
_NOTHING = ("null", "undefined", "false", "None", "nil")


class Brackets(Protocol):
    """A reader of the objects in brackets."""

    tokens: Tokens

    def read_bracket(self, at: int) -> tuple[Node, int]:
        """Read the bracket at an index."""


def conditional(reader: Brackets, first: int, end: int) -> Mapping | None:
    """Return the entries that the tokens from ``first`` to ``end`` may add, or None if others are possible."""
    tokens = reader.tokens
    while tokens[first].is_sign("(") and tokens.closing.get(first) == end - 1:
        first, end = first + 1, end - 1
    found: list[Entry] = []
    place, objects = first, 0
    while place < end:
        token = tokens[place]
        if token.is_sign("{") and _begins_choice(tokens, place, first):
            node, _ = reader.read_bracket(place)
            if not isinstance(node, Mapping):
                return None
            found += node.entries
            objects += 1
        elif _may_be_other(tokens, place):
            return None
        place = tokens.closing.get(place, place) + 1
    if not objects or any(entry.key is None for entry in found):
        return None
    text = tokens.text[tokens[first].start : tokens[end - 1].end]
    unknown = (Entry(entry.key, Opaque(text, entry.start), entry.start) for entry in found)
    return Mapping(tuple(unknown), tokens[first].start)


def _begins_choice(tokens: Tokens, place: int, first: int) -> bool:
    before = tokens[place - 1]
    return place == first or before.is_sign(*_BEFORE_OBJECT) or before.is_name("else")


def _may_be_other(tokens: Tokens, place: int) -> bool:
    """Return whether something that isn't written out may be spread instead of an object."""
    token, follows = tokens[place], tokens[place + 1]
    if token.is_sign("||", "??", "|"):
        return True
    is_branch = token.is_sign("?", ":", "&&") or token.is_name("else")
    return is_branch and not (follows.is_sign("{", "(") or follows.is_name(*_NOTHING) or token.is_sign("&&"))
