"""The error body of the API. It has the same form for every error: the first problem, and all problems in ``details``."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, request
from msgspec import Struct
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import RequestRedirect

from advisor.document import DocumentError, Problem, json_text
from advisor.document.parse import too_large
from advisor.web.app.json_answers import JSON

_STATUS = {"json": 400, "size": 413, "plan": 422}
_MESSAGES = {
    404: "There is nothing at this address.",
    405: "This address does not take this method; Allow names those that it takes.",
    415: "Send the document as application/json, not compressed.",
    500: "Something broke on our side. Try again in a moment.",
}


class ErrorContent(Struct, frozen=True, kw_only=True):
    """The first problem, and all of them, at most 100."""

    code: str
    message: str
    pointer: str
    details: tuple[Problem, ...]


class ErrorBody(Struct, frozen=True, kw_only=True):
    """What every error answers."""

    error: ErrorContent


def register(blueprint: Blueprint) -> None:
    """Answer errors of the blueprint's views, and unknown addresses and methods under ``/api/``, with the error body."""
    blueprint.register_error_handler(DocumentError, _document_error_response)
    blueprint.register_error_handler(HTTPException, error_response)
    blueprint.before_app_request(_lost)


def bad_parameter(name: str, message: str) -> DocumentError:
    """Return the error for an invalid parameter in the address: status 400."""
    return DocumentError("json", [Problem(code="parameter", message=f"{name}: {message}", pointer="")])


def _document_error_response(error: DocumentError) -> Response:
    return _answer(Response(status=_STATUS[error.kind]), error.errors)


def error_response(error: HTTPException) -> Response:
    """Return the response to an HTTP error."""
    # Start from the exception's own response, which has the headers of the error, such as Allow for a 405.
    response = make_response(error.get_response())
    message = _MESSAGES.get(response.status_code, error.description or "")
    code = (error.name or InternalServerError().name).lower().replace(" ", "-")
    return _answer(response, [Problem(code=code, message=message, pointer="")])


def _lost() -> Response | None:
    # An unknown address has no view, so the error handlers of the blueprint are not called for it.
    error = request.routing_exception
    if error is None or isinstance(error, RequestRedirect) or not request.path.startswith("/api/"):
        return None
    return error_response(error)


def refusal(path: str, limit: int) -> bytes | None:
    """Return the error body for a request to this path whose body exceeds the limit; None if it is no path of the API.

    The embedded server answers with it, before the app sees the request.
    """
    return _error_body(too_large(limit).errors) if path.startswith("/api/") else None


def _answer(response: Response, problems: Sequence[Problem]) -> Response:
    response.data = _error_body(problems)
    response.content_type = JSON
    return response


def _error_body(problems: Sequence[Problem]) -> bytes:
    first = problems[0]
    content = ErrorContent(code=first.code, message=first.message, pointer=first.pointer, details=tuple(problems))
    return json_text(ErrorBody(error=content))
