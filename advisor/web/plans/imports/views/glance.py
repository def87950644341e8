"""Says in one line what pasted text or chosen files are, before they are sent. Nothing is stored."""

from __future__ import annotations

from flask import jsonify
from flask.typing import ResponseReturnValue

from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.exchange import FormatError
from advisor.formats.import_review import ImportChoices, review_import
from advisor.web.plans.imports.form import BringForm
from advisor.web.plans.imports.refusals import refusal_texts
from advisor.web.plans.imports.summary import glance_line


def glance() -> ResponseReturnValue:
    """Return the line as ``{"said": …}``: what the preview would show, or why the text can't be read."""
    files = BringForm().sent()
    if not files:
        return jsonify(said="")
    tree = None
    try:
        tree = tree_of_files(files)
        said = glance_line(review_import(tree, None, ImportChoices()))
    except FormatError as error:
        said = refusal_texts(tree, error)[0]
    return jsonify(said=said)
