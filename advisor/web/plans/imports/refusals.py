"""Why files can't be read, in words: of a plan document with the names in it and how to correct it."""

from __future__ import annotations

from advisor.document import DocumentError
from advisor.document.parse import as_parsed
from advisor.document.places import mend, place_in_words
from advisor.document.read import read_tree
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import FormatError
from advisor.formats.pasted_text import PASTED
from advisor.formats.places import Notice
from advisor.formats.registry import NOT_RECOGNISED
from advisor.formats.tracking_plan import recognise


def refusal_texts(tree: FileTree | None, error: FormatError) -> tuple[str, ...]:
    """Return why files are refused. ``tree`` is None for files that could not be opened."""
    if tree is None or not recognise(tree) or tree.only is None:
        return tuple(map(_in_short, error.problems))
    value = tree.only.peek_json()
    try:
        read_tree(as_parsed(value))
    except DocumentError as wrong:
        texts = []
        for problem, notice in zip(wrong.errors, error.problems, strict=False):
            place = place_in_words(value, problem.pointer)
            said = " ".join(filter(None, (problem.message, mend(problem.code))))
            line = f" (line {notice.line:,})" if notice.line else ""
            texts.append(f"{place}: {said}{line}" if place else f"{said}{line}")
        return tuple(texts)
    return tuple(str(_unnamed(each)) for each in error.problems)


def _in_short(notice: Notice) -> str:
    """Return a problem as a page says it: the page lists the formats itself."""
    text = str(_unnamed(notice))
    before, known, _ = text.partition(NOT_RECOGNISED)
    return f"{before}{known} A table needs a column with the names of events." if known else text


def _unnamed(notice: Notice) -> Notice:
    """Return a notice without a file if it is about pasted text, which has only lines."""
    return Notice("", *_place(notice), notice.message) if notice.file == PASTED else notice


def _place(notice: Notice) -> tuple[int | None, int | None, str]:
    return notice.line, notice.column, notice.pointer
