"""Reads YAML by the core schema of YAML 1.2, with places, and with limits against bombs of aliases.

PyYAML's parser builds the nodes (``docs/decisions.md`` says why), and this module gives them their values. Aliases and merge
keys (``<<``) are followed; a value that is used again counts again, so that a small file can't become a huge value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from advisor.document_limits import MAX_DEPTH
from advisor.formats.carriers.text import Text
from advisor.formats.carriers.yaml_core import core_value
from advisor.formats.limits import MAX_NODES
from advisor.formats.places import FormatError, Notice, Path, Place, TooMuchError, pointer, refusal, shown, too_much

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = "?"
_TEXT, _LIST, _OBJECT = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_MERGE = "<<"
_FEW_NODES = 100_000
"""Without aliases, a text has fewer values than characters; with some, up to this many are no bomb either."""
_HARMLESS_OPENERS = 1_000
_DEEP_INDENT = re.compile(r"^[ \t?:-]{500}", re.MULTILINE)


class _CoreLoader(_LOADER):  # type: ignore[misc]  # PyYAML has no types
    """Resolves no plain scalar by itself: each gets the tag `_PLAIN`, and this module decides what it is."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:  # noqa: ARG002 - as PyYAML calls it
        """Return the tag of a node that says none: PyYAML's own way takes a third of the time of a parse."""
        if kind is yaml.ScalarNode:
            return _PLAIN if implicit[0] else _TEXT
        return _LIST if kind is yaml.SequenceNode else _OBJECT

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Do nothing: no tag depends on where a node is."""

    def ascend_resolver(self) -> None:
        """Do nothing, as above."""


@dataclass(frozen=True, slots=True)
class YamlText:
    """The value of a YAML file, and what was noticed. ``root`` is its node of PyYAML, for places and layout; None if empty."""

    value: Any
    root: Any
    source: Text
    file: str
    notices: tuple[Notice, ...]

    def place(self, path: Path) -> Place:
        """Return where the value at a path begins; the nearest value around it if there is none."""
        node = self.root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        if node is None:
            return Place(self.file, pointer=pointer(path))
        return _place(node, self.file, path)


def member_places(parsed: YamlText, path: Path) -> dict[str, Place]:
    """Return where each member of the object at a path begins: in one walk, for objects of many members."""
    node = parsed.root
    for step in path:
        node = None if node is None else _child(node, step)
    members = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): _place(child, parsed.file, (*path, str(key.value))) for key, child in members}


def parse_yaml(source: Text, file: str = "") -> YamlText:
    """Return a YAML text of one document as a value. Raises `FormatError` with line and column.

    Documents without a value, as after a last ``---``, don't count.
    """
    try:
        _refuse_depth(source.text, file)
        nodes = tuple(yaml.compose_all(source.text, Loader=_CoreLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise refusal(place, f"Not YAML: {error.problem or error.context}.") from None
    except FormatError:
        raise
    except yaml.reader.ReaderError as error:
        before = source.text.encode(errors="replace")[: error.position].decode(errors="replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise refusal(place, f"Not YAML: {error.reason}.") from None
    except (yaml.YAMLError, ValueError) as error:
        raise refusal(Place(file), f"Not YAML: {error}.") from None
    values = _Values(file, min(MAX_NODES, max(len(source.text), _FEW_NODES)))
    roots = [node for node in nodes if not _is_blank(node)] or list(nodes[:1])
    if len(roots) > 1:
        message = f"The file holds {len(roots):,} documents, divided by “---”. Put each into a file of its own."
        raise too_much(_place(roots[1], file), message)
    root = roots[0] if roots else None
    value = None if root is None else values.value(root, ())
    return YamlText(value, root, source, file, tuple(values.notices))


class _Values:
    """Turns nodes into values, and counts them."""

    def __init__(self, file: str, limit: int) -> None:
        self.file = file
        self._limit = limit
        self.notices: list[Notice] = []
        self._count = 0
        self._open: set[int] = set()

    def value(self, node: Any, path: Path) -> Any:
        """Return the value of a node. Raises `FormatError` for what is too deep, too much or inside itself."""
        self._count += 1
        if self._count > self._limit:
            message = f"The file has more than {self._limit:,} values once its aliases are followed."
            raise too_much(_place(node, self.file), message)
        if isinstance(node, yaml.ScalarNode):
            return scalar_value(node)
        if len(path) >= MAX_DEPTH:
            raise _too_deep(_place(node, self.file))
        if id(node) in self._open:
            raise too_much(_place(node, self.file), "The value holds itself, by an alias.")
        self._open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            value: Any = [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        else:
            value = self._mapping(node, path)
        self._open.discard(id(node))
        return value

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        members: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise refusal(_place(key_node, self.file), "A key is a text, not a list or an object.")
            key = str(key_node.value)
            if key == _MERGE and key_node.tag == _PLAIN and not isinstance(child, yaml.ScalarNode):
                inner = self.value(child, (*path, key))
                for each in inner if isinstance(inner, list) else [inner]:
                    merged = (each if isinstance(each, dict) else {}) | merged
                continue
            if key in members:
                message = f"The key {shown(key)} is there twice in one object; the last one counts."
                self.notices.append(Notice.at(_place(key_node, self.file, (*path, key)), message))
            members[key] = self.value(child, (*path, key))
        return merged | members if merged else members


def node_value(node: Any) -> Any:
    """Return the value of a node that holds no aliases."""
    if isinstance(node, yaml.ScalarNode):
        return scalar_value(node)
    if isinstance(node, yaml.SequenceNode):
        return [node_value(each) for each in node.value]
    return {str(key.value): node_value(each) for key, each in node.value}


def scalar_value(node: Any) -> Any:
    """Return the value of a scalar node: plain ones by the core schema, all others are text."""
    return core_value(str(node.value)) if node.tag == _PLAIN else str(node.value)


def _is_blank(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _PLAIN and not node.value


def _refuse_depth(text: str, file: str) -> None:
    """Raise `FormatError` for a text that is nested too deep.

    PyYAML's composer calls itself for every level, in C, and a deep text ends the whole process. Each level of a text
    needs an opening bracket or an indent, so that few texts have to be looked at more closely.
    """
    if text.count("[") + text.count("{") <= _HARMLESS_OPENERS and not _DEEP_INDENT.search(text):
        return
    level = 0
    for event in yaml.parse(text, Loader=_CoreLoader):
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > MAX_DEPTH:
            raise _too_deep(Place(file, event.start_mark.line + 1, event.start_mark.column + 1))


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((child for key, child in reversed(node.value) if str(key.value) == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _place(node: Any, file: str, path: Path = ()) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1, pointer(path))


def _too_deep(place: Place) -> TooMuchError:
    return too_much(place, f"Nested too deep: at most {MAX_DEPTH} levels of objects and lists are read.")
