"""Error pages in the look of the app, and the API's error body under ``/api/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import msgspec
from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, ServiceUnavailable

from advisor.store import Cause, Unavailable
from advisor.web.api_answers import JSON
from advisor.web.turns import TooBusy


@dataclass(frozen=True)
class Trouble:
    """What an error page says: what is off, and what to do about it."""

    title: str
    advice: str


_EXPIRED = Trouble(
    "This form is no longer valid",
    "Nothing was changed. Go back: what you typed is still there. Copy what you want to keep, reload the page, "
    "and send it again. It needs a cookie of this site, so allow cookies here if your browser blocks them.",
)
_UNFORESEEN = Trouble("This didn’t work", "The request couldn’t be understood. Go back and try again.")
_TROUBLES = {
    404: Trouble(
        "Page not found", "Check the address. A plan opens in the browser that it was made in, or by a link to it."
    ),
    405: Trouble("This address can’t be used that way", "Go back and use the buttons on the page."),
    415: Trouble("This kind of file isn’t read here", "Send a tracking plan as JSON (application/json)."),
    500: Trouble("Something broke on our side", "Nothing was saved. Go back and try again in a moment."),
    503: Trouble("This can’t be answered right now", "Nothing was changed. Go back and try again in a moment."),
}
_KEPT = "Nothing was changed. Go back: what you typed is still there."
_UNAVAILABLE: dict[Cause, Trouble] = {
    "busy": Trouble("The plans are busy", f"Somebody else’s change takes long. {_KEPT} Send it again in a moment."),
    "full": Trouble(
        "There is no room left to save", f"The disk of this server is full. {_KEPT} Tell whoever runs this app."
    ),
    "read-only": Trouble(
        "Plans can only be read right now",
        f"The place where they are kept can’t be written. {_KEPT} Tell whoever runs this app.",
    ),
    "away": Trouble(
        "The plans can’t be reached",
        f"The place where they are kept doesn’t answer. {_KEPT} Try again in a moment. If it lasts, tell whoever runs "
        "this app.",
    ),
}
_RETRY_SECONDS = {"busy": 2, "away": 10}


def register(app: Flask) -> None:
    """Answer every HTTP error with a page, or with the API's error body under ``/api/``."""

    @app.errorhandler(HTTPException)
    def answer(error: HTTPException) -> Response:
        # The exception's own response has headers that belong to it, such as Allow for a 405.
        response = cast(Response, Response.force_type(error.get_response()))
        if wants_json():
            response.data, response.content_type = _body(error), "application/json"
        else:
            response.data, response.content_type = _page(error), "text/html; charset=utf-8"
        return response

    @app.errorhandler(Unavailable)
    def answer_unavailable(error: Unavailable) -> ResponseReturnValue:
        app.logger.error("The plans cannot be reached: %s", error)
        unavailable = StoreUnavailable(error.cause)
        return app.handle_http_exception(unavailable)


class StoreUnavailable(ServiceUnavailable):
    """The store can't be used right now, with why."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(_UNAVAILABLE[cause].advice, retry_after=_RETRY_SECONDS.get(cause))
        self.cause = cause


def wants_json() -> bool:
    """Return whether the answer to this request is for a program or a script, rather than a page to read."""
    if request.path.startswith(("/api/", "/schemas/")) or request.mimetype == JSON:
        return True
    accepted = request.accept_mimetypes
    return accepted[JSON] > accepted["text/html"]


def _page(error: HTTPException) -> str:
    return render_template("pages/error.html", trouble=_trouble(error))


def _trouble(error: HTTPException) -> Trouble:
    if isinstance(error, StoreUnavailable):
        return _UNAVAILABLE[error.cause]
    if isinstance(error, CSRFError):
        return _EXPIRED
    if isinstance(error, TooBusy):
        return Trouble("The server is busy", error.description or "")
    if isinstance(error, RequestEntityTooLarge):
        return _too_large(request.max_content_length or 0)
    return _TROUBLES.get(error.code or 500, _UNFORESEEN)


def _too_large(most: int) -> Trouble:
    size = f"{most // 1024**2:,} MiB" if most >= 1024**2 else f"{most:,} bytes"
    return Trouble(
        "That is too much at once",
        f"This page takes up to {size}. Go back: what you typed is still there. Shorten it, then send it again.",
    )


def _body(error: HTTPException) -> bytes:
    """Return the error as the API has it, and its message once more where the scripts of our pages look for it."""
    trouble = _trouble(error)
    message = f"{trouble.title}. {trouble.advice}"
    if request.path.startswith("/api/"):
        message = error.description or error.name
    detail = {"code": error.name.lower().replace(" ", "-"), "message": message, "pointer": ""}
    return msgspec.json.encode({"message": message, "error": {**detail, "details": [detail]}})
