"""Reads a whole text in one language: its call, what it sets on an event, or the object alone.

Used by `advisor.explain.parse.paste` and `shell`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from advisor.explain.parse.assignments import INTEGRATIONS, UPDATE, read_assignments
from advisor.explain.parse.branches import join_branches
from advisor.explain.parse.builders import INTEGRATION_STEPS, split_chain
from advisor.explain.parse.calls import Head, heads, load_heads, read_call
from advisor.explain.parse.conversion import Conversion
from advisor.explain.parse.dialects import Dialect
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.lisp import ClojureReader
from advisor.explain.parse.queues import find_lone_queued_object, find_queued_object
from advisor.explain.parse.requests import read_request
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import tokenize
from advisor.explain.parse.tree import Argument, Call, Choice, Constant, Entry, Function, Mapping, Name, Node, Opaque
from advisor.explain.parse.values import Invocation, Literal, Path, Value, Variable

_KEPT_NAMES = ("integrations", "options", "context")
_CAPITAL_FIELDS = ("go", "csharp")
_STRUCT_LANGUAGES = ("go", "rust")
_PAIR_SIGNS = (":", "=>")
_NOT_HERE = "the value of this isn’t here. Paste the object itself."
_MAX_REFUSED = 20
"""The number of unreadable calls after which no more are tried."""
_SETTERS = (*INTEGRATION_STEPS, UPDATE)
_CALLED = re.compile(r"ntegration")


def read_text(text: str, dialect: Dialect, *, wants_load: bool = False) -> Literal:
    """Return what a text holds. Raises `LiteralError` with the place and the reason."""
    tokens = tokenize(text, dialect)
    reader = ClojureReader(tokens) if dialect.language == "clojure" else Reader(tokens)
    return _TextReader(reader, wants_load=wants_load).read()


class _TextReader:
    def __init__(self, reader: Reader, *, wants_load: bool) -> None:
        self.reader, self.tokens = reader, reader.tokens
        self.conversion = Conversion(reader)
        self.wants_load = wants_load

    def read(self) -> Literal:
        tokens = self.tokens
        if not len(tokens) and tokens[0].kind == "end":
            raise tokens.error(0, "there is nothing here. Paste an object, such as { All: false }.")
        calls = list(heads(tokens))
        loads = list(load_heads(tokens))
        for found in (loads, calls) if self.wants_load else (calls, loads):
            if found:
                return replace(self._literal(*self._call(found)), loads=any(map(self._has_options, loads)))
        if (sent := read_request(self.conversion)) is not None:
            return self._literal(sent, 1)
        self.conversion.offsets[()] = tokens[0].start
        if (value := self._find_assigned_object()) is not None:
            return self._literal(value, 0)
        return self._literal(self._whole(), 0)

    def _has_options(self, head: Head) -> bool:
        """Return whether a call of ``analytics.load`` has more than the key."""
        opening = head.at + 1
        places = range(opening + 1, self.tokens.closing.get(opening, opening))
        return any(self.tokens[at].is_sign(",") and self.tokens.around[at] == opening for at in places)

    def _literal(self, value: Value | Invocation, calls: int) -> Literal:
        made = self.conversion
        return Literal(value, self.tokens.text, made.offsets, tuple(made.duplicates), calls)

    # A call.

    def _call(self, found: list[Head]) -> tuple[Invocation, int]:
        """Return the first call that has an integrations object, or else the first, and the number of calls."""
        read: list[tuple[Call, str, int, int]] = []
        refusal: LiteralError | None = None
        end = count = refused = 0
        for head in found:
            if head.at < end:
                continue
            count += 1
            if refused > _MAX_REFUSED:
                break
            try:
                call, name, end = read_call(self.reader, head)
            except LiteralError as error:
                refusal, refused = refusal or error, refused + 1
                continue
            read.append((call, name, head.first, end))
        if not read:
            assert refusal is not None
            raise refusal
        chosen = next((each for each in read if self._mentions(each[2], each[3])), read[0])
        if refusal is not None and chosen is read[0] and not self._mentions(chosen[2], chosen[3]):
            raise refusal
        return self._invocation(*chosen), count

    def _mentions(self, first: int, end: int) -> bool:
        begin, last = self.tokens[first].start, self.tokens[end - 1].end
        return _CALLED.search(self.tokens.text, begin, last) is not None

    def _invocation(self, call: Call, name: str, first: int, end: int) -> Invocation:
        self.conversion.offsets[()] = self.tokens[first].start
        base, steps = split_chain(call)
        base = base if isinstance(base, Call) else call
        is_builder = name.endswith("Message")
        made = self.conversion.invocation(base, name, steps + self._later_steps(first) if is_builder else [])
        outside = {} if is_builder else self._outside(call, first, end)
        if outside and self.reader.dialect.language in _STRUCT_LANGUAGES:
            return Invocation(made.name, made.arguments, self._with_later_object(made.keywords, outside[INTEGRATIONS]))
        return Invocation(made.name, made.arguments, made.keywords, outside)

    def _with_later_object(self, fields: dict[str, Value], value: Value) -> dict[str, Value]:
        """Return the fields of a struct with the object that a later statement sets; unknown if the struct has one, too."""
        own = next((name for name in fields if name.lower() == INTEGRATIONS), None)
        if own is not None:
            return {**fields, own: Variable("set in more than one place")}
        name = INTEGRATIONS.capitalize() if self.reader.dialect.language == "go" else INTEGRATIONS
        places = self.conversion.offsets
        places |= {(name, *path[2:]): at for path, at in places.items() if path[:2] == ("outside", INTEGRATIONS)}
        return {**fields, name: value}

    def _later_steps(self, first: int) -> list[Call]:
        """Return the method calls of later statements on the variable to which this call is assigned."""
        tokens = self.tokens
        if not tokens[first - 1].is_sign("=") or not tokens[first - 2].is_name() or first < 2:
            return []
        statements: list[tuple[int, Call]] = []
        variable = str(tokens[first - 2].value)
        for at in self.conversion.definitions.calls_on(variable):
            _, more = split_chain(self.conversion.definitions.apply_calls(Name(variable, 0), at))
            statements += [(at, step) for step in more]
        return [*join_branches(tokens, statements, first), *self._hidden_steps(variable)]

    def _hidden_steps(self, variable: str) -> list[Call]:
        """Return the steps on a builder that are no statements of their own, such as in a lambda; their keys aren't known."""
        tokens, statements = self.tokens, set(self.conversion.definitions.calls_on(variable))
        return [
            Call("integrationOptions", (Argument(Opaque(variable, token.start), token.start),) * 2, token.start)
            for at, token in enumerate(tokens.items)
            if token.is_name(variable)
            and at not in statements
            and tokens[at + 1].is_sign(".", "::")
            and tokens[at + 2].is_name(*INTEGRATION_STEPS)
        ]

    def _outside(self, call: Call, first: int, end: int) -> dict[str, Value]:
        """Return the fields that the text sets on an event elsewhere, such as in a plugin."""
        try:
            if (given := find_queued_object(self.reader, call, first)) is not None:
                is_null = isinstance(given, Constant) and given.value is None
                return {} if is_null else {INTEGRATIONS: self._value_at(given, ("outside", INTEGRATIONS))}
            before, after = (
                read_assignments(self.reader, 0, first),
                read_assignments(self.reader, end, len(self.tokens)),
            )
        except LiteralError:  # the call itself is readable
            return {}
        found = [node for name, node in {**after, **before}.items() if name.lower() == INTEGRATIONS]
        return {INTEGRATIONS: self._value_at(found[-1], ("outside", INTEGRATIONS))} if found else {}

    def _value_at(self, node: Node, path: Path) -> Value:
        self.conversion.offsets.setdefault(path, node.start)
        with self.conversion.setting_event():
            return self.conversion.value(node, path)

    # No call.

    def _find_assigned_object(self) -> Value | None:
        """Return the object that the text sets on an event, inside options, or None."""
        tokens = self.tokens
        if (given := find_lone_queued_object(self.reader)) is not None:
            return {INTEGRATIONS: self._value_at(given, (INTEGRATIONS,))}
        if not any(token.is_sign("=") or token.is_name(*_SETTERS) for token in tokens.items):
            return None
        words = (token for token in tokens.items if token.kind in ("name", "text"))
        if not any(_CALLED.search(str(token.value).casefold()) for token in words):
            return None
        node = self._options_alone() or read_assignments(self.reader, 0, len(tokens), declared=True)
        if isinstance(node, Mapping):
            return self.conversion.object(node, ())
        found = next((each for name, each in node.items() if name.lower() == INTEGRATIONS), None)
        if found is None:
            return None
        return {INTEGRATIONS: self._value_at(found, (INTEGRATIONS,))}

    def _options_alone(self) -> Mapping | None:
        """Return the object of ``new Options().setIntegration(…)``, or None."""
        for at, token in enumerate(self.tokens.items):
            if token.is_name("Options") and self.tokens[at + 1].is_sign("("):
                node, _ = self.reader.postfix(Name("Options", token.start), at + 1, statement=True)
                if self.tokens[at - 2].is_sign("=") and self.tokens[at - 3].is_name():
                    node = self.conversion.definitions.value(str(self.tokens[at - 3].value)) or node
                known = self.conversion.resolve_node(node)
                return known if isinstance(known, Mapping) else None
        return None

    def _whole(self) -> Value | Invocation:
        """Return the whole text as one value. Raises `LiteralError` if it is more or can't be read."""
        tokens, reader = self.tokens, self.reader
        if self._begins_with_key(0):
            return self.conversion.object(Mapping(tuple(self._members()), tokens[0].start), ())
        at = self._value_place()
        name = str(tokens[at - 2].value) if at else ""
        node, end = reader.expression(at, statement=True)
        while tokens[end].is_sign(";", ","):
            end += 1
        if tokens[end].kind != "end":
            raise tokens.unexpected(end, "the object has ended; nothing can follow it")
        if isinstance(node, Name) and self.conversion.resolve_node(node) is node:
            raise tokens.error(0, f"{node.text} is a name, and its value isn’t here. Paste the object itself.")
        if isinstance(node, Opaque | Function):
            raise tokens.error(at, _NOT_HERE)
        base, _ = split_chain(node)
        if isinstance(base, Call) and base is node and self.conversion.resolve_node(node) is node:
            self.conversion.offsets.pop((), None)
            return self._invocation(base, base.name, 0, end)
        last = name.rpartition(".")[2].lower()
        if last in _KEPT_NAMES:
            self.conversion.offsets[(last,)] = node.start
            return {last: self.conversion.value(node, (last,))}
        value = self.conversion.value(node, ())
        if isinstance(node, Choice) and isinstance(value, Variable):
            raise tokens.error(at, _NOT_HERE)
        return value

    def _value_place(self) -> int:
        """Return the index of the value, after a beginning such as ``const name =``."""
        tokens = self.tokens
        for at in range(min(len(tokens), 24)):
            if tokens[at].is_sign("=", ":=") and tokens[at - 1].kind in ("name", "sign"):
                return at + 1
            if tokens[at].kind not in ("name", "sign") or tokens[at].is_sign("{", "("):
                break
        return 0

    def _begins_with_key(self, at: int) -> bool:
        """Return whether a member without braces begins here: ``integrations: {…}``."""
        token = self.tokens[at]
        return token.kind in ("name", "text", "symbol") and self.tokens[at + 1].is_sign(*_PAIR_SIGNS)

    def _members(self) -> Iterable[Entry]:
        tokens, reader, at = self.tokens, self.reader, 0
        while tokens[at].kind != "end":
            if not self._begins_with_key(at):
                raise tokens.unexpected(at, "a key is needed here")
            value, end = reader.expression(at + 2)
            key = f"{tokens[at].value}"
            if reader.dialect.language in _CAPITAL_FIELDS and key.lower() == INTEGRATIONS:
                key = INTEGRATIONS
            yield Entry(key, value, tokens[at].start)
            while tokens[end].is_sign(";"):
                end += 1
            if tokens[end].kind != "end" and not tokens[end].is_sign(","):
                raise tokens.unexpected(end, "a comma or the end is needed here")
            at = end + tokens[end].is_sign(",")
