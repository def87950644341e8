"""``advisor export``: a plan in another format, as a file or on standard output."""

from __future__ import annotations

from collections.abc import Callable

import click

from advisor import document
from advisor.advice import advise
from advisor.formats import EXPORTS
from advisor.knowledge.findings import SEVERITIES
from advisor.model import Plan
from advisor.settings import max_body

Read = Callable[[str, int], bytes]
Write = Callable[[str, bytes], None]


def export_command(read: Read, write: Write, worst: Callable[[Plan], int], found: int) -> click.Command:
    """The command. ``read`` and ``write`` take the name of a file or ``-``; ``worst`` ranks a plan's gravest finding."""

    @click.command("export")
    @click.argument("plan", metavar="PLAN.json")
    @click.option(
        "--format",
        "key",
        type=click.Choice(tuple(EXPORTS)),
        default="json",
        show_default=True,
        help="The format to write.",
    )
    @click.option("-o", "--output", metavar="OUT", default="-", help="Write to this file; `-` is standard output.")
    @click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 on a finding at least as grave.")
    @click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=lambda context, _option, value: context.obj.update(debug=value),
        help="Show the traceback of a fault.",
    )
    @click.pass_context
    def export(context: click.Context, plan: str, key: str, output: str, fail_on: str | None) -> None:
        """Write a plan document, advised, in another format: a report, a decision record; `-` reads standard input."""
        limit = max_body()
        reading = document.read(read(plan, limit), max_body=limit)
        advised = advise(reading.plan, reading.notes)
        write(output, EXPORTS[key].write(advised))
        if fail_on and worst(advised) <= SEVERITIES.index(fail_on):
            context.exit(found)

    return export
