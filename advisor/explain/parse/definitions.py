"""Looks up the values that the text itself gives to names: ``const options = { … }`` and later calls on it.

Used by `conversion`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Call, Entry, Mapping, Name, Node

_MAX_LOOKUPS = 30
"""The maximum number of lookups for one text, because each value may contain further names."""
_MAX_TYPE = 24
_CHANGES = frozenset({"=", "+=", "||=", "??=", ":=", "-="})
_DECLARES = frozenset({"const", "let", "var", "val", "final"})
_BEFORE_STATEMENT = frozenset("{};)")


@dataclass
class _Definition:
    """The indexes where a name gets its value, and where it is changed afterwards."""

    values: list[int] = field(default_factory=list)
    changes: list[tuple[Literal["call", "entry"], int]] = field(default_factory=list)
    unclear: bool = False


class Definitions:
    """The names of one text. A name that is set twice, or changed in an unsupported way, is unknown."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._found = _definitions(reader.tokens)
        self._read: dict[str, Node | None] = {}
        self._lookups = 0

    def value(self, name: str) -> Node | None:
        """Return the expression that a name stands for, with its later changes, or None if it is unknown."""
        definition = self._found.get(name)
        self._lookups += 1
        if definition is None or len(definition.values) != 1 or definition.unclear or self._lookups > _MAX_LOOKUPS:
            return None
        if name not in self._read:
            self._read[name] = None  # a name that refers to itself is unknown
            with suppress(LiteralError):  # what can't be read is unknown
                self._read[name] = self._apply_changes(definition)
        return self._read[name]

    def calls_on(self, name: str) -> list[int]:
        """Return the indexes of statements that call methods on a name."""
        definition = self._found.get(name)
        return [at for kind, at in definition.changes if kind == "call"] if definition else []

    def _apply_changes(self, definition: _Definition) -> Node:
        node, _ = self.reader.expression(definition.values[0], statement=True)
        for kind, at in definition.changes:
            if kind == "call":
                node = self.apply_calls(node, at)
            elif isinstance(node, Mapping):
                node = self._with_entry(node, at)
        return node

    def apply_calls(self, node: Node, at: int) -> Node:
        """Return a node followed by the method calls of the statement that begins with its name at ``at``."""
        name = self.reader.tokens[at]
        called, _ = self.reader.postfix(Name(str(name.value), name.start), at + 1, statement=True)
        return _rebase(called, node)

    def _with_entry(self, node: Mapping, at: int) -> Node:
        tokens = self.reader.tokens
        end = self.reader.closing(at + 1)
        key, _ = self.reader.expression(at + 2)
        value, _ = self.reader.expression(end + 2, statement=True)
        text = f"{key.value}" if hasattr(key, "value") else None
        return Mapping((*node.entries, Entry(text, value, tokens[at + 2].start)), node.start, node.type)


def _rebase(called: Node, node: Node) -> Node:
    """Return a chain of calls with another node at its beginning."""
    steps: list[Call] = []
    while isinstance(called, Call) and called.receiver is not None:
        steps.append(called)
        called = called.receiver
    if isinstance(called, Call):  # name.method(…): the name is part of the call's own
        node = Call(called.method, called.arguments, called.start, node, called.text)
    for step in reversed(steps):
        node = Call(step.name, step.arguments, step.start, node, step.text)
    return node


def _definitions(tokens: Tokens) -> dict[str, _Definition]:
    found: dict[str, _Definition] = {}
    links, is_lisp = tokens.dialect.links, tokens.dialect.language == "clojure"
    for at, token in enumerate(tokens.items):
        if token.kind != "name" or (tokens[at - 1].kind == "sign" and tokens[at - 1].value in links and at):
            continue
        if is_lisp:
            if tokens[at - 1].is_name("def") and at > 1:
                found.setdefault(str(token.value), _Definition()).values.append(at + 1)
            continue
        definition = found.setdefault(str(token.value), _Definition())
        _note(tokens, at, definition)
    return found


def _note(tokens: Tokens, at: int, definition: _Definition) -> None:
    """Record what the text does with the name at ``at``."""
    follows = tokens[at + 1]
    if tokens[at - 1].is_name(*_DECLARES) and follows.is_sign(":"):
        value = _after_type(tokens, at + 2)
        if value is not None:
            definition.values.append(value)
        return
    in_call = tokens.around[at] >= 0 and tokens[tokens.around[at]].is_sign("(")
    if follows.is_sign("=", ":=") and not in_call:
        definition.values.append(at + 2)
    elif follows.kind == "sign" and follows.value in _CHANGES and not in_call:
        definition.unclear = True
    elif follows.is_sign("[") and at + 1 in tokens.closing and tokens[tokens.closing[at + 1] + 1].is_sign("="):
        definition.changes.append(("entry", at))
    elif follows.kind == "sign" and follows.value in tokens.dialect.links and _is_statement(tokens, at):
        if tokens[at + 2].is_name() and tokens[at + 3].is_sign("("):
            definition.changes.append(("call", at))
        else:
            definition.unclear = definition.unclear or _is_assigned(tokens, at)


def _is_statement(tokens: Tokens, at: int) -> bool:
    before = tokens[at - 1] if at else None
    return before is None or tokens[at].fresh or (before.kind == "sign" and before.value in _BEFORE_STATEMENT)


def _is_assigned(tokens: Tokens, at: int) -> bool:
    """Return whether a member of the name at ``at`` is set: ``options.context = …``."""
    while tokens[at + 1].kind == "sign" and tokens[at + 1].value in tokens.dialect.links and tokens[at + 2].is_name():
        at += 2
    return tokens[at + 1].kind == "sign" and tokens[at + 1].value in _CHANGES


def _after_type(tokens: Tokens, at: int) -> int | None:
    """Return the index after the equals sign that follows a type, or None."""
    depth = 0
    for place in range(at, at + _MAX_TYPE):
        token = tokens[place]
        depth += token.is_sign("<", "[", "(", "{") - token.is_sign(">", "]", ")", "}")
        if token.is_sign("="):
            return place + 1
        if depth < 0 or token.is_sign(";") or (token.is_sign(",") and not depth) or token.kind == "end":
            return None
    return None
