"""Reads plans from files in any known format for the commands, and says in which file and line something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec.structs import replace

from advisor.cli.errors import ProblemsError
from advisor.cli.files import STANDARD_STREAM, files_are_input, standard_input
from advisor.formats.exchange import FileTree, FormatError, Notice, format_named, read_paths, recognise, tree_of_bytes
from advisor.formats.import_review import ImportChoices, ImportReview, review_import
from advisor.formats.limits import MAX_TREE_BYTES
from advisor.formats.tracking_plan import KEY as PLAN_DOCUMENT
from advisor.model import Plan


def review_files(
    names: Sequence[str], plan: Plan | None, choices: ImportChoices, step: Callable[[str], None]
) -> ImportReview:
    """Return what files, folders, zips or standard input would do to this plan, or as a plan of their own.

    Raises `ProblemsError`, or `click.ClickException` for what can't be opened.
    """
    with format_errors_are_input():
        step("Reading files")
        tree = _tree(names)
        form = format_named(choices.format) if choices.format else recognise(tree).format
    with format_errors_are_input(_pointer_line if form.key == PLAN_DOCUMENT else line_of):
        step(f"Reading {form.title}")
        return review_import(tree, plan, replace(choices, format=form.key))


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
    if notice.line and not notice.pointer:
        return line_of(notice)
    return f"{notice.pointer}: {notice.message}"


def _tree(names: Sequence[str]) -> FileTree:
    if STANDARD_STREAM not in names:
        with files_are_input(names[0]):
            return read_paths(map(Path, names))
    if len(names) > 1:
        raise click.ClickException("Standard input (-) can only be read alone, not together with files.")
    return tree_of_bytes(standard_input(MAX_TREE_BYTES), STANDARD_STREAM)
