"""``advisor check``: every finding of a plan on a line of its own, and an exit code for the build."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
import msgspec

from advisor import document
from advisor.advice import advise
from advisor.advice.plan.standing import Standing, standing
from advisor.document.problems import visible
from advisor.knowledge.findings import SEVERITIES
from advisor.settings import max_body

Read = Callable[[str, int], bytes]
Write = Callable[[str, bytes], None]


def check_command(read: Read, write: Write, found: int) -> click.Command:
    """The command. ``read`` and ``write`` take the name of a file or ``-``; ``found`` is the exit code for a finding."""

    @click.command("check")
    @click.argument("plan", metavar="PLAN.json")
    @click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        default="error",
        show_default=True,
        help="Exit with 1 on a finding at least as grave.",
    )
    @click.option(
        "--format",
        "layout",
        type=click.Choice(("text", "json")),
        default="text",
        show_default=True,
        help="How to print.",
    )
    @click.option("--all", "with_dismissed", is_flag=True, help="Print dismissed findings, too. They never fail.")
    @click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=lambda context, _option, value: context.obj.update(debug=value),
        help="Show the traceback of a fault.",
    )
    @click.pass_context
    def check(context: click.Context, plan: str, fail_on: str, layout: str, with_dismissed: bool) -> None:
        """Print the findings of a plan document, the gravest first; `-` reads standard input."""
        limit = max_body()
        reading = document.read(read(plan, limit), max_body=limit)
        everything = sorted(standing(advise(reading.plan, reading.notes)), key=_order)
        open_ones = [item for item in everything if item.dismissal is None]
        write("-", _LAYOUTS[layout](everything if with_dismissed else open_ones))
        if any(SEVERITIES.index(item.finding.severity) <= SEVERITIES.index(fail_on) for item in open_ones):
            context.exit(found)

    return check


def _order(item: Standing) -> tuple[int, str, str]:
    return SEVERITIES.index(item.finding.severity), item.finding.code, item.finding.pointer


def _text(items: Iterable[Standing]) -> bytes:
    lines = []
    for item in items:
        found = item.finding
        dismissed = "" if item.dismissal is None else f" (dismissed: {item.dismissal.reason})"
        lines.append(visible(f"{found.pointer}: {found.severity} {found.code} {found.message}{dismissed}") + "\n")
    return "".join(lines).encode()


def _json(items: Iterable[Standing]) -> bytes:
    parts = [msgspec.to_builtins(item.finding) | {"dismissed": item.dismissal} for item in items]
    return msgspec.json.format(msgspec.json.encode(parts), indent=2) + b"\n"


_LAYOUTS = {"text": _text, "json": _json}
