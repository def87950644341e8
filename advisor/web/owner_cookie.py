"""The cookie that says whose plans a browser's are: signed, and never replaced without a word.

Its name holds the fingerprint of the key, so that two installations on one host keep their cookies apart: browsers tell
ports of a host not apart. What is signed is believed however the clocks of machines differ. A cookie of ours that can't
be read is kept beside, and the pages say so.
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
"""Where the session keeps the visitor's owner id."""
UNREAD = "unread"
"""Set in the session of a visitor whose earlier cookie could not be read, until they have been told."""
LIFETIME = timedelta(days=400)
"""As long as browsers keep a cookie."""
_RENEWED_AFTER = timedelta(days=7)
_NAME = "advisor"
_OVER_HTTPS = "__Host-"
"""Browsers accept this prefix only over https, and then bind the cookie to this very host."""
_KEPT_BESIDE = "-unread"


class VisitorSession(SecureCookieSession):
    """A session that knows how its cookie was found.

    ``damaged`` is the cookie of ours that can't be read, ``renews`` that the cookie is to be sent again soon.
    """

    damaged: str | None = None
    renews: bool = False


class OwnerCookie(SecureCookieSessionInterface):
    """Reads the cookie under its name, or under the names that it had before, and writes it under its name."""

    session_class = VisitorSession

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        mark = fingerprint(secret_key)
        self.name = cookie_name(secret_key, secure=secure)
        self._names = tuple(dict.fromkeys((self.name, f"{_OVER_HTTPS}{_NAME}-{mark}", f"{_NAME}-{mark}")))
        self._former_names = (f"{_OVER_HTTPS}{_NAME}", _NAME)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the first cookie whose signature is ours, or a new one."""
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        for name in (*self._names, *self._former_names):
            value = request.cookies.get(name)
            if value and (session := _read(signer, value)) is not None:
                session.modified = name != self.name
                return session
        session = VisitorSession()
        # A cookie under a former name may belong to another installation; those under ours are ours.
        session.damaged = next((request.cookies[name] for name in self._names if request.cookies.get(name)), None)
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie if the session changed. A visitor has an owner id from their first cookie on."""
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

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - its signature
        """Return the name of the cookie."""
        return self.name

    def _send(self, app: Flask, response: Response, name: str, value: str) -> None:
        response.vary.add("Cookie")
        response.set_cookie(
            name,
            value,
            max_age=LIFETIME,  # a date would be taken by the browser's clock, which may differ from ours
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite=self.get_cookie_samesite(app),
            path=self.get_cookie_path(app),
        )


def cookie_name(secret_key: str, *, secure: bool) -> str:
    """Return the name of the cookie of the installation with this key."""
    return f"{_OVER_HTTPS if secure else ''}{_NAME}-{fingerprint(secret_key)}"


def new_owner() -> str:
    """Return a new owner id: 128 random bits."""
    return secrets.token_urlsafe(16)


def _read(signer: Any, value: str) -> VisitorSession | None:
    """Return the session of a signed value, however old it is or young it claims to be; None if it isn't signed by us."""
    try:
        content, signed_at = signer.loads(value, return_timestamp=True)
    except BadSignature:
        return None
    session = VisitorSession(content)
    session.renews = datetime.now(UTC) - signed_at > _RENEWED_AFTER
    return session
