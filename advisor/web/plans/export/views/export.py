"""The exports of a plan: a page to read and copy, and the file to download."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import bare, check
from advisor.formats import EXPORTS, Export
from advisor.model import Plan
from advisor.snippets import provenance
from advisor.web.app import current
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name
from advisor.web.plans.export.tool_files import tool_formats

PREVIEWED_EVENTS = 100
PREVIEWED_LINES = 20_000
_WITHOUT = "none"


def show(plan_id: str, format_key: str) -> ResponseReturnValue:
    """Show the export as text, or redirect to the file if the address has ``download``."""
    chosen = _format(format_key)
    bare_form = _is_bare(chosen)
    if request.args.get("download"):
        without = _WITHOUT if bare_form else None
        known = request.args.get("incomplete")
        address = url_for(
            "plans.export.download", plan_id=plan_id, format_key=format_key, recommendations=without, incomplete=known
        )
        return redirect(address, 303)
    stored = current.whole_plan(plan_id)
    plan = stored.plan
    some = replace(plan, events=plan.events[:PREVIEWED_EVENTS])
    text = chosen.write(_plan_to_write(some, bare_form=bare_form)).decode()
    lines = text.splitlines(keepends=True)
    is_whole = len(plan.events) <= PREVIEWED_EVENTS and len(lines) <= PREVIEWED_LINES
    return render_template(
        "plans/export/export.html",
        plan_id=plan_id,
        plan=plan,
        unread=stored,
        formats=EXPORTS,
        tools=tool_formats(plan),
        chosen=chosen,
        is_bare=bare_form,
        file_name=file_name(plan.name, chosen.extension),
        copied=provenance(current.today(), current.permalink(request.full_path.rstrip("?")), "shell"),
        text=text if is_whole else "".join(lines[:PREVIEWED_LINES]),
        lines=len(lines),
        size=len(text.encode()),
        is_whole=is_whole,
        shown=min(len(lines), PREVIEWED_LINES),
    )


def download(plan_id: str, format_key: str) -> ResponseReturnValue:
    """Return the export as a file."""
    chosen = _format(format_key)
    plan = require_whole(current.whole_plan(plan_id)).plan
    return Response(
        chosen.write(_plan_to_write(plan, bare_form=_is_bare(chosen))),
        content_type=chosen.media_type,
        headers={"Content-Disposition": disposition(file_name(plan.name, chosen.extension))},
    )


def _format(key: str) -> Export:
    if key not in EXPORTS:
        abort(404)
    return EXPORTS[key]


def _is_bare(chosen: Export) -> bool:
    return not chosen.needs_advice and request.args.get("recommendations") == _WITHOUT


def _plan_to_write(plan: Plan, *, bare_form: bool) -> Plan:
    # Checked as the API does it, so that both contain the notes of that check.
    return bare(plan) if bare_form else advise(*check(plan))
