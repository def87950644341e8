"""Looks up the values that the text itself gives to names: ``const options = { … }`` and later calls on it.

Used by `conversion`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from advisor.explain.parse.changes import CHANGES, is_removed_or_passed, is_statement, runs_after, sign_after_members
from advisor.explain.parse.constructs import simplify
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Call, Constant, Entry, Mapping, Name, Node, Opaque

_MAX_LOOKUPS = 30
"""The maximum number of lookups for one text, because each value may contain further names."""
_MAX_CHANGES = 100
_MAX_TYPE = 24
_DECLARES = frozenset({"const", "let", "var", "val", "final"})
_PUTS = ("setObject", "setValue")
_Change = Literal["call", "member", "message"]


@dataclass
class _Definition:
    """The indexes where a name gets its value, and where it is changed afterwards."""

    values: list[int] = field(default_factory=list)
    changes: list[tuple[_Change, int]] = field(default_factory=list)
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

    def dotted(self, name: str) -> Node | None:
        """Return the value of a member such as ``Keys.MIXPANEL``, if the text gives its object as a whole; else None."""
        first, *keys = name.split(".")
        node = self.value(first) if keys else None
        for key in keys:
            if not isinstance(node, Mapping) or any(each.key is None for each in node.entries):
                return None
            found = [each.value for each in node.entries if each.key == key]
            if len(found) != 1:
                return None
            node = found[0]
        return node

    def _apply_changes(self, definition: _Definition) -> Node | None:
        """Return the value of a definition after all its changes, or None if one of them can't be followed."""
        first = definition.values[0]
        if len(definition.changes) > _MAX_CHANGES:
            return None
        node: Node | None
        node, _ = self.reader.expression(first, statement=True)
        for kind, at in definition.changes:
            is_certain = runs_after(self.reader.tokens, first, at - (kind == "message"))
            if kind == "call":
                node = self.apply_calls(node, at, is_certain=is_certain)
                continue
            node = node if isinstance(node, Mapping) else simplify(node, self.reader)
            if not isinstance(node, Mapping):
                return None
            change = self._with_member if kind == "member" else self._with_message
            node = change(node, at, is_certain)
            if node is None:
                return None
        return node

    def apply_calls(self, node: Node, at: int, *, is_certain: bool = True) -> Node:
        """Return a node followed by the method calls of the statement that begins with its name at ``at``.

        What is set in a branch, and so not ``is_certain``, is unknown.
        """
        name = self.reader.tokens[at]
        called, _ = self.reader.postfix(Name(str(name.value), name.start), at + 1, statement=True)
        return _rebase(called if is_certain else _in_branch(called), node)

    def _with_member(self, node: Mapping, at: int, is_certain: bool) -> Mapping | None:
        """Return an object with the member that the statement at ``at`` sets, such as ``options.integrations["All"] = …``."""
        reader, tokens = self.reader, self.reader.tokens
        keys: list[tuple[str | None, int]] = []
        place = at + 1
        while not tokens[place].is_sign("="):
            if tokens[place].is_sign("["):
                key, _ = reader.expression(place + 1)
                keys.append((f"{key.value}" if isinstance(key, Constant) else None, tokens[place + 1].start))
                place = reader.closing(place) + 1
            else:
                keys.append((str(tokens[place + 1].value), tokens[place + 1].start))
                place += 2
        value, end = reader.expression(place + 1, statement=True)
        value = value if is_certain else Opaque(reader.text(at, end), value.start)
        return _with_value(node, keys, value, reader)

    def _with_message(self, node: Mapping, at: int, is_certain: bool) -> Mapping | None:
        """Return an object with the entry of Objective-C's ``[object setObject:value forKey:key]``."""
        sent, _ = self.reader.expression(at - 1)
        given = sent.arguments if isinstance(sent, Call) and sent.name in _PUTS else ()
        if len(given) != 2 or given[1].name not in ("forKey", "forKeyedSubscript"):
            return None
        key = given[1].value
        value = given[0].value if is_certain else Opaque(self.reader.text(at - 1, at), key.start)
        text = f"{key.value}" if isinstance(key, Constant) else None
        return Mapping((*node.entries, Entry(text, value, key.start)), node.start, node.type)


def _with_value(node: Mapping, keys: list[tuple[str | None, int]], value: Node, reader: Reader) -> Mapping | None:
    """Return an object whose member under these keys has a new value; None if an object in between isn't in the text."""
    (key, start), rest = keys[0], keys[1:]
    if rest:
        inner = next((each.value for each in node.entries if each.key == key), None)
        known = inner if isinstance(inner, Mapping) else simplify(inner, reader) if inner is not None else None
        if key is None or not isinstance(known, Mapping):
            return None
        changed = _with_value(known, rest, value, reader)
        if changed is None:
            return None
        value = changed
    kept = tuple(each for each in node.entries if each.key != key or key is None)
    return Mapping((*kept, Entry(key, value, start)), node.start, node.type)


def _in_branch(called: Node) -> Node:
    """Return a chain of calls whose last arguments, the values that they set, are unknown."""
    if not isinstance(called, Call):
        return called
    receiver = None if called.receiver is None else _in_branch(called.receiver)
    hidden = tuple(replace(each, value=Opaque(f"if … {called.text}", each.start)) for each in called.arguments[-1:])
    return Call(called.name, (*called.arguments[:-1], *hidden), called.start, receiver, called.text)


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
    is_declared = tokens[at - 1].is_name(*_DECLARES) or (tokens.dialect.language == "python" and tokens[at].fresh)
    if is_declared and follows.is_sign(":"):
        value = _after_type(tokens, at + 2)
        if value is not None:
            definition.values.append(value)
        return
    in_call = tokens.around[at] >= 0 and tokens[tokens.around[at]].is_sign("(")
    if follows.is_sign("=", ":=") and not in_call:
        definition.values.append(at + 2)
    elif (follows.kind == "sign" and follows.value in CHANGES and not in_call) or is_removed_or_passed(tokens, at):
        definition.unclear = True
    elif (sign := sign_after_members(tokens, at)) is not None:
        if sign == "=" and is_statement(tokens, at):
            definition.changes.append(("member", at))
        else:
            definition.unclear = True
    elif tokens.dialect.language == "objective-c" and tokens[at - 1].is_sign("[") and follows.is_name():
        if is_statement(tokens, at - 1):
            definition.changes.append(("message", at))
    elif (
        follows.kind == "sign"
        and follows.value in tokens.dialect.links
        and is_statement(tokens, at)
        and tokens[at + 2].is_name()
        and tokens[at + 3].is_sign("(")
    ):
        definition.changes.append(("call", at))


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
