"""``advisor diff``: says what differs between two plans, the events whose placement flipped first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import click

from advisor import document
from advisor.cli import options as cli_options
from advisor.cli.files import STANDARD_STREAM, read_plan, write
from advisor.cli.progress import progress
from advisor.comparison import Stage, compare_plans
from advisor.comparison.report import comparison_report
from advisor.document.collection import without_collection
from advisor.formats.merge_plans import events_by_key
from advisor.model import Plan
from advisor.text import escape_invisible, quantity

_EVENTS = ("flipped", "added", "removed", "changed", "rerouted")


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@cli_options.as_json
@click.option(
    "--fail-on",
    type=click.Choice(("flip", "change")),
    help="Exit with 1 if the placement of an event flipped, or if anything differs.",
)
@cli_options.debug
@click.pass_context
def diff(
    context: click.Context, before: str, after: str, fail_on: Literal["flip", "change"] | None, *, as_json: bool
) -> None:
    """Compare two plan documents: what was added, removed and changed, and whose placement flipped, with the cause.

    One of the two may be `-`, which reads standard input. Events are the same if call, name and version are equal.
    """
    if before == after == STANDARD_STREAM:
        raise click.UsageError("Only one of the two plans can be read from standard input.")
    with without_collection(), progress() as step:
        step("Reading the plans")
        old, new = read_plan(before).plan, read_plan(after).plan
        step("Comparing")
        comparison = compare_plans(_stage(old), _stage(new))
        report = comparison_report(old, new, comparison)
    write(STANDARD_STREAM, document.json_text(report) if as_json else _text(report).encode())
    if fail_on and (comparison.flipped or (fail_on == "change" and not comparison.nothing)):
        context.exit(cli_options.FOUND)


def _stage(plan: Plan) -> Stage:
    return Stage(plan, {"\0".join(map(str, key)): event for key, event in events_by_key(plan.events).items()})


def _text(report: dict[str, Any]) -> str:
    return "".join(f"{escape_invisible(line)}\n" for line in _lines(report))


def _lines(report: dict[str, Any]) -> Iterator[str]:
    for kind in _EVENTS:
        yield from (f"{kind}: {_event_line(kind, each)}" for each in report[kind])
    yield from (f"settings: {_change_line(each)}" for each in report["settings"])
    counts = [f"{len(report[kind]):,} {kind}" for kind in _EVENTS if report[kind]]
    counts += [quantity(len(report["settings"]), "setting changed", "settings changed")] if report["settings"] else []
    yield f"{', '.join(counts) or 'nothing differs'}; {report['unchanged']:,} unchanged"


def _event_line(kind: str, event: dict[str, Any]) -> str:
    """Return an event with its placement, and why it flipped or what of it changed."""
    head = f"{event['name']} ({event['call']})"
    if kind == "flipped":
        return f"{head}: {event['before']} -> {event['after']}. {event['cause']}"
    if kind in ("added", "removed"):
        return f"{head}: {event['after'] or event['before']}"
    labels = dict.fromkeys(each["label"] for each in (*event["changes"], *event["calls"]))
    return f"{head}: {', '.join(labels)}"


def _change_line(change: dict[str, Any]) -> str:
    before, after = (" / ".join(change[side]) or "nothing" for side in ("before", "after"))
    return f"{change['label']}: {before} -> {after}"
