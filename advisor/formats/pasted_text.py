"""Pasted text as a person means it: the marks of a list are no part of its names, and one line may hold several names.

Only text that was pasted is read so; in files, names are kept byte for byte.
"""

from __future__ import annotations

import re
from typing import Any

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.columns.fields import is_known_heading
from advisor.formats.columns.words import call_in
from advisor.formats.places import Notice, Place
from advisor.knowledge.answer_words import answer_in
from advisor.text import quantity

PASTED = "pasted text"
"""The path of text that was pasted. Names alone, one on each line, are read only there."""
_MARK = re.compile(r"[ \t]*(?:[-*•‣◦–+]|\d{1,5}[.)])[ \t]+(?:\[[ xX]?\][ \t]+)?(?=\S)")
_CODE = frozenset('"(){}[]=<>')
_WORDS_OF_A_NAME = 6
"""How many words a name in a line of several has; more are a sentence."""


def as_meant(tree: FileTree) -> FileTree:
    """Return pasted text without the marks of a list, or one line of several names as lines; all else as it is."""
    only = tree.only
    if only is None or only.path != PASTED or only.begins_like_json() or is_nested(only.peek_yaml()):
        return tree
    text = only.text.text
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()]
    if filled and "\t" not in text.strip() and all(map(_MARK.match, filled)):
        names = "\n".join(_MARK.sub("", line, count=1) for line in lines)
        return _tree(names, "The text is a list: the marks before its names are left out.")
    if len(filled) == 1 and (together := _names_in_line(filled[0])):
        return _tree("\n".join(together), f"The line is read as {quantity(len(together), 'name', 'names')}.")
    return tree


def is_nested(value: Any) -> bool:
    """Return whether a value of YAML is more than a list of texts or of ``name: text``, which names may look like, too."""
    if isinstance(value, dict):
        return any(isinstance(each, dict | list) for each in value.values())
    is_list = isinstance(value, list)
    return is_list and any(isinstance(each, list) or (isinstance(each, dict) and _says_more(each)) for each in value)


def _says_more(value: dict[str, Any]) -> bool:
    return len(value) > 1 or is_nested(value)


def _names_in_line(line: str) -> list[str]:
    """Return the names in a line, between semicolons or commas; none if it is one name, a sentence, code or a row of a table."""
    for separator in (";", ","):
        names = [part.strip() for part in line.split(separator) if part.strip()]
        if len(names) > 1:
            return names if all(map(_can_be_name, names)) and not any(map(_is_cell, names)) else []
    return []


def _can_be_name(text: str) -> bool:
    return len(text.split()) <= _WORDS_OF_A_NAME and _CODE.isdisjoint(text)


def _is_cell(text: str) -> bool:
    """Return whether a text is a cell of a table: an answer, a call type, or the heading of a column."""
    return answer_in(text) is not None or call_in(text) is not None or is_known_heading(text)


def _tree(text: str, said: str) -> FileTree:
    return FileTree(FileTree.of({PASTED: text.encode()}).files, (Notice.at(Place(PASTED), said),))
