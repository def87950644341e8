"""Reads the tables of a Markdown page, in GitHub's form: each with the heading above it, and cells as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from advisor.formats.carriers.tables import Row, Table, checked_rows
from advisor.knowledge.answer_words import fold

_RULE = re.compile(r"\s{0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_PARTS = frozenset(
    (
        *(
            "details",
            "description",
            "properties",
            "property",
            "event properties",
            "parameters",
            "event parameters",
            "params",
        ),
        *("attributes", "payload", "schema", "fields", "traits", "example", "examples", "code", "usage", "notes", "js"),
        *(
            "trigger",
            "triggers",
            "when to fire",
            "javascript",
            "typescript",
            "swift",
            "kotlin",
            "data",
            "required",
            "optional",
        ),
        *("required properties", "optional properties", "required parameters", "optional parameters", "propiedades"),
        *("eigenschaften", "propriétés", "属性", "プロパティ", "свойства", "параметры", "descripción", "beschreibung"),
    )
)
"""Headings of what is said of an event, below the heading that names it."""
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_LITERAL = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)(.+?)\2")
"""A character after a backslash, or a code span: what is in it is no Markdown."""
_KEPT = re.compile("\0(\\d+)\0")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def parse_markdown_tables(text: str, file: str = "") -> list[Table]:
    """Return the tables of a page, in their order; those in code blocks are no tables. Raises `FormatError`."""
    lines = text.splitlines()
    tables = []
    above: list[tuple[int, str]] = []
    fence = ""
    index = 0
    while index < len(lines):
        line = lines[index]
        if found := _FENCE.match(line):
            fence = "" if fence and found.group(1).startswith(fence) else fence or found.group(1)
        elif not fence and (found := _HEADING.fullmatch(line)):
            above = headings_above(above, len(found.group(1)), plain_text(found.group(2)))
        elif not fence and _begins_table(lines, index):
            end = _end_of_table(lines, index)
            rows = checked_rows(_rows(lines, index, end), file)
            tables.append(Table(file, "markdown", rows, name=naming_heading(above)))
            index = end
            continue
        index += 1
    return tables


def headings_above(above: list[tuple[int, str]], level: int, title: str) -> list[tuple[int, str]]:
    """Return the headings with their levels that a line is below of, once there is one more."""
    return [*(each for each in above if each[0] < level), (level, title)]


def naming_heading(above: list[tuple[int, str]]) -> str:
    """Return the lowest heading that names something, and not a part of what is above it; empty without headings."""
    named = [title for _, title in above if not is_part(title)]
    return named[-1] if named else above[-1][1] if above else ""


def is_part(title: str) -> bool:
    """Return whether a heading is one of the parts of what is said of an event, as ``Properties``."""
    return fold(title).rstrip(":") in _PARTS


def plain_text(markdown: str) -> str:
    """Return the text of a piece of Markdown: without emphasis, links and code marks, and with escapes resolved."""
    kept: list[str] = []

    def literal(found: re.Match[str]) -> str:
        kept.append(found.group(1) or found.group(3).strip() or found.group(3))
        return f"\0{len(kept) - 1}\0"

    text = _LITERAL.sub(literal, markdown.replace("\0", "\ufffd"))
    text = _BREAK.sub("\n", _LINK.sub(r"\1", text))
    text = unescape(_EMPHASIS.sub(lambda found: found.group(2) or found.group(3), text))
    return _KEPT.sub(lambda found: kept[int(found.group(1))], text.strip())


def _begins_table(lines: list[str], index: int) -> bool:
    if index + 1 >= len(lines) or "|" not in lines[index] or "-" not in lines[index + 1]:
        return False
    rule = lines[index + 1]
    return bool(_RULE.fullmatch(rule)) and len(_split(rule)) == len(_split(lines[index]))


def _end_of_table(lines: list[str], start: int) -> int:
    end = start + 2
    while end < len(lines) and lines[end].strip() and not _HEADING.fullmatch(lines[end]) and "|" in lines[end]:
        end += 1
    return end


def _rows(lines: list[str], start: int, end: int) -> Iterator[Row]:
    for index in (start, *range(start + 2, end)):
        yield Row(tuple(map(plain_text, _split(lines[index]))), index + 1)


def _split(line: str) -> list[str]:
    """Return the cells of a line; a bar after a backslash is part of its cell, also inside code."""
    parts = re.split(r"(?<!\\)\|", line.strip())
    parts = parts[1:] if not parts[0].strip() else parts
    parts = parts[:-1] if parts and not parts[-1].strip() else parts
    return [part.replace("\\|", "|").strip() for part in parts]
