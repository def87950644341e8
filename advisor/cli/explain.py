"""``advisor explain``: prints who receives an event with this ``integrations`` object, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import click

from advisor import document
from advisor.cli import options as cli_options
from advisor.cli.files import read_plan
from advisor.explain import Explanation, Inquiry, InquiryError, ObjectProblem, Verdict, Where
from advisor.explain import explain as explain_object
from advisor.explain.parse.source import MAX_LENGTH
from advisor.model import CALL_TYPES, CallType, Destination, Plan, Severity
from advisor.text import escape_invisible

_FOUR_BYTES = 4  # the longest UTF-8 character
_PASTED = click.File("rb")
_VERDICTS = {"receives": "receives", "check": "check", "unknown": "unknown", "does-not": "does not"}


@click.command()
@click.argument("file", type=_PASTED, default="-")
@click.option("--library", required=True, metavar="KEY", help="The library that makes the call.")
@click.option(
    "--destination",
    "destinations",
    multiple=True,
    metavar="KEY",
    help="A destination to ask about; repeat it for more.",
)
@click.option("--plan", metavar="PLAN.json", help="Ask about the destinations and warehouse of a plan.")
@click.option("--load", type=_PASTED, metavar="FILE", help="The load-time object of Analytics.js.")
@click.option("--call", type=click.Choice(CALL_TYPES), help="The call type.")
@click.option("--warehouse", is_flag=True, help="Ask about warehouses, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@cli_options.fail_on("problem")
@cli_options.debug
@click.pass_context
def explain(
    context: click.Context,
    file: IO[bytes],
    library: str,
    destinations: tuple[str, ...],
    plan: str | None,
    load: IO[bytes] | None,
    call: CallType | None,
    fail_on: Severity | None,
    *,
    warehouse: bool,
    as_json: bool,
) -> None:
    """Explain an integrations object, or a whole call, in FILE; `-` or no file reads standard input.

    Without destinations, it is about those that the object names.
    """
    planned = Plan() if plan is None else read_plan(plan).plan
    asked: tuple[Destination | str, ...] = (*planned.destinations, *destinations)
    inquiry = Inquiry(
        object=_text(file, "/object"),
        load=_text(load, "/load") if load else None,
        library=library,
        destinations=asked,
        call=call,
        warehouse=warehouse or planned.warehouse,
    )
    explanation = _explanation(inquiry)
    if as_json:
        click.echo(document.json_text(explanation), nl=False)
    else:
        click.echo("\n".join(_lines(explanation)))
    cli_options.leave(context, (each.severity for each in explanation.problems), fail_on)


def _text(file: IO[bytes], pointer: str) -> str:
    """Return the pasted text; of one that is too long, only the start. Raises `DocumentError` if it isn't UTF-8."""
    data = file.read(MAX_LENGTH * _FOUR_BYTES + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"Not UTF-8: byte {error.start:,} begins no character."
        problem = document.Problem(code="encoding", message=message, pointer=pointer)
        raise document.DocumentError("json", [problem]) from None


def _explanation(inquiry: Inquiry) -> Explanation:
    try:
        return explain_object(inquiry)
    except InquiryError as error:
        problems = [
            document.Problem(code=each.code, message=each.message, pointer=each.pointer) for each in error.faults
        ]
        raise document.DocumentError("plan", problems) from None


def _lines(explanation: Explanation) -> Iterator[str]:
    receivers = [explanation.segment, *explanation.destinations]
    receivers += [explanation.warehouse] if explanation.warehouse else []
    widest = max(len(escape_invisible(each.name)) for each in receivers)
    yield from (_receiver(each, widest) for each in receivers)
    if explanation.problems:
        yield ""
        yield from map(_problem, explanation.problems)
    for title, corrected in (("", explanation.corrected), (" at load time", explanation.corrected_load)):
        if corrected is not None:
            yield f"\nProbably meant{title}:"
            yield from map(escape_invisible, document.json_text(corrected).decode().rstrip("\n").split("\n"))


def _receiver(verdict: Verdict, width: int) -> str:
    name, word = escape_invisible(verdict.name).ljust(width), _VERDICTS[verdict.verdict].ljust(8)
    return f"{name}  {word}  {(verdict.mode or '').ljust(6)}  {escape_invisible(verdict.text)}"


def _problem(problem: ObjectProblem) -> str:
    message = f"{escape_invisible(problem.message)} {escape_invisible(problem.fix)}"
    return f"{problem.severity}: {_place(problem.where)}{message} [{problem.code}]"


def _place(where: Where) -> str:
    part = "load-time object, " if where.input == "load" else ""
    return f"{part}line {where.line}, column {where.column}: " if where.line else part
