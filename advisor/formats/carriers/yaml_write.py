"""Writes values as YAML, in the layout of the file that they came from (`advisor.formats.carriers.yaml_layout`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.formats.carriers.text import encode
from advisor.formats.carriers.yaml_layout import MAX_INDENT, Layout, YamlStyle
from advisor.formats.carriers.yaml_scalars import (
    block_text,
    double_quoted,
    flow_text,
    key_text,
    plain_or_quoted,
    single_quoted,
)
from advisor.formats.remainder import same


class Laid(dict[str, Any]):
    """An object with the layout that was kept of it, for `write_yaml`."""

    def __init__(self, value: dict[str, Any], layout: Layout | None) -> None:
        super().__init__(value)
        self.layout: Layout = layout or {}


def write_yaml(value: Any, style: YamlStyle = YamlStyle(), layout: Layout | None = None) -> bytes:  # noqa: B008 - a frozen value
    """Return a value as YAML. Objects inside that are `Laid` bring their own layout."""
    whole = layout or {}
    writer = _Writer(style)
    lines = [*style.head, "---"] if style.start else []
    lines += writer.block(value, whole, 0) if _is_block(value, whole) else [flow_text(value)]
    lines += writer.above(whole.get("end", ()), 0)
    text = style.newline.join("\n".join(lines).split("\n")) + style.newline * style.last_newline
    return encode(text, style.encoding, marked=style.marked)


class _Writer:
    """Turns values into lines; a line may hold line ends of its own, as those of a literal block."""

    def __init__(self, style: YamlStyle) -> None:
        self._style = style

    def block(self, value: Any, layout: Layout, column: int) -> Iterator[str]:
        """Yield the lines of an object or a list that is not empty, at a column."""
        if isinstance(value, dict):
            for key, child in value.items():
                yield from self._member(key, child, _layout(child, layout.get("keys", {}).get(key)), column)
        else:
            for index, child in enumerate(value):
                yield from self._item(child, _layout(child, layout.get("items", {}).get(str(index))), column)

    def above(self, lines: Any, column: int) -> Iterator[str]:
        """Yield the comment and blank lines above something at a column."""
        for line in lines:
            yield line[1:] if line[:1] == "<" else " " * column + line if line[:1] == "#" else line

    def _member(self, key: str, child: Any, layout: Layout, column: int) -> Iterator[str]:
        yield from self.above(layout.get("before", ()), column)
        head = key_text(layout.get("key", plain_or_quoted(key)), " " * column)
        if _is_block(child, layout):
            yield head + layout.get("after", "")
            usual = self._style.dash if isinstance(child, list) else self._style.indent
            yield from self.block(child, layout, column + _indent(layout, usual))
        else:
            yield self._line(head, child, layout, column)

    def _item(self, child: Any, layout: Layout, column: int) -> Iterator[str]:
        yield from self.above(layout.get("before", ()), column)
        if not _is_block(child, layout):
            yield self._line(" " * column + "-", child, layout, column)
            return
        inner = column + _indent(layout, 2)
        lines = self.block(child, layout, inner)
        for line in lines:
            # What is noted above the first member is above the dash.
            if line.strip() and not line.lstrip().startswith("#"):
                dash = " " * column + "-"
                yield dash + line[column + 1 :] if inner > column + 1 else f"{dash}\n{line}"
                break
            yield line
        yield from lines

    def _line(self, head: str, value: Any, layout: Layout, column: int) -> str:
        text = self._inline(value, layout, column)
        line = f"{head} {text}" if text else head
        return line if text[:1] in ("|", ">") else line + layout.get("after", "")

    def _inline(self, value: Any, layout: Layout, column: int) -> str:
        if "raw" in layout and same(_plain(value), layout["raw"][0]):
            return str(layout["raw"][1])
        if not isinstance(value, str):
            return flow_text(value)
        if layout.get("style") == "'":
            return single_quoted(value)
        if layout.get("style") == '"':
            return double_quoted(value)
        return block_text(value, " " * (column + self._style.indent)) or plain_or_quoted(value)


def _indent(layout: Layout, usual: int) -> int:
    """Return how far what is inside is indented. No file that is read is indented further than `MAX_INDENT`."""
    return min(int(layout.get("indent", usual)), MAX_INDENT)


def _layout(child: Any, noted: Layout | None) -> Layout:
    return child.layout if isinstance(child, Laid) else noted or {}


def _is_block(value: Any, layout: Layout) -> bool:
    return isinstance(value, dict | list) and bool(value) and not layout.get("flow")


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Laid) else value
