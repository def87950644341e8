"""Looks up the values that the text itself gives to names: ``const options = { … }`` and later calls on it.

Used by `conversion`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from advisor.explain.parse.constructs import simplify
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Call, Constant, Entry, Mapping, Name, Node, Opaque

_MAX_LOOKUPS = 30
"""The maximum number of lookups for one text, because each value may contain further names."""
_MAX_TYPE = 24
_CHANGES = frozenset({"=", "+=", "||=", "&&=", "??=", ":=", "-="})
_DECLARES = frozenset({"const", "let", "var", "val", "final"})
_BEFORE_STATEMENT = frozenset("{};)")
_REMOVES = ("delete", "del")
_CHANGES_FIRST = frozenset({"assign", "extend", "merge", "defaults", "defineProperty", "unset", "delete"})
"""Functions that change their first argument: ``Object.assign(options, …)``, ``unset($options['All'])``."""
_LOOPS = ("if", "while", "for", "switch", "catch")
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
            found = [each for each in node.entries if each.key == key] if isinstance(node, Mapping) else []
            if len(found) != 1 or any(each.key is None for each in node.entries):  # type: ignore[union-attr]
                return None
            node = found[0].value
        return node

    def _apply_changes(self, definition: _Definition) -> Node | None:
        """Return the value of a definition after all its changes, or None if one of them can't be followed."""
        first = definition.values[0]
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


def runs_after(tokens: Tokens, first: int, at: int) -> bool:
    """Return whether the statement at ``at`` always runs once that at ``first`` has run: it is in no branch or loop of its own."""
    if tokens[at - 1].is_name("else", "do"):
        return False
    if tokens.dialect.language in ("python", "ruby"):
        return _indentation(tokens, at) <= _indentation(tokens, first)
    if tokens[at - 1].is_sign(")") and tokens[tokens.opening.get(at - 1, 0) - 1].is_name(*_LOOPS):
        return False
    around, outer = tokens.around[at], tokens.around[first]
    return around == outer or (0 <= around <= outer)


def _indentation(tokens: Tokens, at: int) -> int:
    start = tokens[at].start
    line = tokens.text[tokens.text.rfind("\n", 0, start) + 1 : start]
    return len(line) - len(line.lstrip())


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
    elif tokens[at - 1].is_name(*_REMOVES) or _is_changed_by_function(tokens, at):
        definition.unclear = True
    elif (sign := _sign_after_members(tokens, at)) is not None:
        if sign == "=" and _is_statement(tokens, at):
            definition.changes.append(("member", at))
        else:
            definition.unclear = True
    elif tokens.dialect.language == "objective-c" and tokens[at - 1].is_sign("[") and follows.is_name():
        if _is_statement(tokens, at - 1):
            definition.changes.append(("message", at))
    elif (
        follows.kind == "sign"
        and follows.value in tokens.dialect.links
        and _is_statement(tokens, at)
        and tokens[at + 2].is_name()
        and tokens[at + 3].is_sign("(")
    ):
        definition.changes.append(("call", at))


def _is_statement(tokens: Tokens, at: int) -> bool:
    before = tokens[at - 1] if at else None
    return before is None or tokens[at].fresh or (before.kind == "sign" and before.value in _BEFORE_STATEMENT)


def _is_changed_by_function(tokens: Tokens, at: int) -> bool:
    """Return whether the name at ``at`` is the first argument of a statement that changes it: ``Object.assign(name, …)``."""
    opening = tokens.around[at]
    if opening != at - 1 or opening < 1 or not tokens[opening].is_sign("(") or not tokens[opening - 1].is_name(*_CHANGES_FIRST):
        return False
    first = opening - 1
    while first > 1 and tokens[first - 1].kind == "sign" and tokens[first - 1].value in tokens.dialect.links:
        first -= 2
    return _is_statement(tokens, first)


def _sign_after_members(tokens: Tokens, at: int) -> str | None:
    """Return the sign that changes a member of the name at ``at``, such as that of ``options.integrations["All"] = …``, or None."""
    place = at + 1
    while True:
        token = tokens[place]
        if token.is_sign("[") and place in tokens.closing:
            place = tokens.closing[place] + 1
        elif token.kind == "sign" and token.value in tokens.dialect.links and tokens[place + 1].is_name():
            place += 2
        else:
            break
    sign = str(tokens[place].value)
    return sign if place > at + 1 and tokens[place].kind == "sign" and sign in _CHANGES else None


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
