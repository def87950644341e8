"""``advisor check``: prints every finding of a plan, one per line, and sets an exit code for the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click
import msgspec

from advisor import document
from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import Standing, standing
from advisor.cli import options as cli_options
from advisor.cli.files import STANDARD_STREAM, read_named_plan, read_plan, write
from advisor.knowledge.findings import SEVERITIES
from advisor.model import Severity
from advisor.text import escape_invisible


@click.command()
@click.argument("plans", metavar="PLAN.json...", nargs=-1, required=True)
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
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@cli_options.debug
@click.pass_context
def check(
    context: click.Context,
    plans: tuple[str, ...],
    fail_on: Severity,
    layout: str,
    *,
    with_dismissed: bool,
    as_json: bool,
) -> None:
    """Print the findings of plan documents, the most severe first; `-` reads standard input."""
    read = read_plan if len(plans) == 1 else read_named_plan
    found = {name: _findings(read(name)) for name in dict.fromkeys(plans)}
    open_ones = {name: [each for each in items if each.dismissal is None] for name, items in found.items()}
    printed = found if with_dismissed else open_ones
    write(STANDARD_STREAM, _LAYOUTS["json" if as_json else layout](printed))
    severities = (item.finding.severity for items in open_ones.values() for item in items)
    cli_options.leave(context, severities, fail_on)


def _findings(reading: document.Reading) -> list[Standing]:
    return sorted(standing(advise(reading.plan, reading.notes)), key=_order)


def _order(item: Standing) -> tuple[int, str, str]:
    return SEVERITIES.index(item.finding.severity), item.finding.code, item.finding.pointer


def _text(found: Mapping[str, Iterable[Standing]]) -> bytes:
    """Return a line for each finding; it begins with the name of the plan if there are several."""
    lines = [
        f"{name}: {_line(item)}" if len(found) > 1 else _line(item) for name, items in found.items() for item in items
    ]
    return "".join(f"{escape_invisible(line)}\n" for line in lines).encode()


def _line(item: Standing) -> str:
    found = item.finding
    dismissed = "" if item.dismissal is None else f" (dismissed: {item.dismissal.reason})"
    return f"{found.pointer}: {found.severity} {found.code} {found.message}{dismissed}"


def _json(found: Mapping[str, Iterable[Standing]]) -> bytes:
    """Return a list of findings; of several plans, an object of lists by the name of the plan."""
    parts = {
        name: [msgspec.to_builtins(item.finding) | {"dismissed": item.dismissal} for item in items]
        for name, items in found.items()
    }
    return document.json_text(parts if len(parts) > 1 else next(iter(parts.values())))


_LAYOUTS = {"text": _text, "json": _json}
