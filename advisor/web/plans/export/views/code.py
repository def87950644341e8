"""The whole plan as code: one file per library, to read and to download as a zip."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.advice import advise
from advisor.snippets.files import snippets_of
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.app import current
from advisor.web.app.addresses import with_query_of_request
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name, zip_files
from advisor.web.plans.export.library_files import Callers, callers_of, file_preview, library_files


def code(plan_id: str) -> ResponseReturnValue:
    """Lead from the old address of this page to the page for developers, or to the files that it names."""
    page = "plans.export.files" if request.args else "plans.developers.show"
    return redirect(with_query_of_request(url_for(page, plan_id=plan_id)), 301)


def show(plan_id: str) -> str:
    """Show the libraries to choose (``library``), their files, and a preview of one file (``file``)."""
    stored = current.whole_plan(plan_id)
    plan = advise(stored.plan)
    callers = callers_of(plan)
    chosen = _chosen_libraries(callers)
    address = request.full_path.rstrip("?")
    listed = library_files(plan, callers, chosen)
    return render_template(
        "plans/export/code.html",
        plan_id=plan_id,
        plan=plan,
        unread=stored,
        listed=listed,
        chosen=chosen,
        preview=file_preview(listed, request.args.get("file")),
        zip_name=file_name(plan.name, "zip"),
        page=CodePage(address, current.permalink(address), current.today()),
    )


def download(plan_id: str) -> Response:
    """Return the files of the chosen libraries as a zip. The same plan always gives the same bytes."""
    plan = advise(require_whole(current.whole_plan(plan_id)).plan)
    files = {file.name: file.text.encode() for file in snippets_of(plan, _chosen_libraries(callers_of(plan)))}
    headers = {"Content-Disposition": disposition(file_name(plan.name, "zip"))}
    return Response(zip_files(files), content_type="application/zip", headers=headers)


def _chosen_libraries(callers: Callers) -> list[str]:
    """Return the libraries named in the address, or all libraries in use if it names none of them."""
    wanted = request.args.getlist("library")
    return [key for key in callers if key in wanted] or list(callers)
