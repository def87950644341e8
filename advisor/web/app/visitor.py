"""The signed session cookie with the owner id, which identifies the browser that owns plans.

Its name contains the fingerprint of the key, so that two installations on one host have different cookies: browsers
share cookies between the ports of a host. The time of a valid signature is not checked, because clocks can differ. If
the app's cookie can't be read, it is kept under another name, and the pages tell the visitor.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from advisor.secret_key import fingerprint

OWNER = "owner"
"""The key of the visitor's owner id in the session."""
UNREAD = "unread"
"""The key in the session that marks an unreadable earlier cookie, until the visitor has been told."""
LIFETIME = timedelta(days=400)
"""The longest time for which browsers keep a cookie."""
_RENEWED_AFTER = timedelta(days=7)
_NAME = "advisor"
_OVER_HTTPS = "__Host-"
"""A prefix that browsers accept only over https. It restricts the cookie to this host."""
_KEPT_BESIDE = "-unread"


class VisitorSession(SecureCookieSession):
    """A session with the state of the cookie it was read from.

    ``damaged`` is the app's cookie if it can't be read; ``renews`` says that the cookie is due to be sent again.
    """

    damaged: str | None = None
    renews: bool = False


class OwnerCookie(SecureCookieSessionInterface):
    """The session interface of the app. It reads the cookie under its current or a former name and writes the current one."""

    session_class = VisitorSession

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        mark = fingerprint(secret_key)
        self.name = cookie_name(secret_key, secure=secure)
        self._names = tuple(dict.fromkeys((self.name, f"{_OVER_HTTPS}{_NAME}-{mark}", f"{_NAME}-{mark}")))
        self._former_names = (f"{_OVER_HTTPS}{_NAME}", _NAME)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the first cookie with a valid signature, or a new session."""
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        for name in (*self._names, *self._former_names):
            value = request.cookies.get(name)
            if value and (session := _read(signer, value)) is not None:
                session.modified = name != self.name
                return session
        session = VisitorSession()
        # A cookie under a former name can belong to another installation. Those under `_names` belong to this one.
        session.damaged = next((request.cookies[name] for name in self._names if request.cookies.get(name)), None)
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie if the session changed or must be renewed. The first cookie gets an owner id."""
        assert isinstance(session, VisitorSession)
        if session.accessed:
            response.vary.add("Cookie")
        is_due = session.renews and response.mimetype == "text/html"
        if not session or not (session.modified or is_due):
            return
        if OWNER not in session:
            session[OWNER] = new_owner()
        if session.damaged is not None:
            session[UNREAD] = True
            self._send(app, response, self.name + _KEPT_BESIDE, session.damaged)
        signer = self.get_signing_serializer(app)
        assert signer is not None  # an app without a key opens no session
        self._send(app, response, self.name, str(signer.dumps(dict(session))))

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - the signature is Flask's
        """Return the name of the cookie."""
        return self.name

    def _send(self, app: Flask, response: Response, name: str, value: str) -> None:
        response.vary.add("Cookie")
        response.set_cookie(
            name,
            value,
            max_age=LIFETIME,  # not a date: the browser's clock can differ from the server's
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite=self.get_cookie_samesite(app),
            path=self.get_cookie_path(app),
        )


def cookie_name(secret_key: str, *, secure: bool) -> str:
    """Return the name of the cookie of the installation with this secret key."""
    return f"{_OVER_HTTPS if secure else ''}{_NAME}-{fingerprint(secret_key)}"


def new_owner() -> str:
    """Return a new owner id: 128 random bits."""
    return secrets.token_urlsafe(16)


def _read(signer: Any, value: str) -> VisitorSession | None:
    """Return the session of a signed value; None if the signature is not valid. The time of signing is not checked."""
    try:
        content, signed_at = signer.loads(value, return_timestamp=True)
    except BadSignature:
        return None
    session = VisitorSession(content)
    session.renews = datetime.now(UTC) - signed_at > _RENEWED_AFTER
    return session
