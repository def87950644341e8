"""Recognises objects that are written without braces: map functions, blocks, wrappers.

`simplify` turns a call into the object that it returns, or returns None if that can't be known. Used by `conversion`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from advisor.explain.parse.assignments import INTEGRATIONS, read_assignments
from advisor.explain.parse.builders import go_integrations, key_of, options, split_chain
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.fallbacks import fallback, is_fallback
from advisor.explain.parse.tree import (
    Argument,
    Call,
    Choice,
    Constant,
    Entry,
    Function,
    Mapping,
    Name,
    Node,
    Opaque,
    Sequence,
)

_WRAPPERS = frozenset({
    "Some", "json!", "JSON", "Object.freeze", "structuredClone", "from", "JsonPrimitive", "JsonObject", "numberWithBool",
    "copyOf", "HashMap", "LinkedHashMap", "dict", "Hash", "unmodifiable", "Dictionary", "present", "Present", "valueOf",
    "Bool", "stringify", "dumps", "json_encode", "encode", "stringWithString", "dictionaryWithDictionary", "JsonBool",
})  # fmt: skip
"""Functions that return their argument; our own snippets remove absent values with ``present``."""
_SETTINGS = frozenset({"settings", "Settings"})
"""Functions of our own snippets for the settings of a destination: they return true if none of them has a value."""
_SAME = frozenset({
    "to_owned", "to_string", "into", "clone", "freeze", "dup", "build", "toMap", "toJsonObject", "copy", "unwrap", "to_h",
    "toMutableMap", "with_indifferent_access", "stringify_keys", "cast", "toString", "mutableCopy", "Clone", "buildOrThrow",
})  # fmt: skip
"""Methods that return their receiver."""
_MAP_BLOCKS = frozenset({"buildJsonObject", "buildMap"})
_EMPTY_MAPS = frozenset({
    "HashMap", "LinkedHashMap", "TreeMap", "ConcurrentHashMap", "Properties", "Traits", "Dictionary", "JsonObject", "Dict",
    "NewProperties", "NewTraits", "builder", "emptyMap", "ValueMap", "Builder", "Map", "dict", "Object", "Hash", "mapOf",
    "mutableMapOf", "NSMutableDictionary", "Map.of",
})  # fmt: skip
_MADE_EMPTY = frozenset({"alloc", "init", "new", "dictionary", "dictionaryWithCapacity", "initWithCapacity"})
"""Messages to a dictionary of Objective-C that give an empty one."""
_BLOCKS = ("apply", "also")
_PAIRS = frozenset({"to", "Pair", "entry"})
_SETTERS = frozenset({
    "put", "putValue", "set", "Set", "Add", "add", "insert", "putJsonObject", "setObject", "SetValue",
})  # fmt: skip
_MERGES = frozenset({"merge", "merge!", "update", "plus", "putAll"})
_BOOLEANS = {
    "Boolean.TRUE": True,
    "Boolean.FALSE": False,
    "JsonBool.True": True,
    "JsonBool.False": False,
    "JsonNull": None,
    "JsonNull.Instance": None,
}


def simplify(node: Node, reader: Reader) -> Node | None:
    """Return the value, object or list that a call or a name gives, or None if it isn't known."""
    if isinstance(node, Name):
        return Constant(_BOOLEANS[node.text], node.start) if node.text in _BOOLEANS else None
    if not isinstance(node, Call):
        return None
    base, steps = split_chain(node)
    if steps:
        return _simplify_chain(base, steps, reader)
    return _simplify_function(node, reader)


def _simplify_function(call: Call, reader: Reader) -> Node | None:
    """Return the result of a function, recognised by its name, or None."""
    values = [each.value for each in call.arguments]
    name = call.name.replace("::", ".")
    last = name.rpartition(".")[2]
    if last in _MAP_BLOCKS or (values and isinstance(values[-1], Function) and last in _EMPTY_MAPS):
        return _from_block(call, reader)
    if last == "NSNumber" and len(values) == 1:
        return values[0]
    if any(each.name or each.spread for each in call.arguments):
        return _from_named_arguments(call, last)
    if not values and (name in _EMPTY_MAPS or last in _EMPTY_MAPS):
        return Mapping((), call.start, last)
    made = _MADE.get(name) or _MADE.get(last)
    if made is not None:
        return made(call, values)
    if last in _SETTINGS and len(values) == 1 and reader.dialect.language in ("go", "rust", "csharp"):
        given = _simplify_call(values[0], reader)
        return Choice((given, Constant(True, call.start)), call.start, call.text) if given is not None else None
    if (name in _WRAPPERS or last in _WRAPPERS) and len(values) == 1:
        return _simplify_call(values[0], reader)
    return _simplify_call(values[_FILTERS[name]], reader) if name in _FILTERS and values else None


def _from_named_arguments(call: Call, name: str) -> Node | None:
    """Return the object of Python's ``dict(All=False)``, or None for another function."""
    if name not in ("dict", "Hash"):
        return None
    return _mapping(
        call, (Entry(None if each.spread else each.name, each.value, each.start) for each in call.arguments)
    )


def _simplify_call(node: Node, reader: Reader) -> Node | None:
    return simplify(node, reader) if isinstance(node, Call) else node


def _mapping(call: Node, entries: Iterable[Entry]) -> Mapping:
    return Mapping(tuple(entries), call.start)


def _by_turns(call: Call, values: list[Node]) -> Node | None:
    if len(values) % 2:
        return None
    return _mapping(
        call, (Entry(key_of(key), value, key.start) for key, value in zip(values[::2], values[1::2], strict=True))
    )


def _of_pairs(call: Call, values: list[Node]) -> Node:
    return _mapping(call, (_pair(value) for value in values))


def _pair(node: Node) -> Entry:
    if isinstance(node, Call) and (node.name in _PAIRS or node.name.endswith(".entry")) and len(node.arguments) == 2:
        key, value = (each.value for each in node.arguments)
        return Entry(key_of(key), value, key.start)
    return Entry(None, node, node.start)


def _list(call: Call, values: list[Node]) -> Node:
    return Sequence(tuple(values), call.start)


def _merge(call: Call, values: list[Node]) -> Node:
    return _mapping(call, (entry for value in values for entry in _entries(value)))


def _merge_deeply(call: Call, values: list[Node]) -> Node:
    """Return the entries of all objects. If one of them isn't written out, it may add entries inside of the others."""
    hidden = next((value for value in values if not isinstance(value, Mapping)), None)
    entries = [entry for value in values for entry in _entries(value)]
    if hidden is not None:
        entries = [replace(entry, value=_opened(entry.value, hidden)) for entry in entries]
    return _mapping(call, entries)


def _opened(node: Node, hidden: Node) -> Node:
    return (
        Mapping((*node.entries, Entry(None, hidden, node.start)), node.start, node.type)
        if isinstance(node, Mapping)
        else node
    )


def _entries(node: Node) -> Iterator[Entry]:
    if isinstance(node, Mapping):
        yield from node.entries
    elif not (isinstance(node, Sequence) and not node.items):
        yield Entry(None, node, node.start)


def _from_block(call: Call, reader: Reader) -> Node | None:
    """Return the object that a block fills: ``buildJsonObject { put("key", value) }``."""
    block = call.arguments[-1].value if call.arguments else None
    if not isinstance(block, Function):
        return Mapping((), call.start)
    entries: list[Entry] = []
    tokens, place, depends = reader.tokens, block.first + 1, False
    while place < block.last - 1:
        token = tokens[place]
        after = place + 1
        if token.is_name(*_SETTERS) and tokens[after].is_sign("(") and not tokens[place - 1].is_sign(".", "?."):
            node, after = reader.postfix(Name(str(token.value), token.start), after, statement=True)
            entry = _put(node)
            entries.append(Entry(entry.key, Opaque("if …", entry.start), entry.start) if depends else entry)
        elif token.is_name("if", "when", "for"):
            depends = True
        elif token.is_name("putAll", "forEach"):
            entries.append(Entry(None, Opaque(str(token.value), token.start), token.start))
        elif not token.is_sign("{"):
            after = tokens.closing.get(place, place) + 1
        place = max(after, place + 1)
    return _mapping(call, entries)


def _put(node: Node) -> Entry:
    values = [each.value for each in node.arguments] if isinstance(node, Call) else []
    if len(values) != 2 or not isinstance(node, Call):
        return Entry(None, node, node.start)
    key, value = values
    if node.name == "putJsonObject":
        value = Call("buildJsonObject", (Argument(value, value.start),), value.start)
    return Entry(key_of(key), value, key.start)


def _simplify_chain(base: Node, steps: list[Call], reader: Reader) -> Node | None:
    """Return the result of a chain of calls, or None if it isn't known."""
    if is_fallback(steps[-1], reader):
        if any(is_fallback(step, reader) for step in steps[:-1]):
            return None
        given = _simplify_chain(base, steps[:-1], reader) if len(steps) > 1 else _simplify_call(base, reader)
        return None if given is None else fallback(steps[-1], given, reader)
    name = base.name if isinstance(base, Call) else base.text if isinstance(base, Name) else ""
    last = name.rpartition(".")[2]
    if last == "Options":
        return options(base, [*_steps_in_blocks(steps, reader)])
    is_message = isinstance(base, Name) and reader.dialect.language == "objective-c"
    if is_message and (made := _simplify_message(base, steps, reader)) is not None:
        return made
    is_go_map = isinstance(base, Mapping) and base.type.endswith("Integrations") and reader.dialect.language == "go"
    if last == "NewIntegrations" or is_go_map:
        return go_integrations(base, steps)
    while steps and steps[-1].name in _SAME:
        steps = steps[:-1]
    if not steps:
        return _simplify_call(base, reader)
    start = simplify(base, reader) if isinstance(base, Call) else base
    if isinstance(start, Mapping):
        entries = [*start.entries, *(entry for step in steps for entry in _entries_of_step(step))]
        return Mapping(tuple(entries), start.start, start.type)
    return None


def _steps_in_blocks(steps: list[Call], reader: Reader) -> Iterator[Call]:
    """Yield the steps, in place of Kotlin's ``apply { … }`` those in its block."""
    for step in steps:
        block = step.arguments[-1].value if step.arguments and step.name in _BLOCKS else None
        if not isinstance(block, Function):
            yield step
            continue
        given = read_assignments(reader, block.first, block.last).get(INTEGRATIONS)
        for entry in given.entries if isinstance(given, Mapping) else ():
            key = Opaque("…", entry.start) if entry.key is None else Constant(entry.key, entry.start)
            yield Call("setIntegration", (Argument(key, entry.start), Argument(entry.value, entry.start)), entry.start)


def _simplify_message(base: Node, steps: list[Call], reader: Reader) -> Node | None:
    """Return the result of a message of Objective-C to a class, or None if it isn't known."""
    if (
        isinstance(base, Name)
        and base.text.endswith("Dictionary")
        and _MADE_EMPTY.issuperset(step.name for step in steps)
    ):
        return Mapping((), base.start)
    if len(steps) != 1:
        return None
    return _simplify_function(Call(steps[0].name, steps[0].arguments, steps[0].start), reader)


def _entries_of_step(step: Call) -> Iterator[Entry]:
    values = [each.value for each in step.arguments]
    if step.name in _SETTERS and len(values) == 2:
        yield Entry(key_of(values[0]), values[1], values[0].start)
    elif step.name in _MERGES and all(each.name for each in step.arguments):
        yield from (Entry(each.name, each.value, each.start) for each in step.arguments)
    elif step.name in _MERGES and len(values) == 1:
        yield from _entries(values[0])
    elif step.name not in _SAME:
        yield Entry(None, step, step.start)


_Maker = Callable[[Call, list[Node]], "Node | None"]
_MADE: dict[str, _Maker] = {
    **dict.fromkeys(("map", "Map.of", "ImmutableMap.of", "singletonMap", "hash-map", "array-map"), _by_turns),
    **dict.fromkeys(("mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf", "ofEntries", "sortedMapOf"), _of_pairs),
    **dict.fromkeys(("Object.assign", "array_merge", "array_replace", "_.extend", "_.assign"), _merge),
    **dict.fromkeys(("_.merge", "merge", "deepmerge", "array_merge_recursive"), _merge_deeply),
    **dict.fromkeys(
        (
            "listOf",
            "mutableListOf",
            "arrayOf",
            "asList",
            "List.of",
            "ImmutableList.of",
            "list",
            "vec!",
            "vector",
            "JsonArray",
        ),
        _list,
    ),
    "Options": lambda call, values: None if values else options(call, []),
    "NewIntegrations": lambda call, values: None if values else go_integrations(call, []),
}
"""Function -> how its result is built from its arguments."""
_FILTERS = {"array_filter": 0, "into": -1}
"""Functions that remove entries, usually those without a value -> the index of the object among their arguments."""
