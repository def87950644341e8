"""Forms that make something new carry a token, so that the same form sent twice makes it once."""

from __future__ import annotations

import secrets

from flask import redirect, request, session
from werkzeug import Response

FIELD = "once"
_KEY = "made"
_KEPT = 8


def fresh() -> str:
    """The token of a form that is shown now."""
    return secrets.token_urlsafe(6)


def made_before() -> Response | None:
    """Where the first copy of the form that is being sent led to, if it was sent before."""
    address = session.get(_KEY, {}).get(request.form.get(FIELD))
    return redirect(address, 303) if address else None


def made(address: str) -> Response:
    """Remember where this form led to, and go there. ``address`` is one of ours."""
    if token := request.form.get(FIELD, "")[:16]:
        newest = [*session.get(_KEY, {}).items(), (token, address)][-_KEPT:]
        session[_KEY] = dict(newest)
    return redirect(address, 303)
