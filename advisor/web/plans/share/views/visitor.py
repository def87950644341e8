"""What a visitor does with a share link: opening it, and giving the name that is shown beside their changes."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.web.app import current
from advisor.web.app.rights import plan_access
from advisor.web.app.security import claim_owner
from advisor.web.forms.event_form import problems
from advisor.web.plans.share.form import NameForm, plain_line
from advisor.web.plans.share.links import hash_of


def open_link(token: str) -> ResponseReturnValue:
    """Give the visitor access, and redirect to what it opens, so that the secret is no longer in the address bar."""
    shares = current.store().shares
    if not shares.leads_somewhere(hash_of(token)):
        abort(404)
    plan_id = shares.open(hash_of(token), claim_owner())
    whole = plan_access(plan_id, "dev").may_view
    return redirect(url_for("plans.overview.show" if whole else "plans.developers.show", plan_id=plan_id), 303)


def name() -> ResponseReturnValue:
    """Store the visitor's name, and go back to the page where they entered it."""
    form = NameForm()
    plan_id = request.form.get("plan_id", "")
    if not form.validate():
        return render_template("plans/share/name_page.html", form=form, plan_id=plan_id, problems=problems(form))
    current.keep_name(plain_line(form.person.data))
    flash("Your changes carry your name now." if current.display_name() else "Your changes carry no name now.")
    return redirect(url_for("plans.share.links", plan_id=plan_id) if plan_id else url_for("plans.start.index"), 303)
