"""The preview of an upload: it shows what would happen, takes the visitor's choices, and imports once they confirm it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.exchange import FormatError
from advisor.formats.import_review import ImportChoices, ImportReview
from advisor.formats.pasted_text import PASTED
from advisor.knowledge.libraries import libraries_of
from advisor.store import Batch, PlanFullError, StoredPlan, UnstorableError, Upload
from advisor.text import shorten
from advisor.web.app import current
from advisor.web.app.security import visitor
from advisor.web.app.send_once import FIELD, earlier_result, finish, new_token
from advisor.web.paste.row_sheets import table_sheet
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.imports import summary
from advisor.web.plans.imports.batch import digest_of, import_batch
from advisor.web.plans.imports.choices import choices_text, sent_choices, stored_choices
from advisor.web.plans.imports.offers import offers_for
from advisor.web.plans.imports.refusals import refusal_texts
from advisor.web.plans.imports.views.bring import bring_address, preview_address, text_of
from advisor.web.plans.imports.views.uploads import bring_again, reviewed, upload_of, whole_plan_of

_CHANGED = "The plan or a choice was changed meanwhile. This is what the import would do now."
_SHOWN_WARNINGS = 100


class _ChangedPlanError(Exception):
    """Raised where someone changed the plan between its review and the import."""


def preview(upload_id: str, plan_id: str = "") -> ResponseReturnValue:
    """Show what the upload would do; keep the choices that are sent; import if that is confirmed."""
    is_import = request.method == "POST" and request.form.get("do") == "import"
    if is_import and (earlier := earlier_result()):
        return earlier
    upload = upload_of(plan_id, upload_id)
    if upload is None:
        return bring_again(plan_id)
    if request.method != "POST":
        return _page(upload, stored_choices(upload.choices))
    choices = sent_choices(request.form)
    if choices_text(choices) != upload.choices:
        current.store().uploads.choose(visitor(), plan_id, upload_id, choices_text(choices))
    if not is_import:
        only = "bad" if request.form.get("only") else None
        return redirect(preview_address(plan_id, upload_id) + (f"?only={only}" if only else ""), 303)
    return _import(upload, choices)


def _import(upload: Upload, choices: ImportChoices) -> ResponseReturnValue:
    stored = whole_plan_of(upload.plan_id)
    try:
        review = reviewed(tree_of_files(upload.files), stored, choices)
        if request.form.get("confirm") != digest_of(review):
            return _page(upload, choices, said=_CHANGED)
        if review.merge.removed and request.form.get("removal") != str(len(review.merge.removed)):
            return _page(upload, choices, said=f"{summary.removal_text(review)}? Tick the box beside the button, too.")
        plan_id, number = _write(upload, review, stored)
    except FormatError:
        return _page(upload, choices)
    except _ChangedPlanError:
        return _page(upload, choices, said=_CHANGED)
    except (PlanFullError, UnstorableError) as error:
        return _page(upload, choices, said=f"{error} Nothing was changed.")
    current.store().uploads.drop(visitor(), upload.plan_id, upload.id)
    return finish(url_for("plans.overview.show", plan_id=plan_id, saved=number))


def _write(upload: Upload, review: ImportReview, stored: StoredPlan | None) -> tuple[str, int | None]:
    """Write the import in one step. Returns the id of the plan and the number of the change, None for a new plan."""
    note = f"Imported from {shorten(next(iter(upload.files)), 80)}, {review.format.title}"
    if stored is None:
        return current.store().create(visitor(), review.outcome, note), None

    def draft(now: StoredPlan) -> Batch:
        if _state(now) != _state(stored):
            raise _ChangedPlanError
        return import_batch(review, stored, f"{upload.id}/{request.form.get(FIELD) or new_token()}")

    before = latest_point(stored.id)
    batch = current.store().batches.apply_to_whole(current.owner(), stored.id, draft, note)
    changed = next(iter((*batch.saved, *batch.added, *batch.removed)), None)
    return stored.id, change_after(before, stored.id, changed)


def _state(stored: StoredPlan) -> tuple[object, ...]:
    return stored.revision, stored.event_ids, stored.event_revisions


def _page(upload: Upload, choices: ImportChoices, *, said: str = "") -> ResponseReturnValue:
    stored = whole_plan_of(upload.plan_id)
    name = next(iter(upload.files))
    only_problems = request.values.get("only") is not None
    fixed: dict[str, Any] = {
        "upload": upload,
        "plan_id": upload.plan_id,
        "plan": stored.plan if stored else None,
        "name": "Pasted text" if name == PASTED else name,
        "more_files": len(upload.files) - 1,
        "choices": choices,
        "said": said,
        "action": preview_address(upload.plan_id, upload.id),
        "again": bring_address(upload.plan_id),
        "problems_address": preview_address(upload.plan_id, upload.id, "problems"),
        "once": new_token,
        "only_problems": only_problems,
    }
    tree = tree_of_files(upload.files)
    try:
        review = reviewed(tree, stored, choices)
    except FormatError as error:
        fits, others = offers_for(tree)
        return render_template(
            "plans/imports/refused.html",
            fits=fits,
            others=others,
            refusals=refusal_texts(tree, error),
            text=text_of(dict(upload.files)),
            **fixed,
        )
    fits, others = offers_for(tree)
    warnings = [*review.files_left_out(), *review.warnings(), *review.notes()]
    return render_template(
        "plans/imports/preview.html",
        fits=fits,
        others=others,
        review=review,
        summary=summary,
        libraries_of=libraries_of,
        table=table_sheet(review, only_problems=only_problems),
        warnings=warnings[:_SHOWN_WARNINGS],
        warning_count=len(warnings),
        digest=digest_of(review),
        **fixed,
    )
