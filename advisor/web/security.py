"""What protects a visitor: response headers, the session cookie, CSRF tokens, and who owns which plans.

Nothing here sets a cookie by itself. The session comes into being with the first page that holds a form that
changes something (it keeps that form's CSRF token) and learns an owner when a plan is first stored. It is
signed, not readable by scripts, and sent to this site only. Pages and API calls without stored plans never
touch it.
"""

import secrets
from datetime import timedelta
from typing import cast

from flask import Flask, Response, g, request, session
from flask_wtf import CSRFProtect

from advisor.settings import Settings

MAX_FORM_BYTES = 1024 * 1024
NOBODY = ""
"""The owner of a visitor who has stored nothing yet. No plan has it."""
_OWNED_BLUEPRINTS = frozenset({"plans", "api.plans"})
_OWNER_KEY = "owner"
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
        # Browsers accept the __Host- prefix only over https, and then bind the cookie to this very host.
        SESSION_COOKIE_NAME="__Host-advisor" if settings.secure_cookies else "advisor",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=400),
        # As long as the session: a form that lay open for a day must not lose what was typed.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
    )
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
    """The visitor's owner id, `NOBODY` if nothing was stored yet."""
    return cast(str, session.get(_OWNER_KEY, NOBODY))


def claim_owner(made: str = NOBODY) -> str:
    """The visitor's owner id; if there is none, the one just ``made`` for them, or one made now.

    Call it when something is about to be stored.
    """
    owner = cast(str, session.get(_OWNER_KEY)) or made or secrets.token_urlsafe(16)
    session[_OWNER_KEY] = owner
    session.permanent = True
    g.owner = owner
    return owner
