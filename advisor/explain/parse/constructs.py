"""What the libraries and languages offer to write an object without braces: builders, map functions, wrappers.

`simplified` turns a call into the object that it makes, or returns None where that can't be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.tree import Argument, Call, Constant, Entry, Function, Mapping, Name, Node, Opaque, Sequence

_WRAPPERS = frozenset(
    {
        "Some",
        "json!",
        "JSON",
        "Object.freeze",
        "structuredClone",
        "String::from",
        "String.from",
        "JsonPrimitive",
        "JsonObject",
    }
    | {
        "numberWithBool",
        "Map.from",
        "Map.copyOf",
        "HashMap",
        "LinkedHashMap",
        "dict",
        "Hash",
        "Map.unmodifiable",
        "Dictionary",
        "Value::from",
    }
    | {
        "present",
        "Handoff.Present",
        "Boolean.valueOf",
        "Value::Bool",
        "stringWithString",
        "dictionaryWithDictionary",
        "merge",
        "JsonBool",
    }
)
"""Functions that give what they are given."""
_SAME = frozenset(
    {
        "to_owned",
        "to_string",
        "into",
        "clone",
        "freeze",
        "dup",
        "build",
        "toMap",
        "toJsonObject",
        "copy",
        "unwrap",
        "toMutableMap",
    }
    | {
        "with_indifferent_access",
        "to_h",
        "stringify_keys",
        "as_object",
        "cast",
        "toString",
        "mutableCopy",
        "Clone",
        "buildOrThrow",
    }
)
"""Methods that give what they are called on."""
_MAP_BY_TURNS = frozenset(
    {"map", "Map.of", "ImmutableMap.of", "Collections.singletonMap", "hash-map", "array-map", "immutableMapOf"}
)
_MAP_OF_PAIRS = frozenset(
    {"mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf", "Map.ofEntries", "jsonObjectOf", "sortedMapOf"}
)
_MAP_BLOCKS = frozenset({"buildJsonObject", "buildMap"})
_EMPTY_MAPS = frozenset(
    {
        "HashMap",
        "LinkedHashMap",
        "TreeMap",
        "ConcurrentHashMap",
        "Properties",
        "Traits",
        "Dictionary",
        "JsonObject",
        "Dict",
        "Model.Dict",
    }
    | {
        "analytics.NewProperties",
        "analytics.NewTraits",
        "ImmutableMap.builder",
        "Collections.emptyMap",
        "emptyMap",
        "ValueMap",
    }
    | {
        "ImmutableMap.Builder",
        "Map",
        "dict",
        "Object",
        "Hash.new",
        "NSMutableDictionary",
        "mapOf",
        "mutableMapOf",
        "Map.of",
    }
)
_LISTS = frozenset(
    {
        "listOf",
        "mutableListOf",
        "arrayOf",
        "Arrays.asList",
        "List.of",
        "ImmutableList.of",
        "list",
        "vec!",
        "vector",
        "JsonArray",
    }
)
_PAIRS = frozenset({"to", "Pair", "Map.entry", "entry"})
_SETTERS = frozenset(
    {
        "put",
        "putValue",
        "set",
        "Set",
        "Add",
        "add",
        "insert",
        "putOpt",
        "putJsonObject",
        "setObject",
        "SetValue",
        "assoc",
    }
)
_MERGES = frozenset({"merge", "merge!", "update", "plus", "putAll"})
_MERGED = frozenset({"Object.assign", "array_merge", "array_replace", "_.extend", "_.assign", "_.merge", "merge"})
_FILTERS = {"array_filter": 0, "into": -1}
"""Functions that leave entries out, usually those without a value, and where the object is among their arguments."""
_BOOLEANS = {
    "Boolean.TRUE": True,
    "Boolean.FALSE": False,
    "JsonBool.True": True,
    "JsonBool.False": False,
    "JsonNull": None,
    "JsonNull.Instance": None,
}
_ALL_KEYS = ("ALL_INTEGRATIONS_KEY",)


def simplified(node: Node, reader: Reader) -> Node | None:
    """Return the value, object or list that a call or a name stands for, or None if it isn't known."""
    if isinstance(node, Name):
        return Constant(_BOOLEANS[node.text], node.start) if node.text in _BOOLEANS else None
    if not isinstance(node, Call):
        return None
    base, steps = unchained(node)
    if steps:
        return _built(base, steps, reader)
    return _called(node, reader)


def unchained(node: Node) -> tuple[Node, list[Call]]:
    """Return what a chain of calls begins with, and the calls on it from first to last."""
    steps: list[Call] = []
    while isinstance(node, Call) and node.receiver is not None:
        steps.append(node)
        node = node.receiver
    return node, steps[::-1]


def _called(call: Call, reader: Reader) -> Node | None:
    """Return what a function gives, by its name."""
    name, values = (
        call.name.replace("::", ".") if call.name.startswith("Map") else call.name,
        [each.value for each in call.arguments],
    )
    last = name.rpartition(".")[2]
    if (
        name in _MAP_BLOCKS
        or last in _MAP_BLOCKS
        or (values and isinstance(values[-1], Function) and last in _EMPTY_MAPS)
    ):
        return _from_block(call, reader)
    if any(each.name for each in call.arguments):
        named = last in ("dict", "Hash") and not any(each.spread for each in call.arguments)
        return _mapping(call, (Entry(each.name, each.value, each.start) for each in call.arguments)) if named else None
    if name in _FILTERS and values:
        return _known(values[_FILTERS[name]], reader)
    if name in _MERGED:
        return _merged(call, values)
    if not values and (name in _EMPTY_MAPS or last in _EMPTY_MAPS):
        return Mapping((), call.start, last)
    if last in ("Options", "NewIntegrations") and not values:
        return _built(call, [], reader)
    if name in _MAP_BY_TURNS:
        return _by_turns(call, values)
    if name in _MAP_OF_PAIRS:
        return _of_pairs(call, values)
    if name in _LISTS or last in _LISTS:
        return Sequence(tuple(values), call.start)
    if (name in _WRAPPERS or last in _WRAPPERS) and len(values) == 1:
        return _known(values[0], reader)
    return None


def _known(node: Node, reader: Reader) -> Node | None:
    return simplified(node, reader) if isinstance(node, Call) else node


def _mapping(call: Node, entries: Iterable[Entry]) -> Mapping:
    return Mapping(tuple(entries), call.start)


def key_of(node: Node) -> str | None:
    """Return the text of a key, or None if it is computed."""
    if isinstance(node, Constant):
        return f"{node.value}"
    if isinstance(node, Name) and node.text.endswith(_ALL_KEYS):
        return "All"
    return None


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


def _merged(call: Call, values: list[Node]) -> Node:
    return _mapping(call, (entry for value in values for entry in _entries(value)))


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


# Builders.


def _built(base: Node, steps: list[Call], reader: Reader) -> Node | None:
    """Return what a chain of calls makes."""
    name = base.name if isinstance(base, Call) else base.text if isinstance(base, Name) else ""
    last = name.rpartition(".")[2]
    if last == "Options":
        return _options(base, steps)
    if last == "NewIntegrations":
        return _mapping(base, _collect(steps, _GO_STEPS))
    while steps and steps[-1].name in _SAME:
        steps = steps[:-1]
    if not steps:
        return _known(base, reader)
    start = simplified(base, reader) if isinstance(base, Call) else base
    if isinstance(start, Mapping):
        entries = [*start.entries, *(entry for step in steps for entry in _added(step))]
        return Mapping(tuple(entries), start.start, start.type)
    return None


def _added(step: Call) -> Iterator[Entry]:
    values = [each.value for each in step.arguments]
    if step.name in _SETTERS and len(values) == 2:
        yield Entry(key_of(values[0]), values[1], values[0].start)
    elif step.name in _MERGES and len(values) == 1:
        yield from _entries(values[0])
    elif step.name not in _SAME:
        yield Entry(None, step, step.start)


def _collect(steps: list[Call], table: dict[str, Callable[[Call], Entry | None]]) -> Iterator[Entry]:
    for step in steps:
        made = table[step.name](step) if step.name in table else Entry(None, step, step.start)
        if made is not None:
            yield made


def _constant(key: str, value: bool) -> Callable[[Call], Entry]:
    return lambda step: Entry(key, Constant(value, step.start), step.start)


def _switch(value: bool) -> Callable[[Call], Entry]:
    def made(step: Call) -> Entry:
        if len(step.arguments) != 1:
            return Entry(None, step, step.start)
        key = step.arguments[0].value
        return Entry(key_of(key), Constant(value, key.start), key.start)

    return made


def two_arguments(step: Call) -> Entry:
    """Return the entry that a method with a key and a value sets."""
    values = [each.value for each in step.arguments]
    if len(values) == 1:
        return Entry(key_of(values[0]), Constant(True, values[0].start), values[0].start)
    if len(values) != 2:
        return Entry(None, step, step.start)
    return Entry(key_of(values[0]), values[1], values[0].start)


_GO_STEPS: dict[str, Callable[[Call], Entry | None]] = {
    # The library's own helpers write the key in lower case.
    "EnableAll": _constant("all", True),
    "DisableAll": _constant("all", False),
    "Enable": _switch(True),
    "Disable": _switch(False),
    "Set": two_arguments,
}
INTEGRATION_STEPS: dict[str, Callable[[Call], Entry | None]] = {
    "enableIntegration": two_arguments,
    "integrationOptions": two_arguments,
    "setIntegration": two_arguments,
    "setIntegrationOptions": two_arguments,
    "SetIntegration": two_arguments,
    "SetIntegrationOptions": two_arguments,
    "putIntegrations": two_arguments,
    "disableIntegration": _switch(False),
    "DisableIntegration": _switch(False),
    "EnableIntegration": _switch(True),
    "PutIntegrations": two_arguments,
}
"""Methods that set one entry of the integrations object, whatever they are called on."""


def _options(base: Node, steps: list[Call]) -> Node:
    """Return what an options builder carries: its integrations and whatever else is set."""
    integrations = [
        entry for step in steps if step.name in INTEGRATION_STEPS and (entry := INTEGRATION_STEPS[step.name](step))
    ]
    others = [_option(step) for step in steps if step.name not in INTEGRATION_STEPS]
    first = integrations[0].start if integrations else base.start
    own = [Entry("integrations", Mapping(tuple(integrations), first), first)] if integrations else []
    return Mapping((*own, *others), base.start, "Options")


def _option(step: Call) -> Entry:
    field = step.name.removeprefix("set").removeprefix("Set").removeprefix("put")
    value = step.arguments[-1].value if step.arguments else Opaque(step.text, step.start)
    return Entry(field[:1].lower() + field[1:] or None, value, step.start)
