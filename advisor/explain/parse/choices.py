"""Reads an expression that gives one of several values: ``allowed ? { … } : true``, ``{ … } or True``, ``a ?? b``.

Used by `expressions` and `fallbacks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Call, Choice, Constant, Name, Node, Opaque
from advisor.knowledge.libraries import Language

_Operator: TypeAlias = Literal["", "or", "?", ":", "if", "else"]
_ORS: Mapping[Language, frozenset[str]] = {
    "javascript": frozenset({"||", "??"}),
    "ruby": frozenset({"||"}),
    "python": frozenset({"or"}),
    "php": frozenset({"??"}),
    "csharp": frozenset({"??"}),
    "swift": frozenset({"??"}),
    "dart": frozenset({"??"}),
}
"""Operators that return one of their two sides. ``||`` is missing where it returns true or false."""
_ELVIS: frozenset[Language] = frozenset({"php", "kotlin", "objective-c"})
_CONDITIONAL: frozenset[Language] = frozenset(
    {"javascript", "ruby", "php", "java", "csharp", "swift", "dart", "objective-c"}
)
PREFIXED: frozenset[Language] = frozenset({"kotlin", "rust", "swift"})
"""Languages whose ``if`` is an expression."""
_PREDICATES = ("empty?", "nil?")


class Operands(Protocol):
    """A reader of the values between operators."""

    tokens: Tokens

    def operand(self, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read the value between two operators."""

    def expression(self, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read a whole expression."""

    def text(self, first: int, end: int) -> str:
        """Return the text of some tokens."""


@dataclass
class _Group:
    """Operands with ``or`` between them, and the operators before and after the group."""

    before: _Operator
    after: _Operator = ""
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_condition(self) -> bool:
        """Whether the group is a condition, and so never the value."""
        return self.after == "?" or self.before == "if"


def choice(reader: Operands, read: tuple[Node, int] | None, first: int, end: int, statement: bool) -> Choice | None:
    """Return the values between which the tokens from ``first`` to ``end`` choose, or None if they don't.

    ``read`` is the value already read at ``first``, so that nothing is read twice.
    """
    tokens = reader.tokens
    if tokens[first].is_name("if") and tokens.dialect.language in PREFIXED:
        with suppress(LiteralError):
            return _read_prefixed_if(reader, first, end)
        return None
    groups = _groups(tokens, first, end)
    signs = [each.after for each in groups]
    if signs.count("?") != signs.count(":") or signs.count("if") != signs.count("else"):
        return None
    spans = [span for each in groups if not each.is_condition for span in each.spans]
    if len(spans) < 2 or any(begin >= stop for begin, stop in spans):
        return None
    known = {first: read} if read else {}
    found = tuple(_alternative(reader, span, known.get(span[0]), statement) for span in spans)
    return Choice(found, tokens[first].start, reader.text(first, end))


def _groups(tokens: Tokens, first: int, end: int) -> list[_Group]:
    groups = [_Group("")]
    begin = first
    for operator, place, after in _operators(tokens, first, end):
        groups[-1].spans.append((begin, place))
        begin = after
        if operator != "or":
            groups[-1].after = operator
            groups.append(_Group(operator))
    groups[-1].spans.append((begin, end))
    return groups


def _operators(tokens: Tokens, first: int, end: int) -> Iterator[tuple[_Operator, int, int]]:
    """Yield the operators outside of brackets, with the index of each and the index after it."""
    language, place = tokens.dialect.language, first
    ors, is_conditional = _ORS.get(language, frozenset()), language in _CONDITIONAL
    while place < end:
        token = tokens[place]
        if token.kind in ("sign", "name") and token.value in ors:
            yield "or", place, place + 1
        elif token.is_sign("?") and tokens[place + 1].is_sign(":") and language in _ELVIS:
            yield "or", place, place + 2
            place += 1
        elif is_conditional and token.is_sign("?"):
            yield "?", place, place + 1
        elif is_conditional and token.is_sign(":"):
            yield ":", place, place + 1
        elif language == "python" and token.is_name("if"):
            yield "if", place, place + 1
        elif language == "python" and token.is_name("else"):
            yield "else", place, place + 1
        place = tokens.closing.get(place, place) + 1


def _alternative(reader: Operands, span: tuple[int, int], read: tuple[Node, int] | None, statement: bool) -> Node:
    """Return one of the values; one that can't be read, or contains other operators, is opaque."""
    first, end = span
    with suppress(LiteralError):
        node, at = read or reader.operand(first, statement=statement)
        if at == end:
            return _as_predicate(reader.tokens, node, end)
    return Opaque(reader.text(first, end), reader.tokens[first].start)


def _as_predicate(tokens: Tokens, node: Node, end: int) -> Node:
    """Return true for a Ruby predicate before ``||``: if it is false, the other side is the value."""
    asked = node.text if isinstance(node, Name) else node.name if isinstance(node, Call) else ""
    is_question = asked.rpartition(".")[2] in _PREDICATES and tokens.dialect.language == "ruby"
    return Constant(True, node.start) if is_question and tokens[end].is_sign("||") else node


def _read_prefixed_if(reader: Operands, first: int, end: int) -> Choice | None:
    """Return the choice of ``if (a) b else c`` or ``if a { b } else { c }``, or None without an ``else``."""
    tokens, place = reader.tokens, first
    found: list[Node] = []
    while tokens[place].is_name("if"):
        after = _after_condition(tokens, place + 1, end)
        node, place = (None, end) if after is None else _branch(reader, after)
        if node is None or not tokens[place].is_name("else") or place >= end:
            return None
        found.append(node)
        place += 1
    last, place = _branch(reader, place)
    if last is None or place != end:
        return None
    return Choice((*found, last), tokens[first].start, reader.text(first, end))


def _after_condition(tokens: Tokens, place: int, end: int) -> int | None:
    if tokens.dialect.language == "kotlin":
        return tokens.closing[place] + 1 if place in tokens.closing else None
    while place < end and not tokens[place].is_sign("{"):
        place = tokens.closing.get(place, place) + 1
    return place if place < end else None


def _branch(reader: Operands, place: int) -> tuple[Node | None, int]:
    """Return the value of a branch, None for a block of several statements, and the index after it."""
    if reader.tokens[place].is_sign("{"):
        return in_block(reader, place, place + 1)
    return reader.operand(place)


def in_block(reader: Operands, opening: int, first: int) -> tuple[Node | None, int]:
    """Return the only value in a block from the index ``first`` on, None if there are more, and the index after the block."""
    end = reader.tokens.closing.get(opening)
    if end is None or first >= end:
        return None, opening + 1
    node, at = reader.expression(first, statement=True)
    return node if at == end else None, end + 1
