"""The page of the links to a plan: making, revoking, restoring and replacing one."""

from __future__ import annotations

from typing import cast

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import May, Share, TooManyError
from advisor.web.app import current
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import problems
from advisor.web.plans.share.form import LinkForm, plain_line
from advisor.web.plans.share.links import hash_of, is_secret_of, new_share_id, token_of


def links(plan_id: str) -> ResponseReturnValue:
    """Show the links to the plan, or make one more."""
    form = LinkForm(may="dev" if request.args.get("may") == "dev" else "view")
    if form.validate_on_submit():
        if earlier := earlier_result():
            return earlier
        try:
            share_id = _create(plan_id, cast(May, form.may.data), plain_line(form.label.data))
        except TooManyError as error:
            form.label.errors = [*form.label.errors, str(error)]
        else:
            return finish(url_for("plans.share.links", plan_id=plan_id, made=share_id, _anchor=f"link-{share_id}"))
    return _page(plan_id, form)


def revoke(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Revoke a link, at once and for everyone. The next page offers to undo this."""
    current.store().shares.revoke(current.owner(), plan_id, share_id)
    return redirect(url_for("plans.share.links", plan_id=plan_id, revoked=share_id), 303)


def restore(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Restore a link that was revoked or replaced. A link that replaced it is revoked."""
    shares = current.store().shares
    new = request.form.get("made", "")
    if any(share.id == new for share in shares.of(current.owner(), plan_id)):
        shares.revoke(current.owner(), plan_id, new)
    try:
        shares.restore(current.owner(), plan_id, share_id)
    except TooManyError as error:
        flash(str(error))
        return redirect(url_for("plans.share.links", plan_id=plan_id), 303)
    flash("The link works again, also for those who had opened it.")
    return redirect(url_for("plans.share.links", plan_id=plan_id, made=share_id, _anchor=f"link-{share_id}"), 303)


def replace(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Replace a link that went to too many people by a new link of the same kind."""
    if earlier := earlier_result():
        return earlier
    share = _find(plan_id, share_id)
    current.store().shares.revoke(current.owner(), plan_id, share_id)
    new = _create(plan_id, share.may, share.label)
    return finish(url_for("plans.share.links", plan_id=plan_id, made=new, revoked=share_id))


def _create(plan_id: str, may: May, label: str) -> str:
    share_id = new_share_id()
    current.store().shares.create(current.owner(), plan_id, share_id, hash_of(_token(share_id)), may, label)
    return share_id


def _find(plan_id: str, share_id: str) -> Share:
    share = next((one for one in current.store().shares.of(current.owner(), plan_id) if one.id == share_id), None)
    return share or abort(404)


def _page(plan_id: str, form: LinkForm) -> str:
    gone = current.store().shares.of(current.owner(), plan_id, revoked=True) if "revoked" in request.args else []
    return render_template(
        "plans/share/links.html",
        plan_id=plan_id,
        plan=current.settings_of(plan_id).plan,
        links=[(share, _address(share)) for share in current.store().shares.of(current.owner(), plan_id)],
        made=request.args.get("made"),
        revoked=next((share for share in gone if share.id == request.args["revoked"]), None),
        form=form,
        once=new_token,
        person=current.display_name(),
        problems=problems(form),
    )


def _token(share_id: str) -> str:
    return token_of(share_id, current_app.extensions["settings"].secret_key)


def _address(share: Share) -> str | None:
    """Return the whole address of a link, or only its path if the address of the app is unknown.

    Returns None for a link that was made with another secret key, because its secret can't be derived any more.
    """
    token = _token(share.id)
    if not is_secret_of(token, share.token_hash):
        return None
    # Don't use the Host header: an attacker could send a wrong one and get links that lead to their own server.
    return f"{current_app.extensions['address'] or ''}{url_for('shared.open_link', token=token)}"
