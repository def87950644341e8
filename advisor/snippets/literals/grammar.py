"""Defines how a language writes values: one `Grammar` per language, and the common code that writes a tree of values."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from advisor.snippets.values import Handed, Settings, Value, Variable

_INT64 = 2**63


def nothing_set(values: tuple[str, ...], _settings: str) -> str:
    """Raise `TypeError`: the calls of apps take nothing from a hand-off."""
    raise TypeError(f"an app takes nothing from a hand-off: {values}")


@dataclass(frozen=True)
class Brackets:
    """How a map or list is written. ``entry`` contains ``{key}`` and ``{value}``, for a list only ``{value}``.

    ``maybe`` is the form of an entry that is left out of the map if its value is missing at run time.
    """

    opening: str
    closing: str
    empty: str
    entry: str
    separator: str = ","
    after_last: str = ","
    maybe: str | None = None


@dataclass(frozen=True)
class Grammar:
    """A language: what starts a line comment, how one level is indented, and how each kind of value is written.

    ``inner_mapping`` and ``inner_sequence`` are for values inside others, if they differ; ``key`` is for the keys of maps, and
    ``numbered`` for maps with the keys 0, 1, 2..., which the language would otherwise take as a list.
    ``present`` removes from a map the values that the hand-off doesn't have; the library would send them as null. Its second
    argument are the keys, as literals, whose null is intended and stays. ``takes_null`` says whether the library accepts a
    map with nulls; if not, ``present`` removes every null.
    ``settings`` takes the values of a map, and the map, and returns an expression that is true if the hand-off has no value.
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
    present: Callable[[str, tuple[str, ...]], str] | None = None
    takes_null: bool = True
    settings: Callable[[tuple[str, ...], str], str] = field(default=nothing_set)


def write(value: Value, grammar: Grammar, depth: int = 0) -> str:
    """Return the value as a literal whose first line is at ``depth`` levels of indentation."""
    return _write(value, grammar, depth, grammar.mapping, grammar.sequence)


def _write(value: Value, grammar: Grammar, depth: int, mapping: Brackets, sequence: Brackets) -> str:
    if isinstance(value, Settings):
        return _write_settings(value, grammar, depth)
    match value:
        case None:
            return grammar.null
        case bool():
            return grammar.true if value else grammar.false
        case int() | float():
            return grammar.number(value)
        case str():
            return grammar.text(value)
        case Handed() | Variable():
            return grammar.handed(value) if isinstance(value, Handed) else value.name
        case dict():
            return _write_mapping(value, grammar, depth, mapping)
        case list():
            elements = [sequence.entry.format(value=_inner(each, grammar, depth + 1)) for each in value]
            return _enclose(sequence, elements, grammar.indent, depth)


def _write_mapping(value: dict[str, Value], grammar: Grammar, depth: int, mapping: Brackets) -> str:
    nulls = tuple(name for name, each in value.items() if each is None)
    has_gaps = any(_may_be_missing(each) for each in value.values())
    present = grammar.present if has_gaps or (nulls and not grammar.takes_null) else None
    if present:
        mapping = grammar.mapping
    elif grammar.numbered and list(value) == [str(number) for number in range(len(value))]:
        mapping = grammar.numbered
    entries = [_entry(name, each, grammar, depth + 1, mapping) for name, each in value.items()]
    text = _enclose(mapping, entries, grammar.indent, depth)
    return present(text, tuple(map(grammar.text, nulls)) if grammar.takes_null else ()) if present else text


def _write_settings(value: Settings, grammar: Grammar, depth: int) -> str:
    mapping = grammar.mapping
    entries = [
        (mapping.maybe or mapping.entry).format(key=(grammar.key or grammar.text)(name), value=grammar.handed(each))
        for name, each in value.options.items()
    ]
    text = _enclose(mapping, entries, grammar.indent, depth)
    return grammar.settings(tuple(map(grammar.handed, value.options.values())), text)


def _may_be_missing(value: Value) -> bool:
    return isinstance(value, Handed) and value.key is not None


def _entry(name: str, value: Value, grammar: Grammar, depth: int, mapping: Brackets) -> str:
    form = mapping.maybe if mapping.maybe and _may_be_missing(value) else mapping.entry
    return form.format(key=(grammar.key or grammar.text)(name), value=_inner(value, grammar, depth))


def _inner(value: Value, grammar: Grammar, depth: int) -> str:
    mapping, sequence = grammar.inner_mapping or grammar.mapping, grammar.inner_sequence or grammar.sequence
    return _write(value, grammar, depth, mapping, sequence)


def _enclose(brackets: Brackets, entries: list[str], indent: str, depth: int) -> str:
    if not entries:
        return brackets.empty
    inner = "\n" + indent * (depth + 1)
    lines = f"{brackets.separator}{inner}".join(entries)
    return f"{brackets.opening}{inner}{lines}{brackets.after_last}\n{indent * depth}{brackets.closing}"


def number_of_64_bits(number: int | float) -> str:
    """Return a number as digits, an integer beyond 64 bits as a decimal: see `within_64_bits`."""
    return repr(within_64_bits(number))


def within_64_bits(number: int | float) -> int | float:
    """Return the number, or for an integer beyond 64 bits the nearest float, at most the largest one.

    Most languages have no literals for longer integers, and Segment's JSON readers don't accept them.
    """
    if isinstance(number, float) or -_INT64 < number < _INT64:
        return number
    try:
        return float(number)
    except OverflowError:
        return sys.float_info.max if number > 0 else -sys.float_info.max


def from_handoff(
    text: Callable[[str], str],
    spelled: Callable[[str], str],
    place: str = "handoff.{}",
    entry: str = "{}[{}]",
) -> Callable[[Handed], str]:
    """Return a function that writes a value of the hand-off: ``place`` reads its part, ``entry`` looks up a key in that."""

    def write_handed(value: Handed) -> str:
        part = place.format(spelled(value.part))
        return part if value.key is None else entry.format(part, text(value.key))

    return write_handed


def refuse_handed(value: Handed) -> str:
    """Raise `TypeError`: the calls of apps take nothing from a hand-off."""
    raise TypeError(f"an app takes nothing from a hand-off: {value}")


def camel(part: str) -> str:
    """Return the name of a part of the hand-off in the style of ``anonymousId``."""
    first, *rest = part.split("_")
    return first + "".join(word.capitalize() for word in rest)


def pascal(part: str) -> str:
    """Return the name of a part of the hand-off in the style of ``AnonymousId``."""
    return "".join(word.capitalize() for word in part.split("_"))
