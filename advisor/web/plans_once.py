"""Forms that make something new carry a token, so that the same form sent twice makes it once.

The same form has the same token and the same content: who goes back and types something else means it. Where a form led
to is kept in the database (`advisor.store.sent_forms`), so that copies may go to any process: the second waits for the
first and goes where that led.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug import Response

from advisor.store import EarlierResult, FormInHand, Store, Unavailable
from advisor.web.security import claim_owner, visitor

FIELD = "once"


def register(app: Flask) -> None:
    """Give each form back when its request ends, whatever came of it."""

    @app.teardown_request
    def give_back(_error: BaseException | None) -> None:
        form: FormInHand | None = g.pop("form_in_hand", None)
        if form is None:
            return
        try:
            _store().forms.give_back(form)
        except Unavailable as error:
            # The form is free again after a while; the request itself was answered.
            current_app.logger.warning("A form could not be given back: %s", error)


def fresh() -> str:
    """The token of a form that is shown now."""
    return secrets.token_urlsafe(6)


def made_before() -> Response | None:
    """Reserve the form that is being sent. Waits while another request is processing the same form.

    Returns where that led to; None if this request should process the form itself.
    """
    key = _key()
    if key is None:
        return None
    taken = _store().forms.take(key)
    if isinstance(taken, EarlierResult):
        if taken.owner:
            claim_owner(taken.owner)
        return redirect(taken.address or url_for("plans.show", plan_id=taken.plan_id), 303)
    g.form_in_hand = taken
    return None


def made(address: str) -> Response:
    """Remember where this form led to, and go there. ``address`` is one of ours."""
    if form := g.get("form_in_hand"):
        _store().forms.finish(form, address, visitor())
    return redirect(address, 303)


def _key() -> str | None:
    """What tells the form that is being sent from every other; none if it carries no token.

    It is a digest of the visitor's CSRF secret, which nobody else has, and of what was sent, token included.
    """
    if not request.form.get(FIELD):
        return None
    sent = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    secret = cast(str, session.get("csrf_token", ""))
    digest = hashlib.sha256(repr((secret, request.path, sent)).encode(errors="surrogatepass"))
    for file in request.files.values():
        file.stream.seek(0)  # whoever read it before left it at its end
        digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return digest.hexdigest()


def _store() -> Store:
    return cast(Store, current_app.extensions["store"])
