"""The pages for sharing a plan by secret links, opening a link, and the visitor's display name."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import Share, TooMany
from advisor.web.app.rights import display_name, guard, keep_name, plain_store, signed_store
from advisor.web.app.security import claim_owner, visitor
from advisor.web.app.send_once import fresh, made, made_before
from advisor.web.forms.event_form import Problem, problems
from advisor.web.plans.share.form import LinkForm, NameForm, plain_line
from advisor.web.plans.share.links import address_of, hash_of, new_share_id, token_of

blueprint = Blueprint("share", __name__)
guard(blueprint, owns={"links", "revoke", "restore", "replace"})


@blueprint.route("/plans/<plan_id>/share", methods=["GET", "POST"])
def links(plan_id: str) -> ResponseReturnValue:
    """Show the links to the plan, or make one more."""
    form = LinkForm()
    if form.validate_on_submit():
        if before := made_before():
            return before
        try:
            share_id = _make(plan_id, "edit" if form.may.data == "edit" else "view", plain_line(form.label.data))
        except TooMany as error:
            form.label.errors = [*form.label.errors, str(error)]
        else:
            return made(url_for("share.links", plan_id=plan_id, made=share_id, _anchor=f"link-{share_id}"))
    return _page(plan_id, form)


@blueprint.post("/plans/<plan_id>/share/<share_id>/revoke")
def revoke(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Revoke a link, at once and for everyone. The next page offers to undo this."""
    plain_store().shares.revoke(g.owner, plan_id, share_id)
    return redirect(url_for("share.links", plan_id=plan_id, revoked=share_id), 303)


@blueprint.post("/plans/<plan_id>/share/<share_id>/restore")
def restore(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Restore a link that was revoked or replaced. A link that replaced it is revoked."""
    shares = plain_store().shares
    new = request.form.get("made", "")
    if any(share.id == new for share in shares.of(g.owner, plan_id)):
        shares.revoke(g.owner, plan_id, new)
    try:
        shares.restore(g.owner, plan_id, share_id)
    except TooMany as error:
        flash(str(error))
        return redirect(url_for("share.links", plan_id=plan_id), 303)
    flash("The link works again, also for those who had opened it.")
    return redirect(url_for("share.links", plan_id=plan_id, made=share_id, _anchor=f"link-{share_id}"), 303)


@blueprint.post("/plans/<plan_id>/share/<share_id>/replace")
def replace(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Replace a link that went to too many people by a new link of the same kind."""
    if before := made_before():
        return before
    share = _find(plan_id, share_id)
    plain_store().shares.revoke(g.owner, plan_id, share_id)
    new = _make(plan_id, share.may, share.label)
    return made(url_for("share.links", plan_id=plan_id, made=new, revoked=share_id))


@blueprint.get("/shared/<token>")
def open_link(token: str) -> ResponseReturnValue:
    """Give the visitor access, and redirect to the plan, so that the secret is no longer in the address bar."""
    shares = plain_store().shares
    if not shares.leads_somewhere(hash_of(token)):
        abort(404)
    return redirect(url_for("plans.show", plan_id=shares.open(hash_of(token), claim_owner())), 303)


@blueprint.post("/plans/name")
def name() -> ResponseReturnValue:
    """Store the visitor's name, and go back to the page where they entered it."""
    form = NameForm()
    plan_id = request.form.get("plan_id", "")
    if not form.validate():
        return render_template("plans/share/name_page.html", form=form, plan_id=plan_id, problems=problems(form))
    keep_name(plain_line(form.person.data))
    flash("Your changes carry your name now." if display_name() else "Your changes carry no name now.")
    return redirect(url_for("share.links", plan_id=plan_id) if plan_id else url_for("plans.index"), 303)


@blueprint.app_context_processor
def _about_people() -> dict[str, object]:
    """Return what the list of plans needs: the visitor's name, and the plans shared with them."""
    return {"display_name": display_name, "shared_plans": lambda: plain_store().shares.shared_with(visitor())}


def _make(plan_id: str, may: str, label: str) -> str:
    share_id = new_share_id()
    signed_store().shares.create(
        g.owner, plan_id, share_id, hash_of(token_of(share_id)), "edit" if may == "edit" else "view", label
    )
    return share_id


def _find(plan_id: str, share_id: str) -> Share:
    share = next((one for one in plain_store().shares.of(g.owner, plan_id) if one.id == share_id), None)
    return share or abort(404)


def _page(plan_id: str, form: LinkForm) -> str:
    found: tuple[Problem, ...] = problems(form)
    gone = plain_store().shares.of(g.owner, plan_id, revoked=True) if "revoked" in request.args else []
    return render_template(
        "plans/share/links.html",
        plan_id=plan_id,
        plan=plain_store().load_settings(g.owner, plan_id).plan,
        links=[(share, address_of(share)) for share in plain_store().shares.of(g.owner, plan_id)],
        made=request.args.get("made"),
        revoked=next((share for share in gone if share.id == request.args["revoked"]), None),
        form=form,
        once=fresh,
        person=display_name(),
        problems=found,
    )
