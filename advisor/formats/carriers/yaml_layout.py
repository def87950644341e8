"""Notes how a YAML file is laid out, so that it is written again with its comments, blank lines, quotes and indents.

The layout of a file is a tree beside its value: for each key and item, what the writer would not do by itself. A format's
reader cuts off the layout of each of its objects with `take` and keeps it under ``extra`` of that event or property, next to
its remainder (`advisor.formats.remainder`); the layout of a value that was edited still has its comments and its kind of quotes.

A layout is a JSON object. ``before``: comment and blank lines above; ``after``: the comment at the end of the line;
``style``: the quotes of a text; ``flow``: in brackets; ``raw``: value and spelling, used only while the value is the same;
``indent``: of what is inside, if unusual; ``key``: the spelling of the key; ``keys`` and ``items``: the layouts of what is
inside; ``end``: lines at the end of the file.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
import yaml
from msgspec import Meta, Struct

from advisor.formats.carriers.yaml_scalars import double_quoted, flow_text, plain_or_quoted, single_quoted
from advisor.formats.carriers.yaml_text import YamlText, node_value
from advisor.formats.places import Path

Layout = dict[str, Any]
_COMMENT_OR_BLANK = re.compile(r"[ \t]*(#.*)?")
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What PyYAML takes for the end of a line."""
_BLANK_END = re.compile(r"(\n[ \t]*)+\Z")
_COMMENT = re.compile(r"(?<![^ \t])#.*")
_AFTER = re.compile(r"[ \t]+#.*")


MAX_INDENT = 1_000
"""How far what is inside of a value can be indented; one that is further in is written like this."""


class YamlStyle(Struct, frozen=True, omit_defaults=True):
    """How a YAML file is laid out as a whole. ``dash`` is how far the dashes of a list are indented under its key."""

    indent: Annotated[int, Meta(ge=0, le=100)] = 2
    dash: Annotated[int, Meta(ge=0, le=100)] = 2
    start: bool = False
    """Whether the document begins with ``---``."""
    head: tuple[str, ...] = ()
    """Comments, blank lines and directives above ``---``."""
    newline: str = "\n"
    last_newline: bool = True
    encoding: str = "utf-8"
    marked: bool = False


def kept_yaml_style(kept: object) -> YamlStyle:
    """Return the style that was kept of a file, or the usual one. Raises `msgspec.ValidationError` for what is none."""
    return msgspec.convert(kept or {}, YamlStyle)


def yaml_style(parsed: YamlText) -> YamlStyle:
    """Return the style of a file: indents as where they are first seen."""
    text = parsed.source.text
    indents = {} if parsed.root is None else _first_indents(parsed.root)
    encoding = parsed.source.encoding.removesuffix("-sig")
    head = _head(_LINE_END.split(text[:10_000]))
    return YamlStyle(
        indent=indents.get("indent", 2),
        dash=indents.get("dash", 2),
        start=head is not None,
        head=head or (),
        newline="\r\n" if "\r\n" in text[:10_000] else "\n",
        last_newline=text.endswith("\n"),
        encoding=encoding,
        marked=parsed.source.marked,
    )


def yaml_layout(parsed: YamlText, style: YamlStyle | None = None) -> Layout:
    """Return the layout of a file. It is empty for a file with aliases, whose values are written out."""
    if parsed.root is None or not _is_tree(parsed.root):
        return {}
    return _LayoutReader(parsed, style or yaml_style(parsed)).document()


def take(layout: Layout, path: Path) -> Layout | None:
    """Cut the layout at a path out of a layout, and return it; None if there is nothing to keep of it."""
    for step in path[:-1]:
        layout = layout.get(_inside(step), {}).get(str(step), {})
    found: Layout | None = layout.get(_inside(path[-1]), {}).pop(str(path[-1]), None)
    return found


class _LayoutReader:
    """Walks the nodes of a document in the order of the text; ``_line`` is the first line that is not accounted for."""

    def __init__(self, parsed: YamlText, style: YamlStyle) -> None:
        self._style = style
        self._text = parsed.source.text
        self._lines = _LINE_END.split(self._text)
        self._root = parsed.root
        self._line = len(self._style.head)

    def document(self) -> Layout:
        """Return the layout of the document."""
        layout = self._node(self._root, 0, is_root=True)
        rest = self._lines[self._line :]
        if rest and not rest[-1]:
            rest = rest[:-1]
        if lines := self._noted(rest, 0):
            layout["end"] = lines
        return layout

    def _node(self, node: Any, column: int, *, is_root: bool = False) -> Layout:
        """Return the layout of a value, in an object or a list at this column."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            return self._inline(node)
        layout: Layout = {}
        inner = node.start_mark.column
        expected = self._style.dash if isinstance(node, yaml.SequenceNode) else self._style.indent
        if not is_root and inner - column != expected:
            layout["indent"] = inner - column
        if isinstance(node, yaml.MappingNode):
            layout |= {"keys": {key: each for key, each in self._members(node).items() if each}}
        else:
            items = {str(index): self._item(child, inner) for index, child in enumerate(node.value)}
            layout |= {"items": {index: each for index, each in items.items() if each}}
        return {name: each for name, each in layout.items() if each or name == "indent"}

    def _members(self, node: Any) -> dict[str, Layout]:
        """Return the layouts of the members of an object. Of a key that is there twice, the comments above both are noted."""
        members: dict[str, Layout] = {}
        for key, child in node.value:
            name = str(key.value)
            above = members.get(name, {}).get("before", [])
            layout = self._member(key, child)
            members[name] = layout | ({"before": above + layout.get("before", [])} if above else {})
        return members

    def _member(self, key: Any, child: Any) -> Layout:
        layout = self._before(key.start_mark)
        spelled = self._raw(key)
        # With a question mark, a key may be empty or take several lines, which only quotes can say without one.
        if spelled and "\n" not in spelled and spelled != plain_or_quoted(str(key.value)):
            layout["key"] = spelled
        if child.start_mark.line > key.end_mark.line:
            self._below_key(layout, key, child)
        return layout | self._node(child, key.start_mark.column)

    def _below_key(self, layout: Layout, key: Any, child: Any) -> None:
        """Note the comments between a key and its value on a later line. Those that find no place there come above the key."""
        end = key.end_mark
        if _is_block(child):
            self._after(layout, end.line, end.column + 1)
        rest = "" if "after" in layout else self._lines[end.line][end.column :]
        self._line = end.line + 1
        found = self._noted([rest] if "#" in rest else [], -1)
        if not _is_block(child):
            found += self._before(child.start_mark, key.start_mark.column).get("before", [])
        if found:
            layout["before"] = [*layout.get("before", ()), *found]

    def _item(self, child: Any, column: int) -> Layout:
        layout = self._before(child.start_mark, column)
        inner = self._node(child, column)
        # A mapping in a list begins two columns after the dash; anything else is noted.
        if inner.get("indent") == 2 and self._style.indent != 2:
            del inner["indent"]
        elif isinstance(child, yaml.MappingNode) and _is_block(child) and child.start_mark.column - column != 2:
            inner["indent"] = child.start_mark.column - column
        return layout | inner

    def _before(self, mark: Any, column: int | None = None) -> Layout:
        gap = self._lines[self._line : mark.line]
        self._line = max(self._line, mark.line)
        lines = self._noted(gap, mark.column if column is None else column)
        return {"before": lines} if lines else {}

    def _noted(self, lines: list[str], column: int) -> list[str]:
        """Return blank lines and comments; one at the column of its node without its indent, any other with it."""
        noted = []
        for line in lines:
            if line.strip() in ("---", "...") or line.startswith("%"):
                continue
            text = line.strip()
            indent = len(line) - len(line.lstrip())
            if _COMMENT_OR_BLANK.fullmatch(line):
                noted.append(text if not text or indent == column else line if indent else f"<{text}")
            elif comment := _COMMENT.search(line):
                noted.append(comment[0])
        return noted

    def _inline(self, node: Any) -> Layout:
        """Return the layout of a scalar, or of a list or object in brackets."""
        layout: Layout = {}
        value, raw = node_value(node), self._raw(node)
        is_flow = not isinstance(node, yaml.ScalarNode)
        spelled = flow_text(value) if is_flow else plain_or_quoted(value)
        if is_flow:
            layout["flow"] = True
        if raw != spelled:
            layout |= self._spelling(node, value, raw)
        end = node.end_mark
        is_block_scalar = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        if is_block_scalar:
            self._line = end.line if end.column == 0 else end.line + 1
            # Blank lines below a block are above what comes next, unless they are part of the text.
            while (
                not _keeps_line_ends(raw) and self._line > node.start_mark.line + 1 and self._is_blank(self._line - 1)
            ):
                self._line -= 1
        else:
            self._after(layout, end.line, end.column)
            self._line = max(self._line, end.line + 1)
        return layout

    def _spelling(self, node: Any, value: Any, raw: str) -> Layout:
        if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
            if raw == single_quoted(value):
                return {"style": "'"}
            if raw == double_quoted(value):
                return {"style": '"'}
        return {"raw": [value, raw]}

    def _raw(self, node: Any) -> str:
        raw = self._text[node.start_mark.index : node.end_mark.index].replace("\r\n", "\n")
        is_block_scalar = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        if not is_block_scalar:
            return raw
        # The writer ends each line itself, so that one line end too many would be part of the text.
        return raw.removesuffix("\n") if _keeps_line_ends(raw) else _BLANK_END.sub("", raw)

    def _is_blank(self, line: int) -> bool:
        return not self._lines[line].strip()

    def _after(self, layout: Layout, line: int, column: int) -> None:
        rest = self._lines[line][column:] if line < len(self._lines) else ""
        if _AFTER.fullmatch(rest):
            layout["after"] = rest


def _keeps_line_ends(block: str) -> bool:
    """Return whether the blank lines at the end of a block are part of its text."""
    return "+" in block.split("\n", 1)[0].split("#", 1)[0]


def _is_block(node: Any) -> bool:
    return not isinstance(node, yaml.ScalarNode) and not node.flow_style


def _is_tree(root: Any) -> bool:
    """Return whether no node is used twice, and nothing is merged."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            return False
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            if any(key.value == "<<" for key, _ in node.value):
                return False
            stack += [child for _, child in node.value]
        elif isinstance(node, yaml.SequenceNode):
            stack += node.value
    return True


def _first_indents(root: Any) -> dict[str, int]:
    """Return the indents of the first object and of the first list under a key of a block mapping."""
    found: dict[str, int] = {}
    seen: set[int] = set()
    stack = [root]
    while stack and len(found) < 2:
        node = stack.pop()
        if id(node) in seen or not _is_block(node):
            continue
        seen.add(id(node))
        children = node.value if isinstance(node, yaml.SequenceNode) else [child for _, child in node.value]
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                if _is_block(child) and child.start_mark.line > key.start_mark.line:
                    name = "dash" if isinstance(child, yaml.SequenceNode) else "indent"
                    found.setdefault(name, child.start_mark.column - key.start_mark.column)
        stack += reversed(children)
    return found


def _head(lines: list[str]) -> tuple[str, ...] | None:
    """Return the lines above ``---`` at the beginning of a document; None if it does not begin so."""
    for index, line in enumerate(lines):
        if line.rstrip() == "---":
            return tuple(lines[:index])
        if not line.startswith("%") and not _COMMENT_OR_BLANK.fullmatch(line):
            return None
    return None


def _inside(step: str | int) -> str:
    return "items" if isinstance(step, int) else "keys"
