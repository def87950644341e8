"""What protects a visitor: response headers, the session cookie, CSRF tokens, and who owns which plans.

Nothing here sets a cookie by itself. The session comes into being with the first page that holds a form that
changes something: it keeps that form's CSRF token, and whose plans the visitor's will be. It is signed, not readable by
scripts, and sent to this site only (`advisor.web.owner_cookie`). Pages and API calls without stored plans never touch
it.
"""

from typing import cast

from flask import Flask, Response, current_app, g, request, session
from flask_wtf import CSRFProtect

from advisor.settings import Settings
from advisor.store import Store
from advisor.web.body_limits import MAX_FORM
from advisor.web.owner_cookie import LIFETIME, OWNER, OwnerCookie, new_owner

NOBODY = ""
"""The owner of a visitor who has stored nothing yet. No plan has it."""
_OWNED_BLUEPRINTS = frozenset({"plans", "api.plans"})
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
    # Addresses can hold the name of an event, so that no other site may learn them.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

csrf = CSRFProtect()
"""Guards every unsafe request. Exempt a view only if it neither reads nor changes anything stored."""


def register(app: Flask, settings: Settings) -> None:
    """Configure the session, the limits and CSRF, and send the headers with every response."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        # As long as the session: a form that lay open for a day must not lose what was typed.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=MAX_FORM,
        MAX_FORM_MEMORY_SIZE=MAX_FORM,
    )
    app.session_interface = OwnerCookie(settings.secret_key, secure=settings.secure_cookies)
    csrf.init_app(app)

    @app.before_request
    def recognise_owner() -> None:
        if request.blueprint in _OWNED_BLUEPRINTS:
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
    """Return the visitor's owner id, `NOBODY` if they never had a page with a form."""
    return _current(cast(str, session.get(OWNER, NOBODY)))


def claim_owner(made: str = NOBODY) -> str:
    """Return the visitor's owner id; if there is none, the one just ``made`` for them, or one made now.

    Call it when something is about to be stored.
    """
    owner = visitor() or made or new_owner()
    become(owner)
    return owner


def become(owner: str) -> None:
    """Let the visitor be this owner from now on."""
    session[OWNER] = owner
    g.owner = owner


def _current(owner: str) -> str:
    """Return the owner that this one became, asked once in a request."""
    if not owner:
        return NOBODY
    known = cast(dict[str, str], g.setdefault("current_owners", {}))
    if owner not in known:
        known[owner] = cast(Store, current_app.extensions["store"]).owners.current(owner)
    return known[owner]
