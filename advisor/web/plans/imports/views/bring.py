"""The page that takes text or files. What can be read is stored for the preview; anything else is shown again with the reason."""

from __future__ import annotations

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.exchange import FormatError
from advisor.formats.import_review import recognised
from advisor.web.app import current
from advisor.web.app.security import claim_owner, visitor
from advisor.web.forms.event_form import Problem
from advisor.web.plans.imports.form import BringForm
from advisor.web.plans.imports.offers import named_tools
from advisor.web.plans.imports.refusals import refusal_texts

SHOWN_AGAIN = 1024 * 1024
"""The most bytes of a text that is shown again to be corrected on the page."""
_NOTHING = ("Paste something, or choose a file.",)


def bring(plan_id: str = "") -> ResponseReturnValue:
    """Show the form, or store what was sent and go to its preview."""
    form = BringForm()
    plan = current.settings_of(plan_id).plan if plan_id else None
    wrong: tuple[str, ...] = ()
    if form.is_submitted():
        form.validate()
        files = form.sent()
        wrong = _problems(files) if files else _NOTHING
        if not wrong:
            # The guard of a plan has made sure of an owner id already, and the current owner is that of the plan.
            upload_id = current.store().uploads.add(visitor() if plan_id else claim_owner(), plan_id, files)
            return redirect(preview_address(plan_id, upload_id), 303)
        if not (form.text.data or "").strip():
            form.text.data = text_of(files)
    tools, more = named_tools()
    return render_template(
        "plans/imports/bring.html",
        form=form,
        plan_id=plan_id,
        plan=plan,
        wrong=wrong,
        problems=tuple(Problem("text", each) for each in wrong),
        action=bring_address(plan_id),
        tools=tools,
        more=more,
        max_mib=current_app.extensions["settings"].max_body // 1024**2,
    )


def bring_address(plan_id: str) -> str:
    """Return the address of the page that takes files: for this plan, or for a new one."""
    return url_for("plans.imports.bring_into", plan_id=plan_id) if plan_id else url_for("plans.imports.bring")


def preview_address(plan_id: str, upload_id: str, page: str = "preview") -> str:
    """Return the address of the preview of an upload, or of its problems."""
    if plan_id:
        return url_for(f"plans.imports.{page}_into", plan_id=plan_id, upload_id=upload_id)
    return url_for(f"plans.imports.{page}", upload_id=upload_id)


def text_of(files: dict[str, bytes]) -> str:
    """Return the text of what was pasted, or of one small file, to be shown again; empty for all else."""
    if len(files) != 1:
        return ""
    (data,) = files.values()
    return "" if len(data) > SHOWN_AGAIN or b"\0" in data else data.decode("utf-8", "replace").removeprefix("\ufeff")


def _problems(files: dict[str, bytes]) -> tuple[str, ...]:
    tree = None
    try:
        tree = tree_of_files(files)
        recognised(tree)
    except FormatError as error:
        return refusal_texts(tree, error)
    return ()
