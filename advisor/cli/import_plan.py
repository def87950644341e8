"""``advisor import``: reads a plan in any known format, and merges it into a plan document if asked to."""

from __future__ import annotations

from typing import Literal

import click

from advisor import document
from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.cli import options as cli_options
from advisor.cli.errors import ProblemsError
from advisor.cli.files import STANDARD_STREAM, read_plan, refuse_input_as_report, write_all
from advisor.cli.progress import progress
from advisor.cli.source_files import line_of, review_files
from advisor.document.collection import without_collection
from advisor.formats.exchange import LeftOut, Notice
from advisor.formats.import_review import ImportChoices, ImportReview
from advisor.formats.merge_plans import MODES, Mode
from advisor.formats.merge_report import import_report
from advisor.formats.places import visible
from advisor.model import Severity
from advisor.text import quantity

_MOST_LINES = 100


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@cli_options.output
@click.option("--format", "key", metavar="KEY", help="Read this format instead of the one that is recognised.")
@click.option(
    "--into", metavar="PLAN.json", help="Merge into this plan document. It is only read; -o says where to write."
)
@click.option("--mode", type=click.Choice(MODES), help="What --into does with events; add if it is not given.")
@click.option("--add-destinations", is_flag=True, help="With --into: add destinations that the plan does not have.")
@click.option("--suggest", is_flag=True, help="Fill in what known names suggest, as suggested answers of added events.")
@cli_options.json_report
@click.option("--bare", is_flag=True, help="Leave the computed parts out.")
@cli_options.fail_on()
@cli_options.debug
@click.pass_context
def import_plan(
    context: click.Context,
    files: tuple[str, ...],
    output: str,
    key: str | None,
    into: str | None,
    mode: Mode | None,
    json_report: str | None,
    fail_on: Severity | None,
    *,
    add_destinations: bool,
    suggest: bool,
    bare: bool,
) -> None:
    """Read a plan from files, folders or zips of any known format, and write it as an advised plan document.

    The format is recognised by the content of the files; `-` reads standard input.
    """
    if mode and not into:
        raise click.UsageError("--mode says how to merge, so it needs --into PLAN.json.")
    if into == STANDARD_STREAM and STANDARD_STREAM in files:
        raise click.UsageError("Only one of FILE and --into can be read from standard input.")
    refuse_input_as_report(json_report, [*files, *([into] if into else [])])
    with without_collection(), progress() as step:
        existing = read_plan(into).plan if into else None
        missing: Literal["add", "without"] = "add" if add_destinations else "without"
        choices = ImportChoices(format=key or "", mode=mode or "add", missing=missing, suggest=suggest)
        review = review_files(files, existing, choices, step)
        reading = _checked(review)
        step("Advising")
        advised = advise(reading.plan, reading.notes)
        step("Writing")
        data = document.write(document.bare(advised) if bare else advised)
        reports = [(json_report, [document.json_text(import_report(review))])] if json_report else []
        write_all([*reports, (output, [data])])
    _say(review)
    cli_options.leave(context, (item.finding.severity for item in open_findings(advised)), fail_on)


def _checked(review: ImportReview) -> document.Reading:
    """Return the plan after the import, with the notes of its reader."""
    if review.plan is None:
        return document.Reading(review.outcome, review.result.notes)
    try:
        return document.Reading(*document.check(review.outcome))
    except document.DocumentError as error:
        lines = [f"{problem.pointer}: {problem.message} (after merging)" for problem in error.errors]
        raise ProblemsError(lines) from None


def _say(review: ImportReview) -> None:
    """Print the format, and what the person should know about the reading, on standard error."""
    click.echo(f"format: {review.format.key}", err=True)
    reading = review.reading
    lines = [f"{line_of(_with(each, 'warning: '))}" for each in review.warnings()]
    lines += [f"warning: {each}" for each in review.merge.warnings]
    lines += [line_of(_left_out(each)) for each in reading.left_out]
    for line in lines[:_MOST_LINES]:
        click.echo(visible(line), err=True)
    if (more := len(lines) - _MOST_LINES) > 0:
        click.echo(f"… and {quantity(more, 'line')} more (--json-report has them)", err=True)


def _with(notice: Notice, before: str) -> Notice:
    return Notice(notice.file, notice.line, notice.column, notice.pointer, before + notice.message)


def _left_out(each: LeftOut) -> Notice:
    return Notice.at(each.place, f"left out: {each.what}: {each.reason}")
