"""The page that opens a visitor's plans in another browser with their recovery code."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from advisor.recovery_code import hash_of_code
from advisor.store import Store, UnavailableError
from advisor.web.app import current
from advisor.web.app.security import become, visitor
from advisor.web.app.visitor import UNREAD
from advisor.web.forms.event_form import problems
from advisor.web.plans.start.form import RecoveryForm

_UNKNOWN = "No plans belong to this code. Check it against what you wrote down: four groups of five letters and digits"


def recovery() -> ResponseReturnValue:
    """Ask for a code, or open its plans in this browser, beside the plans that the browser has already."""
    form = RecoveryForm()
    if form.validate_on_submit():
        found = _owner_of(form.code.data or "")
        if found is not None:
            _open_plans_of(found)
            return redirect(url_for("plans.start.index"), 303)
        form.code.errors = [*form.code.errors, _UNKNOWN]
    return render_template("plans/start/recovery.html", form=form, code=own_code(), problems=problems(form))


def forget_notice() -> ResponseReturnValue:
    """Stop showing the notice that an earlier cookie could not be read."""
    session.pop(UNREAD, None)
    return redirect(url_for("plans.start.index"), 303)


def own_code() -> str | None:
    """Return the visitor's recovery code. Stores its hash, so that the code opens their plans.

    Returns None if they have no plans, or if nothing can be stored now: the code would open nothing, and the pages that
    show it also show the plans.
    """
    owner = visitor()
    if not owner or not _has_plans(current.store(), owner):
        return None
    try:
        return current.store().owners.recovery_code(current_app.extensions["settings"].secret_key, owner)
    except UnavailableError as error:
        current_app.logger.warning("A recovery code could not be stored, so it is not shown: %s", error)
        return None


def cookie_was_unread() -> bool:
    """Return whether this page should tell the visitor that their earlier cookie could not be read."""
    if "plans" not in request.blueprints:
        return False
    return getattr(session, "damaged", None) is not None or bool(session.get(UNREAD))


def _owner_of(typed: str) -> str | None:
    code_hash = hash_of_code(typed)
    return None if code_hash is None else current.store().owners.find_by_code(code_hash)


def _open_plans_of(owner: str) -> None:
    before, joined = visitor(), 0
    if before and before != owner:
        joined = len(current.store().plans(before))
        current.store().owners.join(before, into=owner)
    become(owner)
    session.pop(UNREAD, None)
    beside = f", beside the {joined:,} that this browser had" if joined else ""
    flash(f"Your plans are here again{beside}. The code stays good: keep it.")


def _has_plans(store: Store, owner: str) -> bool:
    return bool(store.plans(owner) or store.plans(owner, deleted=True))
