"""Protects visitors: response headers, the session cookie, CSRF tokens, and the owner of plans.

Nothing here sets a cookie by itself. The session begins with the first page that has a form that changes something:
it holds the CSRF token of the form and the owner id of the visitor. Its cookie is signed, not readable by scripts, and
sent to this site only (`advisor.web.app.visitor`). Pages and API calls without stored plans never read or set it.
"""

from typing import cast

from flask import Flask, Response, g, request, session
from flask_wtf import CSRFProtect

from advisor.settings import Settings
from advisor.web.app import current
from advisor.web.app.body_limits import MAX_FORM
from advisor.web.app.visitor import LIFETIME, OWNER, OwnerCookie, new_owner

NOBODY = ""
"""The owner id of a visitor who has stored nothing yet. No plan has this owner."""
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    # Addresses can hold the name of an event, so other sites must not see them.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

csrf = CSRFProtect()
"""The CSRF check of every unsafe request. Exempt a view only if it neither reads nor changes anything stored."""


def register(app: Flask, settings: Settings) -> None:
    """Configure the session, the size limits and the CSRF check, and send the headers with every response."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        # Tokens are valid as long as the session, so that a form that was open for a day can still be saved.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=MAX_FORM,
        MAX_FORM_MEMORY_SIZE=MAX_FORM,
    )
    app.session_interface = OwnerCookie(settings.secret_key, secure=settings.secure_cookies)
    csrf.init_app(app)

    @app.before_request
    def recognise_owner() -> None:
        if "plans" in request.blueprints:
            g.owner = visitor()

    @app.after_request
    def send_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.secure_cookies:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def visitor() -> str:
    """Return the visitor's owner id; `NOBODY` if they have none yet."""
    return _current(cast(str, session.get(OWNER, NOBODY)))


def claim_owner(new: str = NOBODY) -> str:
    """Make sure that the visitor has an owner id, and return it. Call it before something is stored.

    A visitor without one gets ``new``, or a random id if that is empty.
    """
    owner = visitor() or new or new_owner()
    become(owner)
    return owner


def become(owner: str) -> None:
    """Make this owner id the visitor's, in the session and for the current request."""
    session[OWNER] = owner
    g.owner = owner


def _current(owner: str) -> str:
    """Return the owner that this one was merged into, or the owner itself. Asks the store once per request."""
    if not owner:
        return NOBODY
    known = cast(dict[str, str], g.setdefault("current_owners", {}))
    if owner not in known:
        known[owner] = current.store().owners.current(owner)
    return known[owner]
