"""``advisor export``: writes a plan in another format, to a file or to standard output."""

from __future__ import annotations

import click

from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.cli import options as cli_options
from advisor.cli.files import read_plan, write
from advisor.formats import EXPORTS
from advisor.model import Severity


@click.command()
@cli_options.plan_argument
@click.option(
    "--format",
    "key",
    type=click.Choice(tuple(EXPORTS)),
    default="json",
    show_default=True,
    help="The format to write.",
)
@cli_options.output
@cli_options.fail_on()
@cli_options.debug
@click.pass_context
def export(context: click.Context, plan: str, key: str, output: str, fail_on: Severity | None) -> None:
    """Write a plan document, advised, in another format: a report, a decision record; `-` reads standard input."""
    reading = read_plan(plan)
    advised = advise(reading.plan, reading.notes)
    write(output, EXPORTS[key].write(advised))
    cli_options.leave(context, (item.finding.severity for item in open_findings(advised)), fail_on)
