"""Compresses pages and documents for clients that accept gzip. Static files are compressed in `advisor.web.app.assets`."""

from __future__ import annotations

from flask import Flask, Response, request

from advisor.web.app.encodings import gzip_with_noise, preferred_encoding

SMALLEST = 1024
"""Shorter answers fit into one packet anyway."""
LARGEST = 8 * 1024 * 1024
"""Longer answers would keep a thread for more than a tenth of a second."""
LEVEL = 5
_TEXT = ("text/", "application/json", "application/schema+json", "application/xml", "application/yaml")
_OTHER_SITES = frozenset({"cross-site", "same-site"})


def register(app: Flask) -> None:
    """Compress answers on their way out. Call it before any other part adds an ``after_request`` function:
    Flask runs them in reverse order, and this one must see the final content.
    """

    @app.after_request
    def compress(response: Response) -> Response:
        if not _is_compressible(response):
            return response
        response.vary.add("Accept-Encoding")
        if not is_asked_by_another_site() and preferred_encoding(request.accept_encodings, ("gzip",)) == "gzip":
            response.set_data(gzip_with_noise(response.get_data(), LEVEL))
            response.headers["Content-Encoding"] = "gzip"
            _weaken_etag(response)
        return response


def is_asked_by_another_site() -> bool:
    """Return whether another site made the browser ask for this.

    Such a site could put a guess into the address, and read from the length of the compressed page whether the page
    has the same text elsewhere (the attack BREACH).
    """
    return request.headers.get("Sec-Fetch-Site") in _OTHER_SITES


def _is_compressible(response: Response) -> bool:
    return (
        request.endpoint != "static"
        and response.status_code not in (204, 206, 304)
        and (response.mimetype or "").startswith(_TEXT)
        and "Content-Encoding" not in response.headers
        and not response.is_streamed
        and not response.direct_passthrough
        and SMALLEST <= (response.calculate_content_length() or 0) <= LARGEST
    )


def _weaken_etag(response: Response) -> None:
    """Make the ETag say that the bytes may differ: those of each compression do."""
    etag, is_weak = response.get_etag()
    if etag and not is_weak:
        response.set_etag(etag, weak=True)
