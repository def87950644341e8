"""Answers errors of the store: with pages for visitors, and with JSON for programs and scripts."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import Cause, Damaged, PlanFull, Unavailable, Unstorable
from advisor.web.app.damage import IncompletePlan
from advisor.web.app.errors import Trouble, json_body
from advisor.web.app.request_bodies import answers_json
from advisor.web.app.rights import access_of_request, plain_store

_RETRY_SECONDS: dict[Cause, str] = {"busy": "2", "away": "10"}
_KEPT = "Nothing was saved. Go back: what you typed is still there."
_UNAVAILABLE: dict[Cause, Trouble] = {
    "busy": Trouble(
        "Someone else is at it", f"The plan is being changed by someone else. {_KEPT} Try again in a moment."
    ),
    "full": Trouble(
        "The disk is full", f"{_KEPT} Whoever runs this app has to make room before anything can be saved."
    ),
    "read-only": Trouble(
        "Plans can’t be written", f"{_KEPT} Whoever runs this app has to let it write to its database again."
    ),
    "moved": Trouble(
        "The database file is gone",
        f"It was deleted, moved or replaced while the app was running. {_KEPT} Whoever runs this app has to put the "
        "file back, or start the app again.",
    ),
    "newer": Trouble("This app is too old", f"Its database belongs to a newer version. {_KEPT}"),
    "away": Trouble("The plans can’t be reached", f"The database doesn’t answer. {_KEPT} Try again in a moment."),
}


def register(app: Flask) -> None:
    """Register the answers to errors of the store, for all views that do not handle these errors themselves."""
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(Unstorable, _unstorable)
    app.register_error_handler(PlanFull, _full)
    app.register_error_handler(Damaged, _damaged)
    app.register_error_handler(IncompletePlan, _incomplete)


def _unavailable(error: Unavailable) -> ResponseReturnValue:
    current_app.logger.error("The plans cannot be reached: %s", error)
    response = _answer(_UNAVAILABLE[error.cause], 503)
    if seconds := _RETRY_SECONDS.get(error.cause):
        response.headers["Retry-After"] = seconds
    return response


def _unstorable(error: Unstorable) -> ResponseReturnValue:
    said = " ".join(f"{problem.pointer}: {problem.message}".removeprefix(": ") for problem in error.problems[:5])
    return _answer(Trouble("This can’t be part of a plan", f"{said} {_KEPT}"), 422)


def _full(error: PlanFull) -> ResponseReturnValue:
    return _answer(Trouble("The plan is full", f"{error} {_KEPT}"), 422)


def _damaged(error: Damaged) -> ResponseReturnValue:
    if answers_json():
        return _json(str(error), 409)
    access = access_of_request(error.plan_id)
    store, event = plain_store(), error.event
    page = render_template(
        "app/damaged.html",
        plan_id=error.plan_id,
        plan=store.load_settings(access.owner, error.plan_id).plan,
        reason=error.reason,
        damaged=event,
        points=store.history.readable(access.owner, error.plan_id, event.id) if event else (),
        access=access,
    )
    return page, 409


def _incomplete(error: IncompletePlan) -> ResponseReturnValue:
    if answers_json():
        return _json(str(error), 409)
    stored = error.stored
    asked = {**(request.view_args or {}), **request.args.to_dict(flat=False), "incomplete": "1"}
    page = render_template(
        "app/incomplete.html",
        plan_id=stored.id,
        plan=stored.plan,
        unread=stored,
        access=access_of_request(stored.id),
        address=url_for(request.endpoint or "", **asked),
    )
    return page, 409


def _answer(trouble: Trouble, status: int) -> Response:
    if answers_json():
        return _json(f"{trouble.title}. {trouble.advice}", status)
    page = render_template("app/error.html", trouble=trouble)
    return Response(page, status, content_type="text/html; charset=utf-8")


def _json(message: str, status: int) -> Response:
    return Response(json_body(message, HTTPStatus(status).phrase), status, content_type="application/json")
