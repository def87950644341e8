"""The responses to HTTP errors: a page of the app, or a JSON error body for the API and for scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import msgspec
from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from advisor.web.app.request_bodies import answers_json
from advisor.web.app.turns import TooBusyError


@dataclass(frozen=True)
class ErrorPage:
    """The text of an error page: what went wrong, and what the visitor can do."""

    title: str
    advice: str


_EXPIRED = ErrorPage(
    "This form is no longer valid",
    "Nothing was changed. Go back: what you typed is still there. Copy what you want to keep, reload the page, "
    "and send it again. It needs a cookie of this site, so allow cookies here if your browser blocks them.",
)
_UNFORESEEN = ErrorPage("This didn’t work", "The request couldn’t be understood. Go back and try again.")
_PAGES = {
    404: ErrorPage(
        "Page not found", "Check the address. A plan opens in the browser that it was made in, or by a link to it."
    ),
    405: ErrorPage("This address can’t be used that way", "Go back and use the buttons on the page."),
    409: ErrorPage("This can’t be done now", "Go back, reload the page and look at what is there."),
    415: ErrorPage("This address takes forms only", "Nothing was changed. Go back and use the buttons on the page."),
    500: ErrorPage("Something broke on our side", "Nothing was saved. Go back and try again in a moment."),
    503: ErrorPage("This can’t be answered right now", "Nothing was changed. Go back and try again in a moment."),
}


def register(app: Flask) -> None:
    """Answer every HTTP error with a page, or with a JSON error body if the address answers JSON."""

    @app.errorhandler(HTTPException)
    def answer(error: HTTPException) -> Response:
        # Start from the exception's own response, which has the headers of the error, such as Allow for a 405.
        response = cast(Response, Response.force_type(error.get_response()))
        if answers_json():
            response.data, response.content_type = _body(error), "application/json"
        else:
            page = render_template("app/error.html", error_page=_page_of(error))
            response.data, response.content_type = page, "text/html; charset=utf-8"
        return response


def _page_of(error: HTTPException) -> ErrorPage:
    if isinstance(error, CSRFError):
        return _EXPIRED
    if isinstance(error, TooBusyError):
        return ErrorPage("The server is busy", error.description or "")
    if isinstance(error, RequestEntityTooLarge):
        return _too_large(request.max_content_length or 0)
    return _PAGES.get(error.code or 500, _UNFORESEEN)


def _too_large(most: int) -> ErrorPage:
    size = f"{most // 1024**2:,} MiB" if most >= 1024**2 else f"{most:,} bytes"
    return ErrorPage(
        "That is too much at once",
        f"This page takes up to {size}. Go back: what you typed is still there. Shorten it, then send it again.",
    )


def _body(error: HTTPException) -> bytes:
    """Return the error as JSON: the API's error body, and the message again as ``message`` for the scripts of the pages."""
    page = _page_of(error)
    message = f"{page.title}. {page.advice}"
    if request.path.startswith("/api/"):
        message = error.description or error.name
    return json_body(message, error.name)


def json_body(message: str, name: str) -> bytes:
    """Return an error as JSON: the message, and once more in the form of the API, with the name of the status as code."""
    detail = {"code": name.lower().replace(" ", "-"), "message": message, "pointer": ""}
    return msgspec.json.encode({"message": message, "error": {**detail, "details": [detail]}})
