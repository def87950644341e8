"""Reads how our snippets for Clojure pass settings of destinations, or true if a destination has none.

The library takes two maps, and each destination is in one of them: ``:integrations`` if its settings are empty, otherwise
``:integration-options``. Used by `lisp`.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.explain.parse.tree import Call, Choice, Constant, Entry, Mapping, Name, Node, Sequence

_Lookup = Callable[[str], "Node | None"]


def settings_or_true(switches: Node, options: Node, bound: _Lookup) -> tuple[Mapping, Mapping] | None:
    """Return the two maps with the possible values of each destination, or None if they aren't written in this way."""
    switched, rest = _into(switches), _into(options)
    if switched is None or rest is None or len(switched) != 2 or len(rest) != 3:
        return None
    source = _of_the_empty(switched[1])
    if source is None or not _is_rest(rest[1]) or not (isinstance(rest[2], Name) and rest[2].text == source):
        return None
    base, others, settings = switched[0], rest[0], bound(source)
    if not (isinstance(base, Mapping) and isinstance(others, Mapping) and isinstance(settings, Mapping)):
        return None
    chosen = (
        Entry(each.key, Choice((each.value, Constant(True, each.start)), each.start, source), each.start, each.symbol)
        for each in settings.entries
    )
    return base, Mapping((*others.entries, *chosen), others.start)


def _arguments_of(node: Node, name: str) -> list[Node] | None:
    """Return the arguments of a function, or None if this isn't a call of it."""
    return [each.value for each in node.arguments] if isinstance(node, Call) and node.name == name else None


def _into(node: Node) -> list[Node] | None:
    return _arguments_of(node, "into")


def _of_the_empty(node: Node) -> str | None:
    """Return the name of the source in ``(for [[key given] source :when (empty? given)] [key true])``, or None."""
    parts = _arguments_of(node, "for") or []
    if len(parts) != 2 or not all(isinstance(each, Sequence) for each in parts):
        return None
    head, made = (each.items for each in parts if isinstance(each, Sequence))
    if len(head) != 4 or len(made) != 2 or not isinstance(head[0], Sequence):
        return None
    names = [each.text if isinstance(each, Name) else "" for each in head[0].items]
    asked = [each.text if isinstance(each, Name) else "" for each in _arguments_of(head[3], "empty?") or []]
    is_when = isinstance(head[2], Constant) and head[2].symbol and head[2].value == "when"
    is_true = isinstance(made[1], Constant) and made[1].value is True
    is_key = isinstance(made[0], Name) and made[0].text == names[0]
    fits = len(names) == 2 and asked == names[1:] and is_when and is_true and is_key
    return head[1].text if fits and isinstance(head[1], Name) else None


def _is_rest(node: Node) -> bool:
    """Return whether this is ``(remove (comp empty? val))``."""
    given = _arguments_of(node, "remove") or []
    inner = _arguments_of(given[0], "comp") if len(given) == 1 else None
    return [each.text for each in inner or [] if isinstance(each, Name)] == ["empty?", "val"]
