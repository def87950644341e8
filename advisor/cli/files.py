"""Reads and writes files for the commands; ``-`` means standard input or output."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
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
    write_all([(name, pieces)])


def in_folder(name: str, files: Mapping[str, bytes]) -> list[tuple[str, Iterable[bytes]]]:
    """Return the outputs of `write_all` for files in a folder, which is made if it is missing."""
    for path in files:
        target = Path(name, path)
        with files_are_input(str(target)):
            target.parent.mkdir(parents=True, exist_ok=True)
    return [(str(Path(name, path)), (data,)) for path, data in files.items()]


def write_all(outputs: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write each output under its name. Files are replaced as a whole, and only if all of them could be written.

    Raises `ClickException` if a file can't be written, or if two outputs have the same name.
    """
    outputs = tuple(outputs)
    _refuse_equal_names([name for name, _ in outputs])
    with ExitStack() as temporary_files:
        ready: list[tuple[Path, Path]] = []
        for name, pieces in outputs:
            if _is_replaceable(name):
                ready.append(temporary_files.enter_context(_written_beside(name, pieces)))
        for temporary, path in ready:
            with files_are_input(str(path)):
                temporary.replace(path)
    for name, pieces in outputs:
        if name == STANDARD_STREAM:
            _print(pieces)
        elif not _is_replaceable(name):
            with files_are_input(name), Path(name).open("wb") as device:
                device.writelines(pieces)


def refuse_input_as_report(report: str | None, inputs: Iterable[str]) -> None:
    """Raise `ClickException` if a report would replace one of the files that the command reads."""
    if not report or not _is_replaceable(report):
        return
    target = Path(report).resolve()
    if any(each != STANDARD_STREAM and Path(each).resolve() == target for each in inputs):
        raise click.ClickException(f"{report}: this command reads that file. Name another one for the report.")


def standard_input(limit: int) -> bytes:
    """Return the bytes of standard input, at most one more than the limit."""
    if sys.stdin is None:
        raise click.ClickException("Standard input is closed.")
    return sys.stdin.buffer.read(limit + 1)


def _read(name: str, limit: int) -> bytes:
    """Return the bytes of a file or of standard input, at most one more than the limit."""
    if name == STANDARD_STREAM:
        return standard_input(limit)
    with files_are_input(name), Path(name).open("rb") as file:
        return file.read(limit + 1)


def _print(pieces: Iterable[bytes]) -> None:
    if sys.stdout is None:
        raise OSError(errno.EBADF, "Standard output is closed")
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


def _is_replaceable(name: str) -> bool:
    """Return whether this output is a file, new or old. A stream, a device or a pipe is written to and not replaced."""
    return name != STANDARD_STREAM and (not Path(name).exists() or Path(name).is_file() or Path(name).is_dir())


def _refuse_equal_names(names: Sequence[str]) -> None:
    if names.count(STANDARD_STREAM) > 1:
        raise click.ClickException("Standard output (-) can hold one output only. Name a file for the other.")
    seen: set[Path] = set()
    for name in filter(_is_replaceable, names):
        path = Path(name).resolve()
        if path in seen:
            raise click.ClickException(f"{name}: named for two outputs. Name another file for one of them.")
        seen.add(path)


@contextmanager
def _written_beside(name: str, pieces: Iterable[bytes]) -> Iterator[tuple[Path, Path]]:
    """Write a temporary file beside a file. Yields both paths, and removes the temporary one at the end."""
    path = Path(name).resolve()  # so that a symbolic link stays one
    temporary = path.with_name(f".advisor-{secrets.token_hex(8)}.tmp")
    try:
        with files_are_input(name or ".", named=True):
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            with temporary.open("xb") as file:
                file.writelines(pieces)
            if path.exists():
                shutil.copymode(path, temporary)
        yield temporary, path
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):
            temporary.unlink()


@contextmanager
def files_are_input(name: str, *, named: bool = False) -> Iterator[None]:
    """Turn an `OSError` into a `ClickException` that names the file, unless the machine failed (disk full, I/O error).

    With ``named``, the message has this name and not that of the file that failed.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FAULTS_OF_THE_MACHINE:
            raise
        shown = name if named else error.filename or name
        raise click.ClickException(f"{shown}: {error.strerror}") from error
