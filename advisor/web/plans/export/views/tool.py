"""The export of a plan to another tool: a page that says first what the tool can't hold, and the files to download."""

from __future__ import annotations

from pathlib import PurePosixPath

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.advice import advise
from advisor.document import check
from advisor.formats import EXPORTS
from advisor.formats import tool_formats as tools
from advisor.formats.exchange import Format, FormatError, WriteOptions, Written
from advisor.snippets import provenance
from advisor.snippets.files import zip_entries
from advisor.web.app import current
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name
from advisor.web.plans.export.tool_sheet import beginning, listed_files, loss_kinds


def show_tool(plan_id: str, tool_key: str) -> ResponseReturnValue:
    """Show what the tool can't hold of the plan, the files, and the beginning of the first one."""
    form = _format(tool_key)
    stored = current.whole_plan(plan_id)
    plan, options = stored.plan, _options()
    written, refused = Written({}), ""
    try:
        written = tools.write_for_tool(advise(*check(plan)), form, options)
    except FormatError as error:
        refused = str(error)
    files = listed_files(written)
    text, is_whole = beginning(next(iter(written.files.values()), b""))
    return render_template(
        "plans/export/tool.html",
        plan_id=plan_id,
        plan=plan,
        unread=stored,
        formats=EXPORTS,
        tools=tools.tool_formats(),
        origins=tools.formats_of_origin(plan),
        chosen=form,
        options=options,
        refused=refused,
        kinds=loss_kinds(written.losses),
        files=files,
        size=sum(each.size for each in files),
        text=text,
        is_whole=is_whole,
        file_name=_download_name(plan.name, form, written),
        copied=provenance(current.today(), current.permalink(request.full_path.rstrip("?")), "shell"),
    )


def download_tool(plan_id: str, tool_key: str) -> ResponseReturnValue:
    """Return the file of the export, or a zip of its files; go to the page that says why if there is none."""
    form = _format(tool_key)
    plan = require_whole(current.whole_plan(plan_id)).plan
    try:
        written = tools.write_for_tool(advise(*check(plan)), form, _options())
    except FormatError:
        return redirect(url_for("plans.export.show_tool", plan_id=plan_id, tool_key=tool_key), 303)
    name = _download_name(plan.name, form, written)
    is_one = len(written.files) == 1
    data = next(iter(written.files.values())) if is_one else zip_entries(written.files.items())
    return Response(
        data,
        content_type="application/octet-stream" if is_one else "application/zip",
        headers={"Content-Disposition": disposition(name)},
    )


def _format(key: str) -> Format:
    return tools.tool_format(key) or abort(404)


def _options() -> WriteOptions:
    return WriteOptions(verdict="verdict" in request.args, advisor_data="ours" in request.args)


def _download_name(plan_name: str, form: Format, written: Written) -> str:
    paths = list(written.files)
    suffix = PurePosixPath(paths[0]).suffix.removeprefix(".") if len(paths) == 1 else "zip"
    kind = "" if form.key == suffix else form.key
    return file_name(f"{plan_name[:40]} {kind}", suffix or "json")
