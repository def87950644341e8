"""Reads and writes files for the commands; ``-`` means standard input or output."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from advisor import document
from advisor.cli.errors import ProblemsError
from advisor.settings import max_body

STANDARD_STREAM = "-"
_FAULTS_OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


def read_plan(name: str) -> document.Reading:
    """Read the plan document in a file or on standard input. Raises `DocumentError`, or `ClickException` for the file."""
    limit = max_body()
    return document.read(_read(name, limit), max_body=limit)


def read_named_plan(name: str) -> document.Reading:
    """Read the plan document in a file, one of several. Raises `ProblemsError` whose lines begin with the file's name."""
    try:
        return read_plan(name)
    except document.DocumentError as error:
        raise ProblemsError([f"{name}: {each.pointer}: {each.message}" for each in error.errors]) from None


def write(name: str, data: bytes) -> None:
    """Write to standard output, or replace a file as a whole, so that it is never half written."""
    write_pieces(name, (data,))


def write_pieces(name: str, pieces: Iterable[bytes]) -> None:
    """Write all the pieces as `write` does."""
    if name == STANDARD_STREAM:
        _print(pieces)
    else:
        with files_are_input(name):
            _replace(Path(name), pieces)


def write_folder(name: str, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made if it is missing. Each file is replaced as a whole; others stay."""
    for path, data in files.items():
        target = Path(name, path)
        with files_are_input(str(target)):
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, (data,))


def _read(name: str, limit: int) -> bytes:
    """Return the bytes of a file or of standard input, at most one more than the limit."""
    if name == STANDARD_STREAM:
        return sys.stdin.buffer.read(limit + 1)
    with files_are_input(name), Path(name).open("rb") as file:
        return file.read(limit + 1)


def _print(pieces: Iterable[bytes]) -> None:
    stream = sys.stdout.buffer
    try:
        stream.writelines(pieces)
        stream.flush()
    except OSError as error:
        # Python flushes the rest of the buffer when it ends; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise
        # The reader closed the pipe early, as `head` does: that is no error.


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            device.writelines(pieces)  # a device or a pipe cannot be replaced
        return
    path = path.resolve()  # so that a symbolic link stays one
    temporary = path.with_name(f".advisor-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.writelines(pieces)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def files_are_input(name: str) -> Iterator[None]:
    """Turn an `OSError` into a `ClickException` that names the file, unless the machine failed (disk full, I/O error)."""
    try:
        yield
    except OSError as error:
        if error.errno in _FAULTS_OF_THE_MACHINE:
            raise
        raise click.ClickException(f"{error.filename or name}: {error.strerror}") from error
