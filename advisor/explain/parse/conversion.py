"""Converts the tree of a call into values, and records where every key is. Used by `requests` and `texts`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from advisor.document_limits import MAX_DEPTH
from advisor.explain.parse.assignments import INTEGRATIONS, read_assignments
from advisor.explain.parse.builders import INTEGRATION_STEPS, split_chain
from advisor.explain.parse.constructs import simplify
from advisor.explain.parse.definitions import Definitions
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.joining import join_values
from advisor.explain.parse.source import error_at, shorten_code
from advisor.explain.parse.tree import Argument, Call, Choice, Constant, Entry, Function, Mapping, Name, Node, Sequence
from advisor.explain.parse.values import Closure, Invocation, OpenObject, Path, Value, Variable

_OWN = re.compile(r"([\w$]*)[)\]]?\s*[?!]?\.\s*[iI]ntegrations\b")
"""A spread of an object's own integrations. Those of an event are empty when a call is made."""
_NO_EVENTS = frozenset({"options", "opts", "option", "params", "config", "settings", "defaults", "message", "msg"})
_SPREAD = re.compile(r"[.*]{2,3}")
_PLAIN_NAME = re.compile(r"[@$]*[^\W\d][\w$]*\Z|\$[\w$]*\Z")


class Conversion:
    """Converts the nodes of one text into values, and collects the places of keys and the duplicate keys."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.definitions = reader, Definitions(reader)
        self.offsets: dict[Path, int] = {}
        self.duplicates: list[Path] = []
        self._depth = 0
        self._sets_event = False

    def value(self, node: Node, path: Path) -> Value:
        """Return the value of a node inside an object: functions and unknown values become a `Variable`."""
        self._depth += 1
        if self._depth > MAX_DEPTH + 2:
            raise error_at(self.reader.tokens.text, node.start, f"objects can be nested {MAX_DEPTH} deep, not deeper.")
        try:
            return self._value(node, path)
        finally:
            self._depth -= 1

    def _value(self, node: Node, path: Path) -> Value:
        known = self.resolve_node(node)
        if isinstance(known, Constant):
            return known.value
        if isinstance(known, Mapping):
            return self.object(known, path)
        if isinstance(known, Sequence):
            return [self._item(item, (*path, place)) for place, item in enumerate(known.items)]
        if isinstance(known, Choice):
            return join_values([self.value(each, path) for each in known.alternatives], text_of(known))
        return Variable(text_of(node))

    def _item(self, node: Node, path: Path) -> Value:
        self.offsets[path] = node.start
        return self.value(node, path)

    def resolve_node(self, node: Node) -> Node:
        """Return the node that names and builders stand for, as far as it is in the text."""
        if isinstance(node, Name) and _PLAIN_NAME.match(node.text):
            defined = self.definitions.value(node.text)
            node = self.resolve_node(defined) if defined is not None else node
        elif isinstance(node, Name) and "." in node.text:
            defined = self.definitions.dotted(node.text)
            node = self.resolve_node(defined) if defined is not None else node
        if isinstance(node, Call):
            base, steps = split_chain(node)
            if steps and isinstance(base, Name):
                node = _onto(self.resolve_node(base), steps)
        made = simplify(node, self.reader)
        if made is None or made is node:
            return node
        return made if isinstance(made, Mapping | Constant | Sequence | Choice) else self.resolve_node(made)

    def object(self, mapping: Mapping, path: Path) -> dict[str, Value]:
        """Return an object. Entries that a spread may overwrite are unknown."""
        found: dict[str, Value] = {}
        written: set[str] = set()
        rest: str | None = None
        for entry in self._entries(mapping):
            if entry.key is None:
                text = self._spread_sign(entry) + text_of(entry.value)
                if self._is_own_spread(entry):
                    continue
                rest = text
                if entry.spread:  # its entries overwrite the earlier ones
                    found = {key: Variable(text) for key in found}
                continue
            here = (*path, entry.key)
            if entry.key in written and not entry.spread:
                self.duplicates.append(here)
            if not entry.spread:
                written.add(entry.key)
            self.offsets[here] = entry.start
            found[entry.key] = self.value(entry.value, here)
        if rest is None:
            return found
        opened = OpenObject(found)
        opened.rest = rest
        return opened

    def _is_own_spread(self, entry: Entry) -> bool:
        """Return whether an entry spreads the integrations of the event whose integrations are set."""
        owner = _OWN.search(text_of(entry.value)) if entry.spread and self._sets_event else None
        return owner is not None and owner[1].lower() not in _NO_EVENTS

    def _spread_sign(self, entry: Entry) -> str:
        """Return the sign of a spread: ``...`` or ``**``."""
        sign = _SPREAD.match(self.reader.tokens.text, entry.start) if entry.spread else None
        return sign[0] if sign and not text_of(entry.value).startswith(sign[0]) else ""

    def _entries(self, mapping: Mapping) -> Iterator[Entry]:
        """Yield the entries, including those of objects that are spread."""
        for entry in mapping.entries:
            known = self.resolve_node(entry.value) if entry.spread else None
            if isinstance(known, Mapping):
                yield from (replace(each, spread=True) for each in known.entries)
            else:
                yield entry

    # Calls.

    def argument(self, node: Node, path: Path) -> Value:
        """Return the value of an argument: a function becomes a `Closure` with the fields that it sets."""
        known = self.resolve_node(node)
        if isinstance(known, Sequence) and len(known.items) == 1 and isinstance(known.items[0], Function):
            known = known.items[0]  # Swift takes a list of enrichments
        if not isinstance(known, Function):
            return self.value(node, path)
        self.offsets.setdefault(path, known.start)
        return Closure(known.text, self.read_assignments(known.first, known.last, path))

    def read_assignments(self, first: int, last: int, path: Path) -> dict[str, Value]:
        """Return the fields that the tokens from ``first`` to ``last`` set on an event."""
        with self.setting_event():
            return {
                name: self._item(node, (*path, name))
                for name, node in read_assignments(self.reader, first, last).items()
            }

    @contextmanager
    def setting_event(self) -> Iterator[None]:
        """Convert what is set on an event, rather than the arguments of a call."""
        before, self._sets_event = self._sets_event, True
        try:
            yield
        finally:
            self._sets_event = before

    def invocation(self, call: Call, name: str, steps: list[Call]) -> Invocation:
        """Return a call with its arguments; further calls on a builder become named arguments."""
        arguments: list[Value] = []
        keywords: dict[str, Value] = {}
        for each in call.arguments:
            self._add(each, arguments, keywords)
        entries = []
        for step in steps:
            if step.name in INTEGRATION_STEPS:
                entries.append(INTEGRATION_STEPS[step.name](step))
            elif step.arguments:
                self._add(Argument(step.arguments[-1].value, step.start, step.name), arguments, keywords)
        if entries:
            self.offsets[(INTEGRATIONS,)] = entries[0].start
            keywords[INTEGRATIONS] = self.object(Mapping(tuple(entries), entries[0].start), (INTEGRATIONS,))
        return Invocation(name, arguments, keywords)

    def _add(self, argument: Argument, arguments: list[Value], keywords: dict[str, Value]) -> None:
        if argument.spread and not isinstance(self.resolve_node(argument.value), Mapping):
            keywords.setdefault("**", Variable(text_of(argument.value)))
            return
        if argument.spread:
            mapping = self.resolve_node(argument.value)
            assert isinstance(mapping, Mapping)
            keywords.update(self.object(mapping, ()))
            return
        if argument.name is not None:
            path: Path = (argument.name,)
            if argument.name in keywords:
                self.duplicates.append(path)
            self.offsets[path] = argument.start
            keywords[argument.name] = self.argument(argument.value, path)
            return
        path = (len(arguments),)
        self.offsets[path] = argument.start
        arguments.append(self.argument(argument.value, path))


def _onto(base: Node, steps: list[Call]) -> Node:
    for step in steps:
        base = Call(step.name, step.arguments, step.start, base, step.text)
    return base


def text_of(node: Node) -> str:
    """Return an expression as it was written, shortened."""
    if isinstance(node, Constant):
        return shorten_code(f"{node.value}")
    if isinstance(node, Mapping | Sequence):
        return node.type or "…"
    return shorten_code(node.text)
