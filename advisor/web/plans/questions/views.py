"""The page that asks one question about many events, and saving what was ticked there."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.knowledge.known_names import with_known_answers
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.plans.edits.views.several_events import change_events
from advisor.web.plans.edits.views.undo import change_after, latest_point, number_sent
from advisor.web.plans.questions.board import offer_of, question_board
from advisor.web.plans.questions.screen import screen_of
from advisor.web.plans.questions.ticks import RESTS, Rest, TickedScreen, listed_event
from advisor.web.plans.questions.walk import Walk


def show(plan_id: str) -> ResponseReturnValue:
    """Show the question that settles most, or the one that the address names."""
    stored = current.whole_plan(plan_id)
    board = question_board(stored.plan, stored.event_ids)
    walk = Walk.of(request.args)
    step = walk.current(board)
    behind, ahead = walk.steps(board)
    return render_template(
        "plans/questions/show.html",
        plan_id=plan_id,
        plan=stored.plan,
        unread=stored,
        board=board,
        offer=offer_of(stored.plan, board) if step and not walk.seen else None,
        screen=screen_of(board, step, request.args.get("page", "")) if step else None,
        behind=behind,
        ahead=ahead,
        walk=walk,
        once=new_token,
        undoable=number_sent("saved"),
        answered=number_sent("answered"),
        kept=number_sent("kept"),
    )


def save(plan_id: str) -> ResponseReturnValue:
    """Save the answers of one screen as one change of the history, then go to the next question."""
    if earlier := earlier_result():
        return earlier
    sent = _ticked_screen()
    before = latest_point(plan_id)
    ids = [item.id for item in sent.listed]
    current.store().batches.apply(current.owner(), plan_id, ids, sent)
    number = change_after(before, plan_id, next(iter(sent.changed))) if sent.changed else None
    told: dict[str, Any] = {"saved": number, "answered": len(sent.changed) or None, "kept": sent.kept or None}
    return finish(url_for("plans.questions.show", plan_id=plan_id, **_next_query(sent.rest), **told))


def fill(plan_id: str) -> ResponseReturnValue:
    """Fill in what the names of the sent events suggest, as suggestions and as one change of the history."""
    ids = request.form.getlist("event")
    done = change_events(plan_id, ids, lambda _, event: with_known_answers(event))
    event_id = next(iter(done.found), None)
    return redirect(url_for("plans.overview.show", plan_id=plan_id, added=event_id, saved=done.number), 303)


def _ticked_screen() -> TickedScreen:
    """Return what was sent. A form that this page doesn't have is answered with 400."""
    question = request.form.get("question", "")
    rest = next((each for each in RESTS if each == request.form.get("rest", "kept")), None)
    if question not in QUESTION_KEYS or rest is None:
        abort(400)
    ticked = frozenset(request.form.getlist("yes"))
    found = [
        listed_event(text, request.form.get(f"answer-{place}", ""), ticked)
        for place, text in enumerate(request.form.getlist("event"))
    ]
    return TickedScreen(question, rest, tuple(item for item in found if item))


def _next_query(rest: Rest) -> dict[str, Any]:
    """Return the query of the page to go to: the question of the button, or the rest of this one's events, or the next."""
    walk = Walk.of(request.form)
    to = request.form.get("to", "")
    if to == "back":
        return walk.back().query()
    if to in QUESTION_KEYS:
        return walk.to(to).query()
    page, pages = (whole_number(request.form.get(name)) or 1 for name in ("page", "pages"))
    if page < pages:
        return walk.query() | {"page": str(page + 1 if rest == "open" else page)}
    return walk.left().query()
