"""The command line: ``advisor serve``, ``advise``, ``export``, ``explain`` and ``schema``. ``docs/command-line.md`` describes it.

Exit codes: 0 done; 1 done, with a finding that ``--fail-on`` asks for; 2 the input, an option or a file is wrong;
3 a fault of ours or of the machine; 130 interrupted. Standard output has the document and nothing else.
"""

from __future__ import annotations

import errno
import gc
import os
import secrets
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec

from advisor import document
from advisor.advice import advise as advise_plan
from advisor.advice.plan.standing import open_findings
from advisor.cli_check import check_command
from advisor.cli_explain import explain
from advisor.cli_export import export_command
from advisor.cli_snippets import snippets
from advisor.document.problems import visible
from advisor.knowledge.findings import SEVERITIES
from advisor.model import Plan
from advisor.settings import SettingsError, max_body

DONE, FOUND, WRONG, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
STANDARD_STREAM = "-"
_FAULTS_OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


class _ExitCodes(click.Group):
    """Commands whose outcome is an exit code, and whose errors are one line each on standard error."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command and leave with its exit code. Takes what `click.Command.main` takes."""
        options = {"debug": False}
        try:
            code = super().main(*args, **extra | {"standalone_mode": False, "obj": options})
        except document.DocumentError as error:
            code = _say(WRONG, *(f"{problem.pointer}: {problem.message}" for problem in error.errors))
        except click.Abort:
            code = INTERRUPTED
        except (click.ClickException, SettingsError) as error:
            code = _say(WRONG, error.format_message() if isinstance(error, click.ClickException) else str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, it ends the program, and one line says so
            if options["debug"]:
                traceback.print_exc()
            code = _say(
                FAULT, f"{type(error).__name__}: {error}" + ("" if options["debug"] else " (--debug shows where)")
            )
        sys.exit(code or DONE)


def _say(code: int, *lines: str) -> int:
    for line in lines:
        click.echo(visible(line), err=True)
    return code


_debug = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _option, value: context.obj.update(debug=value),
    help="Show the traceback of a fault.",
)


@click.group(cls=_ExitCodes, invoke_without_command=True)
@click.version_option(package_name="advisor", message="%(version)s")
@click.pass_context
def main(context: click.Context) -> int:
    """Client or server? Advice, integrations objects and a tracking plan, event by event.

    Without a command, it serves the app.
    """
    if context.invoked_subcommand is None:
        context.invoke(serve)
    return DONE


@main.command()
@click.argument("plan", metavar="PLAN.json")
@click.option(
    "-o", "--output", metavar="OUT", default=STANDARD_STREAM, help="Write to this file; `-` is standard output."
)
@click.option("--bare", is_flag=True, help="Leave the computed parts out.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 on a finding at least as grave.")
@_debug
@click.pass_context
def advise(context: click.Context, plan: str, output: str, bare: bool, fail_on: str | None) -> None:
    """Read a plan document and write it back with recommendations; `-` reads standard input."""
    limit = max_body()
    with _no_collection():
        reading = document.read(_read(plan, limit), max_body=limit)
        advised = advise_plan(reading.plan, reading.notes)
        _write(output, document.write(reading.plan if bare else advised))
    if fail_on and _worst(advised) <= SEVERITIES.index(fail_on):
        context.exit(FOUND)


@main.command()
@_debug
def schema() -> None:
    """Print the JSON Schema (2020-12) of plan documents."""
    _write(STANDARD_STREAM, msgspec.json.format(msgspec.json.encode(document.schema()), indent=2) + b"\n")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@_debug
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve the app, and print where it is and where plans are kept."""
    from advisor.web.server import CannotServe, serve_at

    try:
        interrupted = serve_at(host, port, click.echo)
    except CannotServe as error:
        raise click.ClickException(str(error)) from error
    context.exit(INTERRUPTED if interrupted else DONE)


main.add_command(explain)
main.add_command(snippets)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cyclic garbage: one document makes a million objects and not a cycle."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _worst(plan: Plan) -> int:
    """The place of the gravest finding in `SEVERITIES`, dismissed ones left out; their number if there is none."""
    return min((SEVERITIES.index(item.finding.severity) for item in open_findings(plan)), default=len(SEVERITIES))


def _read(name: str, limit: int) -> bytes:
    """The bytes of a file or of standard input, at most one more than the limit."""
    if name == STANDARD_STREAM:
        return sys.stdin.buffer.read(limit + 1)
    with _files_are_input(name), Path(name).open("rb") as file:
        return file.read(limit + 1)


def _write(name: str, data: bytes) -> None:
    if name == STANDARD_STREAM:
        _print(data)
    else:
        with _files_are_input(name):
            _replace(Path(name), data)


def _print(data: bytes) -> None:
    stream = sys.stdout.buffer
    try:
        stream.write(data)
        stream.flush()
    except OSError as error:
        # What is left in the buffer must not fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise
        # Who reads it had enough, as `head` does: the outcome is the same.


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe cannot be replaced
        return
    path = path.resolve()  # so that a link stays a link
    temporary = path.with_name(f".advisor-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _files_are_input(name: str) -> Iterator[None]:
    """A file that cannot be used is an error of the input, unless the machine fails."""
    try:
        yield
    except OSError as error:
        if error.errno in _FAULTS_OF_THE_MACHINE:
            raise
        raise click.ClickException(f"{name}: {error.strerror}") from error


main.add_command(export_command(_read, _write, _worst, FOUND))
main.add_command(check_command(_read, _write, FOUND))
