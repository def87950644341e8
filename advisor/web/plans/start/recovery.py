"""The page that opens a visitor's plans in another browser with their recovery code."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from advisor.recovery_code import hash_of_code
from advisor.store import Store
from advisor.web.app.rights import plain_store
from advisor.web.app.security import become, visitor
from advisor.web.app.visitor import UNREAD
from advisor.web.forms.event_form import problems
from advisor.web.forms.fields import LineField, filled

_UNKNOWN = "No plans belong to this code. Check it against what you wrote down: four groups of five letters and digits"
_TOLD_ON = ("plans", "share")
"""The blueprints whose pages can show that a cookie was not read: those about a visitor's plans."""


class RecoveryForm(FlaskForm):
    """The form for a recovery code."""

    code = LineField("Recovery code", [filled("Enter the code, such as 7K2QX-9B4TM-C0WZN-EJ5RA")])


def recovery() -> ResponseReturnValue:
    """Ask for a code, or open its plans in this browser, beside the plans that the browser has already."""
    form = RecoveryForm()
    if form.validate_on_submit():
        found = _owner_of(form.code.data or "")
        if found is not None:
            _open_plans_of(found)
            return redirect(url_for("plans.index"), 303)
        form.code.errors = [*form.code.errors, _UNKNOWN]
    return render_template("plans/start/recovery.html", form=form, code=own_code(), problems=problems(form))


def forget_notice() -> ResponseReturnValue:
    """Stop showing the notice that an earlier cookie could not be read."""
    session.pop(UNREAD, None)
    return redirect(url_for("plans.index"), 303)


def own_code() -> str | None:
    """Return the visitor's recovery code, or None if they have no plans. Stores its hash, so that the code opens them."""
    owner = visitor()
    if not owner or not _has_plans(plain_store(), owner):
        return None
    return plain_store().owners.code_of(current_app.extensions["settings"].secret_key, owner)


def cookie_was_unread() -> bool:
    """Return whether this page should tell the visitor that their earlier cookie could not be read."""
    if request.blueprint not in _TOLD_ON:
        return False
    return getattr(session, "damaged", None) is not None or bool(session.get(UNREAD))


def _owner_of(typed: str) -> str | None:
    code_hash = hash_of_code(typed)
    return None if code_hash is None else plain_store().owners.find_by_code(code_hash)


def _open_plans_of(owner: str) -> None:
    before, joined = visitor(), 0
    if before and before != owner:
        joined = len(plain_store().plans(before))
        plain_store().owners.join(before, into=owner)
    become(owner)
    session.pop(UNREAD, None)
    beside = f", beside the {joined:,} that this browser had" if joined else ""
    flash(f"Your plans are here again{beside}. The code stays good: keep it.")


def _has_plans(store: Store, owner: str) -> bool:
    return bool(store.plans(owner) or store.plans(owner, deleted=True))
