"""The parts of an API request besides its address: the sent document, and the parameters of several addresses."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from advisor.document.parse import too_large
from advisor.privacy.filter import DATA_KINDS, LensFilter
from advisor.text import quote
from advisor.web.api.views.errors import bad_parameter


def wants_recommendations() -> bool:
    """Return whether the response includes the computed parts: not if ``recommendations=none``.

    Raises `DocumentError` for another value.
    """
    wanted = request.args.get("recommendations")
    if wanted not in (None, "none"):
        raise bad_parameter("recommendations", "the only value is none, for the document without its computed parts.")
    return wanted is None


def lens_filter() -> LensFilter:
    """Return the kinds of data and the side that the request asks for: all and both without the parameters.

    Raises `DocumentError` for another value.
    """
    kinds, side = request.args.getlist("kind"), request.args.get("by", "")
    if unknown := [kind for kind in kinds if kind not in DATA_KINDS]:
        raise bad_parameter("kind", f"{quote(unknown[0])} is no kind; there are {', '.join(DATA_KINDS)}.")
    if side not in ("", "client", "server"):
        raise bad_parameter("by", "the values are client and server.")
    return LensFilter(tuple(kinds), "client" if side == "client" else "server" if side else "")


def max_body() -> int:
    """Return the maximum bytes of a document in this installation."""
    limit: int = current_app.extensions["settings"].max_body
    return limit


def sent_document() -> bytes:
    """Return the bytes of the sent document, at most one more than `max_body`.

    Raises `DocumentError` if the request declares a larger body, `UnsupportedMediaType` if it isn't uncompressed JSON.
    """
    compressed = request.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
    if request.mimetype != "application/json" or compressed:
        raise UnsupportedMediaType
    # The app's default limit is the one for forms. A body without a declared length is cut silently at the limit, so
    # read one byte more: the document is then found to be too large.
    request.max_content_length = max_body() + 1
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_large(max_body()) from None
