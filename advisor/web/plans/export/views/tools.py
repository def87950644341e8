"""A plan in the format of another tool: a page that says what the format can't hold, and the files to download."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import check
from advisor.formats import EXPORTS
from advisor.formats.exchange import Format, FormatError, Written
from advisor.formats.tool_formats import ADDITIONS, Addition, options_for, tool_format
from advisor.model import Plan
from advisor.snippets import provenance
from advisor.text import shorten
from advisor.web.app import current
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name, zip_files
from advisor.web.plans.export.tool_files import export_command, extension_of, first_text, loss_lines, tool_formats

SHOWN_EVENTS = 1_000
"""The maximum number of events that the page writes to show; the download has all."""
SHOWN_LINES = 2_000
_LONGEST_REFUSAL = 500


def show(plan_id: str, tool_key: str) -> str:
    """Show the files of a format (``with`` says what is added to them), and what of the plan it can't hold."""
    chosen, addition = _format(tool_key), _addition()
    stored = current.whole_plan(plan_id)
    some = replace(stored.plan, events=stored.plan.events[:SHOWN_EVENTS])
    refusals: list[str] = []
    written = Written({})
    try:
        written = _written(some, chosen, addition)
    except FormatError as error:
        refusals = [shorten(each.message, _LONGEST_REFUSAL) for each in error.problems]
    lines = (first_text(written.files) or "").splitlines(keepends=True)
    return render_template(
        "plans/export/tool.html",
        plan_id=plan_id,
        plan=stored.plan,
        unread=stored,
        formats=EXPORTS,
        tools=tool_formats(stored.plan),
        chosen=chosen,
        addition=addition,
        refusals=refusals,
        paths=list(written.files),
        file_name=_file_name(stored.plan, written),
        losses=loss_lines(written.losses),
        shown_events=len(some.events),
        text="".join(lines[:SHOWN_LINES]),
        lines=len(lines),
        shown_lines=SHOWN_LINES,
        command=export_command(chosen.key, addition, written.files or ["plan"]),
        copied=provenance(current.today(), current.permalink(request.full_path.rstrip("?")), "shell"),
    )


def download(plan_id: str, tool_key: str) -> ResponseReturnValue:
    """Return the file of a format, or a zip where it has several; lead back to the page if the plan can't be written."""
    chosen, addition = _format(tool_key), _addition()
    plan = require_whole(current.whole_plan(plan_id)).plan
    try:
        written = _written(plan, chosen, addition)
    except FormatError:
        page = url_for("plans.export.show_tool", plan_id=plan_id, tool_key=tool_key)
        return redirect(f"{page}?with={addition}", 303)
    files = written.files
    data = next(iter(files.values())) if len(files) == 1 else zip_files(files)
    headers = {"Content-Disposition": disposition(_file_name(plan, written))}
    return Response(data, content_type="application/octet-stream", headers=headers)


def _format(key: str) -> Format:
    return tool_format(key) or abort(404)


def _addition() -> Addition:
    return next((each for each in ADDITIONS if each == request.args.get("with")), "side")


def _written(plan: Plan, chosen: Format, addition: Addition) -> Written:
    # Checked as the other exports do it, so that all contain the notes of that check.
    assert chosen.write is not None
    return chosen.write(advise(*check(plan)), options_for(addition))


def _file_name(plan: Plan, written: Written) -> str:
    extension = extension_of(next(iter(written.files))) if len(written.files) == 1 else "zip"
    return file_name(plan.name, extension)
