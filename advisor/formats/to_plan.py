"""Turns a reading into a plan, and places problems of the plan document in the files that it came from."""

from __future__ import annotations

from advisor import document
from advisor.document.parse import as_parsed
from advisor.document.problems import DocumentError
from advisor.document.read import read_tree
from advisor.document_limits import MAX_EVENTS
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.places import FormatError, Notice, Path, Place, refusal
from advisor.formats.reading import PlanReading


def to_plan(reading: PlanReading, tree: FileTree) -> document.Reading:
    """Return the plan of a reading, in canonical form, with notes. Raises `FormatError` with places in the files."""
    if (count := len(reading.events)) > MAX_EVENTS:
        raise refusal(tree.place, f"There are {count:,} events in it; a plan has at most {MAX_EVENTS:,}.")
    try:
        return read_tree(as_parsed(reading.document()))
    except DocumentError as error:
        places = tree.located(_place(reading, tree, problem.pointer) for problem in error.errors)
        raise FormatError(
            Notice(place.file, place.line, place.column, problem.pointer, problem.message)
            for place, problem in zip(places, error.errors, strict=True)
        ) from None


def _place(reading: PlanReading, tree: FileTree, pointer: str) -> Place:
    return reading.place_of(_path(pointer)) if reading.whole is None else Place(tree.place.file, pointer=pointer)


def _path(pointer: str) -> Path:
    parts = pointer.split("/")[1:]
    return tuple(int(part) if part.isdecimal() else part.replace("~1", "/").replace("~0", "~") for part in parts)
