"""What the views of one upload share: the upload itself, and its review with the choices of the visitor."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.import_review import ImportChoices, ImportReview, review_import
from advisor.store import NotFoundError, StoredPlan, Upload
from advisor.web.app import current
from advisor.web.app.security import visitor
from advisor.web.app.turns import LARGE_BODY, take_turn
from advisor.web.plans.imports.views.bring import bring_address

_GONE = "These files are not here any more: they were imported, or waited for too long. Bring them again."


def upload_of(plan_id: str, upload_id: str) -> Upload | None:
    """Return the visitor's upload; None if it is gone. Large ones are read in turn."""
    try:
        upload = current.store().uploads.get(visitor(), plan_id, upload_id)
    except NotFoundError:
        return None
    if sum(map(len, upload.files.values())) > LARGE_BODY:
        take_turn()
    return upload


def bring_again(plan_id: str) -> ResponseReturnValue:
    """Return the way to the page that takes files, which says that they are gone."""
    flash(_GONE)
    return redirect(bring_address(plan_id), 303)


def whole_plan_of(plan_id: str) -> StoredPlan | None:
    """Return the plan that files are brought into; None for a plan of their own."""
    return current.whole_plan(plan_id) if plan_id else None


def reviewed(tree: FileTree, stored: StoredPlan | None, choices: ImportChoices) -> ImportReview:
    """Return the review of the files of an upload, as they would be brought into a plan. Raises `FormatError`."""
    return review_import(tree, stored.plan if stored else None, choices)
