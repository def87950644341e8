"""The views of the comments on one event: show them, add one, and delete or restore one of one's own."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import NotFoundError, TooManyError
from advisor.web.app import current
from advisor.web.app.security import visitor
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import problems
from advisor.web.plans.comments.form import CommentForm


def show(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Show the comments on the event."""
    return _page(plan_id, event_id, CommentForm(formdata=None))


def add(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Add a comment under the visitor's name."""
    form = CommentForm()
    if not form.validate():
        return _page(plan_id, event_id, form)
    if earlier := earlier_result():
        return earlier
    text = (form.text.data or "").strip()
    try:
        comment_id = current.store().comments.add(current.owner(), plan_id, event_id, visitor(), text)
    except TooManyError as error:
        form.text.errors = [*form.text.errors, str(error)]
        return _page(plan_id, event_id, form)
    except NotFoundError:
        abort(404)
    return finish(url_for("plans.comments.show", plan_id=plan_id, event_id=event_id, _anchor=f"comment-{comment_id}"))


def delete(plan_id: str, event_id: str, comment_id: str) -> ResponseReturnValue:
    """Delete a comment of one's own. The next page offers to undo this."""
    current.store().comments.delete(current.owner(), plan_id, event_id, comment_id, visitor())
    return redirect(url_for("plans.comments.show", plan_id=plan_id, event_id=event_id, deleted=comment_id), 303)


def restore(plan_id: str, event_id: str, comment_id: str) -> ResponseReturnValue:
    """Restore a deleted comment of one's own."""
    try:
        current.store().comments.restore(current.owner(), plan_id, event_id, comment_id, visitor())
    except TooManyError as error:
        form = CommentForm(formdata=None)
        form.text.errors = [str(error)]
        return _page(plan_id, event_id, form)
    address = url_for("plans.comments.show", plan_id=plan_id, event_id=event_id, _anchor=f"comment-{comment_id}")
    return redirect(address, 303)


def _page(plan_id: str, event_id: str, form: CommentForm) -> ResponseReturnValue:
    plan = current.settings_of(plan_id).plan
    kept = current.event_of(plan_id, event_id)
    if kept.deleted:
        return render_template("plans/event/deleted_event.html", plan_id=plan_id, plan=plan, kept=kept), 410
    return render_template(
        "plans/comments/show.html",
        plan_id=plan_id,
        plan=plan,
        kept=kept,
        comments=current.store().comments.of(current.owner(), plan_id, event_id),
        me=visitor(),
        person=current.display_name(),
        form=form,
        problems=problems(form),
        deleted=request.args.get("deleted", ""),
        once=new_token,
    )
