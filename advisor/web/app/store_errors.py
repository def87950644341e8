"""Answers errors of the store: with pages for visitors, and with JSON for programs and scripts."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import Cause, DamagedError, PlanFullError, UnavailableError, UnstorableError
from advisor.web.app import current
from advisor.web.app.addresses import with_query_of_request
from advisor.web.app.damage import IncompletePlanError
from advisor.web.app.errors import ErrorPage, json_body
from advisor.web.app.request_bodies import answers_json
from advisor.web.app.rights import access_of_request

_RETRY_SECONDS: dict[Cause, str] = {"busy": "2", "away": "10"}
_KEPT = "Nothing was saved. Go back: what you typed is still there."
_UNAVAILABLE: dict[Cause, ErrorPage] = {
    "busy": ErrorPage(
        "Someone else is at it", f"The plan is being changed by someone else. {_KEPT} Try again in a moment."
    ),
    "full": ErrorPage("The disk is full", f"{_KEPT} The person who runs this app has to free some space first."),
    "read-only": ErrorPage(
        "Plans can’t be written", f"{_KEPT} The person who runs this app has to let it write to its database again."
    ),
    "moved": ErrorPage(
        "The database file is gone",
        f"It was deleted, moved or replaced while the app was running. {_KEPT} The person who runs this app has "
        "to put the file back, or start the app again.",
    ),
    "newer": ErrorPage("This app is too old", f"Its database belongs to a newer version. {_KEPT}"),
    "away": ErrorPage("The plans can’t be reached", f"The database doesn’t answer. {_KEPT} Try again in a moment."),
}


def register(app: Flask) -> None:
    """Register the answers to errors of the store, for all views that do not handle these errors themselves."""
    app.register_error_handler(UnavailableError, _answer_unavailable)
    app.register_error_handler(UnstorableError, _answer_unstorable)
    app.register_error_handler(PlanFullError, _answer_full)
    app.register_error_handler(DamagedError, _answer_damaged)
    app.register_error_handler(IncompletePlanError, _answer_incomplete)


def _answer_unavailable(error: UnavailableError) -> ResponseReturnValue:
    current_app.logger.error("The plans cannot be reached: %s", error)
    response = _answer(_UNAVAILABLE[error.cause], 503)
    if seconds := _RETRY_SECONDS.get(error.cause):
        response.headers["Retry-After"] = seconds
    return response


def _answer_unstorable(error: UnstorableError) -> ResponseReturnValue:
    said = " ".join(f"{problem.pointer}: {problem.message}".removeprefix(": ") for problem in error.problems[:5])
    return _answer(ErrorPage("This can’t be part of a plan", f"{said} {_KEPT}"), 422)


def _answer_full(error: PlanFullError) -> ResponseReturnValue:
    return _answer(ErrorPage("The plan is full", f"{error} {_KEPT}"), 422)


def _answer_damaged(error: DamagedError) -> ResponseReturnValue:
    if answers_json():
        return _json(str(error), 409)
    access = access_of_request(error.plan_id)
    store, event = current.store(), error.event
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


def _answer_incomplete(error: IncompletePlanError) -> ResponseReturnValue:
    if answers_json():
        return _json(str(error), 409)
    stored = error.stored
    address = url_for(request.endpoint or "", **(request.view_args or {}))
    page = render_template(
        "app/incomplete.html",
        plan_id=stored.id,
        plan=stored.plan,
        unread=stored,
        access=access_of_request(stored.id),
        address=with_query_of_request(address, incomplete="1"),
    )
    return page, 409


def _answer(error_page: ErrorPage, status: int) -> Response:
    if answers_json():
        return _json(f"{error_page.title}. {error_page.advice}", status)
    page = render_template("app/error.html", error_page=error_page)
    return Response(page, status, content_type="text/html; charset=utf-8")


def _json(message: str, status: int) -> Response:
    return Response(json_body(message, HTTPStatus(status).phrase), status, content_type="application/json")
