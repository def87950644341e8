"""``advisor export``: writes a plan in another format, to a file, a folder or standard output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor import document
from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.cli import options as cli_options
from advisor.cli.errors import ProblemsError
from advisor.cli.files import STANDARD_STREAM, in_folder, read_plan, refuse_input_as_report, write_all
from advisor.cli.loss_lines import print_losses
from advisor.cli.progress import progress
from advisor.document.collection import without_collection
from advisor.document.nearest import nearest_of
from advisor.formats import EXPORTS
from advisor.model import Plan, Severity
from advisor.text import quote

if TYPE_CHECKING:
    from advisor.formats.exchange import Loss, Written


@click.command()
@cli_options.plan_argument
@click.option(
    "--to",
    "--format",
    "key",
    metavar="KEY",
    default="json",
    show_default=True,
    help="The format to write; advisor formats lists them.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    default=STANDARD_STREAM,
    help="Write to this file or into this folder; `-` is standard output.",
)
@click.option(
    "--verdict", is_flag=True, help="Also write where each event is tracked, as a label or what the format has."
)
@click.option(
    "--advisor-data",
    is_flag=True,
    help="Also write answers, decisions and all else of ours, in the format or beside it.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if the format can't hold all of the plan.")
@cli_options.json_report
@cli_options.fail_on()
@cli_options.debug
@click.pass_context
def export(
    context: click.Context,
    plan: str,
    key: str,
    output: str,
    json_report: str | None,
    fail_on: Severity | None,
    *,
    verdict: bool,
    advisor_data: bool,
    strict: bool,
) -> None:
    """Write a plan document in another format: of another tool, a report, a decision record; `-` reads standard input."""
    refuse_input_as_report(json_report, [plan])
    with without_collection(), progress() as step:
        step("Reading the plan")
        reading = read_plan(plan)
        step("Advising")
        advised = advise(reading.plan, reading.notes)
        step("Writing")
        files, losses = _files(advised, key, verdict=verdict, advisor_data=advisor_data)
        _check_output(output, files)
        reports = [(json_report, [_report(key, files, losses)])] if json_report else []
        write_all([*reports, *_outputs(output, files)])
    print_losses(losses, "--json-report")
    if strict and losses:
        context.exit(cli_options.FOUND)
    cli_options.leave(context, (item.finding.severity for item in open_findings(advised)), fail_on)


def _files(plan: Plan, key: str, *, verdict: bool, advisor_data: bool) -> tuple[Mapping[str, bytes], tuple[Loss, ...]]:
    """Return the files of an export, and what the format can't hold. Raises `click.ClickException` for the key."""
    if key in EXPORTS:
        form = EXPORTS[key]
        return {f"plan.{form.extension}": form.write(plan)}, ()
    from advisor.formats.exchange import FormatError, WriteOptions, formats  # noqa: PLC0415 - other exports never need the parsers

    writers = {each.key: each.write for each in formats().values() if each.write}
    if key not in writers:
        hint = nearest_of(key, [*EXPORTS, *writers])
        raise click.ClickException(
            f"There is no format {quote(key)} to export to.{hint} There are {', '.join({**EXPORTS, **writers})}."
        )
    try:
        written: Written = writers[key](plan, WriteOptions(verdict=verdict, advisor_data=advisor_data))
    except FormatError as error:
        raise ProblemsError([f"{each.pointer}: {each.message}" for each in error.problems]) from None
    return written.files, tuple(dict.fromkeys(written.losses))


def _is_folder(output: str) -> bool:
    return output.endswith("/") or Path(output).is_dir()


def _check_output(output: str, files: Mapping[str, bytes]) -> None:
    if len(files) != 1 and not _is_folder(output) and (output == STANDARD_STREAM or Path(output).exists()):
        raise click.ClickException(
            f"This format writes {len(files)} files ({', '.join(files)}); name a folder with -o."
        )


def _outputs(output: str, files: Mapping[str, bytes]) -> list[tuple[str, Iterable[bytes]]]:
    if len(files) != 1 or (output != STANDARD_STREAM and _is_folder(output)):
        return in_folder(output, files)
    return [(output, files.values())]


def _report(key: str, files: Mapping[str, bytes], losses: tuple[Loss, ...]) -> bytes:
    lost = [{"event": each.event, "what": each.what, "done": each.done} for each in losses]
    return document.json_text({"format": key, "files": list(files), "losses": lost})
