"""The command ``advisor`` and its subcommands; ``docs/command-line.md`` describes them.

Exit codes: 0 success; 1 success, but with a finding at or above ``--fail-on``; 2 wrong input, option or file; 3 an
internal error or a failure of the machine; 130 interrupted. Standard output contains only the document.
"""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from advisor import document
from advisor.advice import advise as advise_plan
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.cli import options as cli_options
from advisor.cli.errors import ProblemsError
from advisor.cli.files import STANDARD_STREAM, read_plan, write, write_pieces
from advisor.document.collection import without_collection
from advisor.model import Severity
from advisor.settings import SettingsError
from advisor.text import escape_invisible

_LOADED_LATE = {
    "check": ("advisor.cli.check", "check"),
    "diff": ("advisor.cli.diff", "diff"),
    "explain": ("advisor.cli.explain", "explain"),
    "export": ("advisor.cli.export", "export"),
    "formats": ("advisor.cli.formats", "formats"),
    "import": ("advisor.cli.import_plan", "import_plan"),
    "plans": ("advisor.cli.plans", "plans"),
    "privacy": ("advisor.cli.privacy", "privacy"),
    "push": ("advisor.cli.push", "push"),
    "snippets": ("advisor.cli.snippets", "snippets"),
}
"""Command -> its module, and its name there. A command loads only what it uses."""
DONE, WRONG, FAULT, INTERRUPTED = 0, 2, 3, 130


class _ExitCodes(click.Group):
    """A command group that turns each outcome into an exit code, and each error into one line on standard error.

    It loads the commands of `_LOADED_LATE` only when they are asked for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in their order."""
        return sorted([*super().list_commands(ctx), *_LOADED_LATE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None if there is none."""
        if cmd_name in _LOADED_LATE:
            module, name = _LOADED_LATE[cmd_name]
            command: click.Command = getattr(import_module(module), name)
            return command
        return super().get_command(ctx, cmd_name)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command and exit with its exit code. Takes the arguments of `click.Command.main`."""
        options = {"debug": False}
        try:
            code = super().main(*args, **extra | {"standalone_mode": False, "obj": options})
        except document.DocumentError as error:
            code = _say(WRONG, *(f"{problem.pointer}: {problem.message}" for problem in error.errors))
        except click.Abort:
            code = INTERRUPTED
        except ProblemsError as error:
            code = _say(WRONG, *error.lines)
        except (click.ClickException, SettingsError) as error:
            code = _say(WRONG, error.format_message() if isinstance(error, click.ClickException) else str(error))
        except Exception as error:  # noqa: BLE001 - any exception ends the program with one line
            if options["debug"]:
                traceback.print_exc()
            code = _say(
                FAULT, f"{type(error).__name__}: {error}" + ("" if options["debug"] else " (--debug shows where)")
            )
        sys.exit(code or DONE)


def _say(code: int, *lines: str) -> int:
    with suppress(OSError):  # a full or closed standard error must not change the exit code
        for line in lines:
            click.echo(escape_invisible(line), err=True)
    return code


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
@cli_options.plan_argument
@cli_options.output
@click.option("--bare", is_flag=True, help="Leave the computed parts out.")
@cli_options.fail_on()
@cli_options.debug
@click.pass_context
def advise(context: click.Context, plan: str, output: str, fail_on: Severity | None, *, bare: bool) -> None:
    """Read a plan document and write it back with recommendations; `-` reads standard input."""
    with without_collection():
        reading = read_plan(plan)
        advised = advise_plan(reading.plan, reading.notes)
        write_pieces(output, document.pieces(reading.plan if bare else advised))
    cli_options.leave(context, (item.finding.severity for item in open_findings(advised)), fail_on)


@main.command()
@cli_options.debug
def schema() -> None:
    """Print the JSON Schema (2020-12) of plan documents."""
    write(STANDARD_STREAM, document.json_text(document.schema()))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes a free one.",
)
@cli_options.debug
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve the app, and print its address and where plans are kept."""
    from advisor.web.server.serve import CannotServeError, serve_at

    try:
        interrupted = serve_at(host, port, click.echo)
    except CannotServeError as error:
        raise click.ClickException(str(error)) from error
    context.exit(INTERRUPTED if interrupted else DONE)
