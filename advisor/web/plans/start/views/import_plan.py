"""The page that imports an uploaded or pasted plan document. A refused document is shown again with all its problems."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from flask import current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from advisor.document import DocumentError, Problem
from advisor.document.places import mend, place_in_words
from advisor.formats import IMPORTS
from advisor.model import Finding
from advisor.web.app import current
from advisor.web.app.security import claim_owner
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import Problem as FormProblem
from advisor.web.plans.start.form import ImportForm

_SHOWN_AGAIN = 1024 * 1024
"""The maximum size, in bytes, of an uploaded document that is shown again to be corrected on the page."""
_TOLD = 5
_NO_DOCUMENT = (Problem(code="empty", message="Paste a document, or choose a file", pointer=""),)


@dataclass(frozen=True)
class Told:
    """A problem of a document in words: where it is, what it is, and how to correct it."""

    place: str
    message: str
    mend: str


def import_() -> ResponseReturnValue:
    """Show the form, or make a plan from the document."""
    form = ImportForm()
    wrong: tuple[Problem, ...] = ()
    sent = b""
    if form.is_submitted():
        form.validate()
        sent = form.sent()
        if earlier := earlier_result():
            return earlier
        try:
            return _import(sent) if sent.strip() else _page(form, _NO_DOCUMENT)
        except DocumentError as error:
            wrong = error.errors
            _show_again(form, sent)
    return _page(form, wrong, sent)


def _import(data: bytes) -> ResponseReturnValue:
    settings = current_app.extensions["settings"]
    reading = IMPORTS["json"].read(data, settings.max_body)
    plan_id = current.store().create(claim_owner(), reading.plan, "Imported from a plan document")
    _tell(reading.notes)
    return finish(url_for("plans.overview.show", plan_id=plan_id))


def _tell(notes: tuple[Finding, ...]) -> None:
    for note in notes[:_TOLD]:
        flash(note.message[:300])
    if len(notes) > _TOLD:
        flash(f"{len(notes) - _TOLD:,} more names were replaced in the same way.")


def _show_again(form: ImportForm, sent: bytes) -> None:
    if len(sent) <= _SHOWN_AGAIN and not form.document.data:
        form.document.data = sent.decode("utf-8", "replace").removeprefix("\ufeff")


def _page(form: ImportForm, wrong: tuple[Problem, ...], sent: bytes = b"") -> str:
    told = tuple(_explain(wrong, sent))
    summary = tuple(FormProblem("document", f"{item.place}: {item.message}".removeprefix(": ")) for item in told)
    return render_template("plans/start/import.html", form=form, wrong=told, problems=summary, once=new_token)


def _explain(wrong: tuple[Problem, ...], sent: bytes) -> Iterator[Told]:
    """Yield the problems with their places in words, using the names in the document."""
    try:
        document = msgspec.json.decode(sent.removeprefix(BOM_UTF8)) if wrong and sent else None
    except (msgspec.DecodeError, RecursionError):
        document = None
    for item in wrong:
        yield Told(place_in_words(document, item.pointer), item.message, mend(item.code))
