"""The download of all problems of an import."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.exchange import FormatError
from advisor.web.app.downloads import disposition, file_name
from advisor.web.plans.imports.choices import stored_choices
from advisor.web.plans.imports.problem_table import problem_table, refusal_table
from advisor.web.plans.imports.views.uploads import bring_again, reviewed, upload_of, whole_plan_of


def problems(upload_id: str, plan_id: str = "") -> ResponseReturnValue:
    """Return the problems of the upload as CSV."""
    upload = upload_of(plan_id, upload_id)
    if upload is None:
        return bring_again(plan_id)
    try:
        review = reviewed(tree_of_files(upload.files), whole_plan_of(plan_id), stored_choices(upload.choices))
        data = problem_table(review)
    except FormatError as error:
        data = refusal_table(error)
    name = file_name("problems " + next(iter(upload.files)), "csv")
    return Response(data, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition(name)})
