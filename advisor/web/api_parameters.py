"""What a request of the API says besides its address: the document it sends, and the form it wants back."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from advisor.document.syntax import too_large
from advisor.web.api_errors import bad_parameter


def wants_recommendations() -> bool:
    """Whether the answer shall have the computed parts (``recommendations=none`` leaves them out)."""
    wanted = request.args.get("recommendations")
    if wanted not in (None, "none"):
        raise bad_parameter("recommendations", "the only value is none, for the document without its computed parts.")
    return wanted is None


def max_body() -> int:
    """Bytes that a document may have in this installation."""
    limit: int = current_app.extensions["settings"].max_body
    return limit


def sent_document() -> bytes:
    """The bytes of the document that was sent, at most one more than it may have.

    Raises `DocumentError` if it says that it has more.
    """
    compressed = request.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
    if request.mimetype != "application/json" or compressed:
        raise UnsupportedMediaType
    # The app's own limit is that of forms. One byte more: a body that says no length is cut there without a word.
    request.max_content_length = max_body() + 1
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_large(max_body()) from None
