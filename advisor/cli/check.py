"""``advisor check``: prints every finding of a plan, one per line, and sets an exit code for the build."""

from __future__ import annotations

from collections.abc import Iterable

import click
import msgspec

from advisor import document
from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import Standing, standing
from advisor.cli import options as cli_options
from advisor.cli.files import STANDARD_STREAM, read_plan, write
from advisor.knowledge.findings import SEVERITIES
from advisor.model import Severity
from advisor.text import escape_invisible


@click.command()
@cli_options.plan_argument
@cli_options.fail_on(default="error")
@click.option(
    "--format",
    "layout",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="The form of the output.",
)
@click.option(
    "--all", "with_dismissed", is_flag=True, help="Print dismissed findings, too. They never affect the exit code."
)
@cli_options.debug
@click.pass_context
def check(context: click.Context, plan: str, fail_on: Severity, layout: str, *, with_dismissed: bool) -> None:
    """Print the findings of a plan document, the most severe first; `-` reads standard input."""
    reading = read_plan(plan)
    everything = sorted(standing(advise(reading.plan, reading.notes)), key=_order)
    open_ones = [item for item in everything if item.dismissal is None]
    write(STANDARD_STREAM, _LAYOUTS[layout](everything if with_dismissed else open_ones))
    cli_options.leave(context, (item.finding.severity for item in open_ones), fail_on)


def _order(item: Standing) -> tuple[int, str, str]:
    return SEVERITIES.index(item.finding.severity), item.finding.code, item.finding.pointer


def _text(items: Iterable[Standing]) -> bytes:
    lines = []
    for item in items:
        found = item.finding
        dismissed = "" if item.dismissal is None else f" (dismissed: {item.dismissal.reason})"
        lines.append(
            escape_invisible(f"{found.pointer}: {found.severity} {found.code} {found.message}{dismissed}") + "\n"
        )
    return "".join(lines).encode()


def _json(items: Iterable[Standing]) -> bytes:
    parts = [msgspec.to_builtins(item.finding) | {"dismissed": item.dismissal} for item in items]
    return document.json_text(parts)


_LAYOUTS = {"text": _text, "json": _json}
