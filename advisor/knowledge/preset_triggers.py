"""Reads the triggers of mappings: a small part of Segment's filter language (FQL), enough for all known presets.

Supported: ``type``, ``event`` and ``properties.name``; ``=`` and ``!=``; ``and``, ``or`` and brackets, in any case.
Names match exactly. What the language itself never matches (``==``, single quotes) matches nothing here either. Used by
`advisor.knowledge.destination_presets`.
"""

import re
from collections.abc import Callable
from functools import cache

from advisor.model import CallType

Trigger = Callable[[CallType, str | None], bool]
"""Returns whether a call of this type and name matches; without a name, whether a call of some name does."""

_TOKEN = re.compile(r'\s*(?:(?P<text>"[^"]*")|(?P<mark>!=|[=()])|(?P<word>[\w.]+))', re.ASCII)


class _UnreadableError(ValueError):
    """Raised for a trigger that is not written in the supported part of the language."""


def sets_off(trigger: str, call: CallType, name: str | None) -> bool:
    """Return whether a call of this type and name matches a trigger; with None for the name, whether some name does."""
    return _compile(trigger)(call, name)


def texts_of(trigger: str) -> frozenset[str]:
    """Return every text and word in a trigger; the names that it compares with are among them."""
    return frozenset(match.group().strip().strip('"') for match in _TOKEN.finditer(trigger))


@cache
def _compile(trigger: str) -> Trigger:
    try:
        reader = _Reader(_tokens(trigger))
        found = reader.either()
        reader.expect_end()
    except _UnreadableError:
        return _never
    return found


def _never(_call: CallType, _name: str | None) -> bool:
    return False


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _UnreadableError(text)
        tokens.append(match.group().strip())
        at = match.end()
    return tokens


class _Reader:
    """Reads tokens from left to right; ``and`` binds more closely than ``or``."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def either(self) -> Trigger:
        """Read conditions joined by ``or``, and return them as one trigger."""
        parts = [self._all()]
        while self._take_word("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda call, name: any(part(call, name) for part in parts)

    def expect_end(self) -> None:
        """Raise `_UnreadableError` unless everything has been read."""
        if self._at < len(self._tokens):
            raise _UnreadableError(self._tokens[self._at])

    def _all(self) -> Trigger:
        parts = [self._condition()]
        while self._take_word("and"):
            parts.append(self._condition())
        return parts[0] if len(parts) == 1 else lambda call, name: all(part(call, name) for part in parts)

    def _condition(self) -> Trigger:
        first = self._next()
        if first == "(":
            inner = self.either()
            if self._next() != ")":
                raise _UnreadableError(first)
            return inner
        mark, value = self._next(), self._next().strip('"')
        if mark not in ("=", "!="):
            raise _UnreadableError(mark)
        return _comparison(first, value, equal=mark == "=")

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise _UnreadableError("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take_word(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at].lower() == word:
            self._at += 1
            return True
        return False


def _comparison(field: str, value: str, *, equal: bool) -> Trigger:
    if field == "type":
        return lambda call, _: (call == value) == equal
    if field not in ("event", "properties.name"):
        raise _UnreadableError(field)
    named: tuple[CallType, ...] = ("track",) if field == "event" else ("page", "screen")

    def holds(call: CallType, name: str | None) -> bool:
        """Return whether the name of a call matches. A call without such a name differs from every value."""
        if call not in named:
            return not equal
        return name is None or (name == value) == equal

    return holds
