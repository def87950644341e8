"""How a language writes values: one `Grammar` per language, and the walk over a tree of values that all share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.snippets.values import Handed, Value, Variable

_INT64 = 2**63


@dataclass(frozen=True)
class Brackets:
    """How a map or list is written. ``entry`` has the places ``{key}`` and ``{value}``, a list's has only ``{value}``."""

    opening: str
    closing: str
    empty: str
    entry: str
    separator: str = ","
    after_last: str = ","


@dataclass(frozen=True)
class Grammar:
    """A language: what starts a line comment, how one level is indented, and how each kind of value is written.

    ``inner_mapping`` and ``inner_sequence`` are for values inside others, where that makes a difference; ``key`` is for the
    keys of maps, and ``numbered`` for maps with the keys 0, 1, 2..., where a language would take them for a list.
    """

    comment: str
    text: Callable[[str], str]
    mapping: Brackets
    sequence: Brackets
    number: Callable[[int | float], str]
    handed: Callable[[Handed], str]
    true: str = "true"
    false: str = "false"
    null: str = "null"
    indent: str = "  "
    inner_mapping: Brackets | None = None
    inner_sequence: Brackets | None = None
    key: Callable[[str], str] | None = None
    numbered: Brackets | None = None


def write(value: Value, grammar: Grammar, depth: int = 0) -> str:
    """The value as a literal whose first line stands at ``depth`` levels of indentation."""
    return _write(value, grammar, depth, grammar.mapping, grammar.sequence)


def _write(value: Value, grammar: Grammar, depth: int, mapping: Brackets, sequence: Brackets) -> str:
    match value:
        case None:
            return grammar.null
        case bool():
            return grammar.true if value else grammar.false
        case int() | float():
            return grammar.number(value)
        case str():
            return grammar.text(value)
        case Handed():
            return grammar.handed(value)
        case Variable():
            return value.name
        case dict():
            if grammar.numbered and list(value) == [str(number) for number in range(len(value))]:
                mapping = grammar.numbered
            key = grammar.key or grammar.text
            entries = [
                mapping.entry.format(key=key(name), value=_inner(each, grammar, depth + 1))
                for name, each in value.items()
            ]
            return _enclose(mapping, entries, grammar.indent, depth)
        case list():
            elements = [sequence.entry.format(value=_inner(each, grammar, depth + 1)) for each in value]
            return _enclose(sequence, elements, grammar.indent, depth)


def _inner(value: Value, grammar: Grammar, depth: int) -> str:
    mapping, sequence = grammar.inner_mapping or grammar.mapping, grammar.inner_sequence or grammar.sequence
    return _write(value, grammar, depth, mapping, sequence)


def _enclose(brackets: Brackets, entries: list[str], indent: str, depth: int) -> str:
    if not entries:
        return brackets.empty
    inner = "\n" + indent * (depth + 1)
    lines = f"{brackets.separator}{inner}".join(entries)
    return f"{brackets.opening}{inner}{lines}{brackets.after_last}\n{indent * depth}{brackets.closing}"


def plain_number(number: int | float) -> str:
    """Digits as JSON has them, of any length."""
    return repr(number)


def number_of_64_bits(number: int | float) -> str:
    """Digits for a language whose integers have 64 bits: larger ones become decimals, as JSON readers take them."""
    return repr(number) if isinstance(number, float) or -_INT64 < number < _INT64 else repr(float(number))


def camel(part: str) -> str:
    """The name of a part of the hand-off where names are written like ``anonymousId``."""
    first, *rest = part.split("_")
    return first + "".join(word.capitalize() for word in rest)


def pascal(part: str) -> str:
    """The same where they are written like ``AnonymousId``."""
    return "".join(word.capitalize() for word in part.split("_"))
