"""Arguments and options that several commands share, and the exit code for their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from advisor.knowledge.findings import SEVERITIES
from advisor.model import Severity

Command = TypeVar("Command", bound=Callable[..., Any])
FOUND = 1
"""The exit code of a command that succeeded, but found something at or above ``--fail-on``."""

plan_argument = click.argument("plan", metavar="PLAN.json")
output = click.option("-o", "--output", metavar="OUT", default="-", help="Write to this file; `-` is standard output.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
json_report = click.option("--json-report", metavar="REPORT.json", help="Write a report as JSON to this file.")
debug = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _option, value: context.obj.update(debug=value),
    help="Show the traceback of an internal error.",
)


def fail_on(what: str = "finding", default: Severity | None = None) -> Callable[[Command], Command]:
    """Return the option ``--fail-on``. ``what`` names what the command reports, for the help text."""
    return click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        default=default,
        show_default=default is not None,
        help=f"Exit with 1 on a {what} of this severity or a more severe one.",
    )


def leave(context: click.Context, found: Iterable[Severity], threshold: Severity | None) -> None:
    """End the command with exit code `FOUND` if one of these severities is at or above the threshold."""
    if threshold is not None and any(SEVERITIES.index(each) <= SEVERITIES.index(threshold) for each in found):
        context.exit(FOUND)
