"""``advisor diff``: says what differs between two plans, the events whose placement flipped first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import click
from msgspec.structs import replace

from advisor import document
from advisor.cli import options as cli_options
from advisor.cli.committed import committed_bytes
from advisor.cli.files import STANDARD_STREAM, read_named_plan, write
from advisor.cli.progress import progress
from advisor.comparison import Stage, compare_plans
from advisor.comparison.report import comparison_report
from advisor.document.collection import without_collection
from advisor.formats.merge_plans import events_by_key
from advisor.model import Plan
from advisor.settings import max_body
from advisor.text import escape_invisible, quantity

_EVENTS = ("flipped", "added", "removed", "changed", "rerouted")


@click.command()
@click.argument("plans", metavar="A B", nargs=-1, required=True)
@click.option(
    "--against", metavar="COMMIT", help="Compare each PLAN.json with itself in this commit, instead of A with B."
)
@cli_options.as_json
@click.option(
    "--fail-on",
    type=click.Choice(("flip", "change")),
    help="Exit with 1 if the placement of an event flipped, or if anything differs.",
)
@cli_options.debug
@click.pass_context
def diff(
    context: click.Context,
    plans: tuple[str, ...],
    against: str | None,
    fail_on: Literal["flip", "change"] | None,
    *,
    as_json: bool,
) -> None:
    """Compare two plan documents: what was added, removed and changed, and whose placement flipped, with the cause.

    One of the two may be `-`, which reads standard input. Events are the same if call, name and version are equal.
    """
    with without_collection(), progress() as step:
        step("Comparing")
        reports = _against(plans, against) if against else {"": _report(*_two(plans))}
    _print(reports, as_json=as_json, keyed=bool(against))
    flipped = any(report["flipped"] for report in reports.values())
    if (fail_on and flipped) or (fail_on == "change" and any(map(_differs, reports.values()))):
        context.exit(cli_options.FOUND)


def _two(plans: tuple[str, ...]) -> tuple[Plan, Plan]:
    if len(plans) != 2:
        raise click.UsageError("Name two plan documents, or one or more with --against COMMIT.")
    if plans == (STANDARD_STREAM, STANDARD_STREAM):
        raise click.UsageError("Only one of the two plans can be read from standard input.")
    return read_named_plan(plans[0]).plan, read_named_plan(plans[1]).plan


def _against(plans: tuple[str, ...], commit: str) -> dict[str, dict[str, Any]]:
    """Return a report for each plan that the commit has; the events of one that it does not have are all added."""
    reports = {}
    for name in dict.fromkeys(plans):
        before = committed_bytes(name, commit)
        new = read_named_plan(name).plan
        old = replace(new, events=()) if before is None else document.read(before, max_body=max_body()).plan
        reports[name] = _report(old, new)
    return reports


def _report(before: Plan, after: Plan) -> dict[str, Any]:
    return comparison_report(before, after, compare_plans(_stage(before), _stage(after)))


def _print(reports: dict[str, dict[str, Any]], *, as_json: bool, keyed: bool) -> None:
    if as_json:
        write(STANDARD_STREAM, document.json_text(reports if keyed else reports[""]))
        return
    lines = [f"{name}: {line}" if keyed else line for name, report in reports.items() for line in _lines(report)]
    write(STANDARD_STREAM, "".join(f"{escape_invisible(line)}\n" for line in lines).encode())


def _differs(report: dict[str, Any]) -> bool:
    return any(report[kind] for kind in (*_EVENTS, "settings"))


def _stage(plan: Plan) -> Stage:
    return Stage(plan, {"\0".join(map(str, key)): event for key, event in events_by_key(plan.events).items()})


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
    return f"{head}: {', '.join(labels) or 'what its calls carry'}"


def _change_line(change: dict[str, Any]) -> str:
    before, after = (" / ".join(change[side]) or "nothing" for side in ("before", "after"))
    return f"{change['label']}: {before} -> {after}"
