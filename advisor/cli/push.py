"""``advisor push segment``: sends the rules of a plan to a tracking plan in Segment, after showing what would change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import click

from advisor import document
from advisor.advice import advise
from advisor.cli import options as cli_options
from advisor.cli.errors import ProblemsError
from advisor.cli.files import STANDARD_STREAM, read_plan, write
from advisor.cli.loss_lines import print_losses
from advisor.cli.progress import progress
from advisor.cli.push_report import push_lines, push_report
from advisor.cli.segment_api import BATCH, DELETE_BATCH, REGIONS, SegmentApi, SegmentUnavailableError
from advisor.cli.source_files import format_errors_are_input
from advisor.document.collection import without_collection
from advisor.formats.exchange import Loss, WriteOptions
from advisor.formats.segment_rule_diff import (
    MOST_RULES,
    Rule,
    RuleDiff,
    rule_diff,
    rule_in_words,
    rules_to_push,
    twins,
)
from advisor.text import escape_invisible, quantity

TOKEN = "SEGMENT_PUBLIC_API_TOKEN"  # noqa: S105 - the name of a variable
Step = Callable[[str], None]


@click.group()
def push() -> None:
    """Send a plan to another tool."""


@push.command()
@cli_options.plan_argument
@click.option("--tracking-plan", required=True, metavar="ID", help="The tracking plan in Segment: tp_…")
@click.option("--yes", is_flag=True, help="Send it. Without this, only what would change is shown.")
@click.option("--delete", is_flag=True, help="Also delete the rules that the plan does not have.")
@click.option("--verdict", is_flag=True, help="Also send where each event is tracked, as the label tracked.")
@click.option("--advisor-data", is_flag=True, help="Also send answers and decisions, as x-tracking-advisor.")
@click.option(
    "--region", type=click.Choice(tuple(REGIONS)), default="us", show_default=True, help="Where the workspace is."
)
@click.option("--api", metavar="URL", help="Another address of the API, instead of that of the region.")
@cli_options.as_json
@cli_options.debug
def segment(
    plan: str,
    tracking_plan: str,
    region: str,
    api: str | None,
    *,
    yes: bool,
    delete: bool,
    verdict: bool,
    advisor_data: bool,
    as_json: bool,
) -> None:
    """Show how the rules of a tracking plan in Segment differ from a plan document, and send them with --yes.

    The token of the Public API is read from SEGMENT_PUBLIC_API_TOKEN. `-` reads the plan from standard input.
    """
    if not tracking_plan.strip():
        raise click.BadParameter("an id of Segment is not blank.", param_hint="'--tracking-plan'")
    client = SegmentApi(api or REGIONS[region], _token(), tracking_plan)
    with without_collection(), progress() as step:
        rules, losses = _rules(plan, WriteOptions(verdict=verdict, advisor_data=advisor_data))
        step("Reading the rules in Segment")
        difference = rule_diff(rules, client.rules())
        if not as_json:
            write(STANDARD_STREAM, "".join(f"{line}\n" for line in push_lines(difference, delete=delete)).encode())
        sent = _push(client, difference, step, delete=delete) if yes else 0
    if as_json:
        report = push_report(difference, losses, pushed=yes, deleted=yes and delete)
        write(STANDARD_STREAM, document.json_text(report))
        return
    print_losses(losses, "--json")
    if sent:
        click.echo(f"{quantity(sent, 'change was', 'changes were')} made in Segment.", err=True)
    if not yes and (difference.to_send or (delete and difference.only_there)):
        click.echo("Nothing was sent: --yes sends it.", err=True)


def _token() -> str:
    """Return the token of the environment. Raises `click.ClickException` for one that can't be sent; no message shows it."""
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise click.ClickException(f"{TOKEN} is not set. Make a token in Segment: Settings, Access Management, Tokens.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise click.ClickException(f"{TOKEN} is no token: it has blanks, line ends or letters beyond ASCII in it.")
    return token


def _rules(plan: str, options: WriteOptions) -> tuple[list[Rule], tuple[Loss, ...]]:
    """Return the rules of a plan document, and what they can't hold. Raises `click.ClickException` for too many, or twins."""
    advised = advise(read_plan(plan).plan)
    with format_errors_are_input(lambda problem: f"{problem.pointer}: {problem.message}"):
        rules, losses = rules_to_push(advised, options)
    if len(rules) > MOST_RULES:
        message = f"The plan has {len(rules):,} rules; a tracking plan in Segment has at most {MOST_RULES:,}."
        raise click.ClickException(message)
    if found := twins(rules):
        raise ProblemsError(
            [
                f"{escape_invisible(rule_in_words(rule))}: several events; only versions tell them apart"
                for rule in found
            ]
        )
    return rules, tuple(dict.fromkeys(losses))


def _push(client: SegmentApi, difference: RuleDiff, step: Step, *, delete: bool) -> int:
    """Send the rules in batches, then delete; returns how many changes were made.

    Raises what the client raises, saying how many were made before. An interruption says it on standard error.
    """
    done = 0
    total = len(difference.to_send) + (len(difference.only_there) if delete else 0)
    work = [(client.update, batch) for batch in _batches(difference.to_send, BATCH)]
    if delete:
        work += [(client.delete, batch) for batch in _batches(difference.only_there, DELETE_BATCH)]
    for send, batch in work:
        step(f"Sending rule {done + 1:,} of {total:,}")
        try:
            send(batch)
        except (click.ClickException, SegmentUnavailableError) as error:
            if not done:
                raise
            end = "" if str(error).endswith((".", "?", "!")) else "."
            message = f"{error}{end} {done:,} of {total:,} changes were made before; run it again to make the rest."
            raise type(error)(message) from None
        except KeyboardInterrupt:
            perhaps = f"{done:,} to {done + len(batch):,} of {total:,} changes were made"
            click.echo(f"Interrupted: {perhaps}; run it again to make the rest.", err=True)
            raise
        done += len(batch)
    return done


def _batches(rules: Sequence[Rule], size: int) -> Iterator[Sequence[Rule]]:
    return (rules[start : start + size] for start in range(0, len(rules), size))
