"""Addresses of the app with a query that a visitor sent. `url_for` takes them only for names that we know.

It gives some names a meaning of their own (``_scheme``, ``_external``), and the names of its own arguments fail.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request


def with_query_of_request(address: str, **changes: str) -> str:
    """Return an address of the app with the query of the current request, in which these parameters have other values."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in changes]
    query = urlencode([*kept, *changes.items()])
    return f"{address}?{query}" if query else address
