"""Protection against forms that are sent twice. Forms that make something new carry a token, and make it only once.

Two requests are copies of one form if they have the same token and the same content. A form with other content is a new
form, even if someone went back to the same page. The result of a form is kept in the database
(`advisor.store.sent_forms`), so copies may reach different processes: the second waits for the first, and gets the same
result.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug import Response

from advisor.store import EarlierResult, FormInHand, UnavailableError
from advisor.web.app import current
from advisor.web.app.security import claim_owner, visitor

FIELD = "once"


def register(app: Flask) -> None:
    """Release the form that a request reserved when the request ends, also after an error."""

    @app.teardown_request
    def give_back(_error: BaseException | None) -> None:
        form: FormInHand | None = g.pop("form_in_hand", None)
        if form is None:
            return
        try:
            current.store().forms.give_back(form)
        except UnavailableError as error:
            # The reservation ends by itself after a while; the request itself was answered.
            current_app.logger.warning("A form could not be given back: %s", error)


def new_token() -> str:
    """Return a new token for a form that is shown now."""
    return secrets.token_urlsafe(6)


def earlier_result() -> Response | None:
    """Reserve the form that is being sent. Waits while another request is processing the same form.

    Returns a redirect to its result, or None if this request should process the form itself.
    """
    key = _key()
    if key is None:
        return None
    taken = current.store().forms.take(key)
    if isinstance(taken, EarlierResult):
        if taken.owner:
            claim_owner(taken.owner)
        return redirect(taken.address or url_for("plans.overview.show", plan_id=taken.plan_id), 303)
    g.form_in_hand = taken
    return None


def finish(address: str) -> Response:
    """Store ``address`` as the result of this form, and return a redirect to it. It must be an address of this app."""
    if form := g.get("form_in_hand"):
        current.store().forms.finish(form, address, visitor())
    return redirect(address, 303)


def _key() -> str | None:
    """Return the key that identifies the form being sent, or None if it has no token.

    It is a digest of the visitor's CSRF secret, which nobody else has, of the path, and of what was sent, with the token.
    """
    if not request.form.get(FIELD):
        return None
    sent = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    secret = cast(str, session.get("csrf_token", ""))
    digest = hashlib.sha256(repr((secret, request.path, sent)).encode(errors="surrogatepass"))
    for file in request.files.values():
        file.stream.seek(0)  # an earlier reader left it at its end
        digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]  # a stream reads bytes
        file.stream.seek(0)
    return digest.hexdigest()
