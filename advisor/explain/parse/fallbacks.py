"""Reads methods that replace an empty value by another: Kotlin's ``ifEmpty { … }``, Ruby's ``then { … }``.

Used by `constructs`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from advisor.explain.parse.choices import in_block
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tree import Call, Choice, Function, Name, Node

_FALLBACKS = {"kotlin": "ifEmpty", "ruby": "then"}


def is_fallback(step: Call, reader: Reader) -> bool:
    """Return whether a step may replace an empty value."""
    return _FALLBACKS.get(reader.dialect.language) == step.name


def fallback(step: Call, given: Node, reader: Reader) -> Node | None:
    """Return the choice of values that a step on a value gives, or None if it isn't known."""
    block = step.arguments[-1].value if step.arguments else None
    if not isinstance(block, Function) or not reader.tokens[block.first].is_sign("{"):
        return None
    with suppress(LiteralError):
        if step.name == "then":
            return _then(block, given, reader)
        other, _ = in_block(reader, block.first, block.first + 1)
        return None if other is None else Choice((given, other), step.start, step.text)
    return None


def _then(block: Function, given: Node, reader: Reader) -> Node | None:
    """Return the value of ``{ |given| given.empty? || given }``, or None for another kind of block."""
    tokens, at = reader.tokens, block.first
    if not (tokens[at + 1].is_sign("|") and tokens[at + 2].is_name() and tokens[at + 3].is_sign("|")):
        return None
    value, _ = in_block(reader, at, at + 4)
    return None if value is None else _bound(value, str(tokens[at + 2].value), given)


def _bound(node: Node, name: str, given: Node) -> Node:
    """Return a value in which ``name`` is replaced by ``given``."""
    if isinstance(node, Choice):
        return replace(node, alternatives=tuple(_bound(each, name, given) for each in node.alternatives))
    return given if isinstance(node, Name) and node.text == name else node
