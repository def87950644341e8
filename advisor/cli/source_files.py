"""Reads plans from files in any known format for the commands, and says in which file and line something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from advisor import document
from advisor.cli.errors import ProblemsError
from advisor.cli.files import STANDARD_STREAM, files_are_input
from advisor.formats.exchange import (
    FileTree,
    Format,
    FormatError,
    Notice,
    PlanReading,
    format_named,
    read_files,
    read_paths,
    recognise,
    to_plan,
    tree_of_bytes,
)
from advisor.formats.limits import MAX_TREE_BYTES


@dataclass(frozen=True, slots=True)
class Brought:
    """A plan from files: the format, what its reader returned, and the plan that it became."""

    format: Format
    reading: PlanReading
    result: document.Reading


def read_plan_files(names: Sequence[str], key: str | None = None, step: Callable[[str], None] | None = None) -> Brought:
    """Read a plan from files, folders, zips or standard input, in the format that is recognised unless ``key`` names it.

    Raises `ProblemsError`, or `click.ClickException` for what can't be opened.
    """
    show = step or (lambda _step: None)
    with format_errors_are_input():
        show("Reading files")
        tree = _tree(names)
        form = format_named(key) if key else recognise(tree).format
        show(f"Reading {form.title}")
        reading = read_files(tree, form.key)
    with format_errors_are_input(_pointer_line if reading.whole is not None else line_of):
        show("Checking the plan")
        return Brought(form, reading, to_plan(reading, tree))


@contextmanager
def format_errors_are_input(as_line: Callable[[Notice], str] | None = None) -> Iterator[None]:
    """Turn a `FormatError` into a `ProblemsError` with a line for each problem."""
    try:
        yield
    except FormatError as error:
        raise ProblemsError([(as_line or line_of)(each) for each in error.problems]) from None


def line_of(notice: Notice) -> str:
    """Return a notice as compilers print it: ``file:line:column: message``."""
    place = ":".join(str(part) for part in (notice.file, notice.line, notice.column) if part)
    return f"{place}: {notice.message}" if place else notice.message


def _pointer_line(notice: Notice) -> str:
    return f"{notice.pointer}: {notice.message}"


def _tree(names: Sequence[str]) -> FileTree:
    if STANDARD_STREAM not in names:
        with files_are_input(names[0]):
            return read_paths(map(Path, names))
    if len(names) > 1:
        raise click.ClickException("Standard input (-) can only be read alone, not together with files.")
    return tree_of_bytes(sys.stdin.buffer.read(MAX_TREE_BYTES + 1), STANDARD_STREAM)
