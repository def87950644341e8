"""Forms that make something new carry a token, so that the same form sent twice makes it once.

The same form has the same token and the same content: who goes back and types something else means it. The session
remembers where a form led to. Two copies sent at the same moment arrive with one and the same session, so that this
process remembers it, too: the second copy waits for the first and goes where that led.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from threading import Condition
from typing import NamedTuple, cast

from flask import Flask, current_app, g, redirect, request, session
from werkzeug import Response

from advisor.web.security import claim_owner, visitor

FIELD = "once"
_KEY = "made"
_KEPT = 8
_KEPT_HERE = 1000

Form = tuple[str, str]
"""A visitor's CSRF secret, which nobody else has, and a digest of what was sent, token included."""


class Made(NamedTuple):
    """Where a form led to, and who owns what it made: a visitor's first plan makes its owner, too."""

    address: str
    owner: str


class FormsInHand:
    """The forms that this process is dealing with, and where the latest ones led to."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._in_hand: set[Form] = set()
        self._made: OrderedDict[Form, Made] = OrderedDict()

    def take(self, form: Form) -> Made | None:
        """Where another copy of this form led to, once that is known; none if this copy is now the one in hand."""
        with self._turn:
            self._turn.wait_for(lambda: form not in self._in_hand)
            if form not in self._made:
                self._in_hand.add(form)
            return self._made.get(form)

    def remember(self, form: Form, made: Made) -> None:
        """Keep where a form in hand led to."""
        with self._turn:
            self._made[form] = made
            while len(self._made) > _KEPT_HERE:
                self._made.popitem(last=False)

    def give_back(self, form: Form) -> None:
        """Let other copies have their turn, whatever came of this one."""
        with self._turn:
            self._in_hand.discard(form)
            self._turn.notify_all()


def register(app: Flask) -> None:
    """Let the app remember its forms, and give each back when its request ends."""
    app.extensions["forms"] = FormsInHand()

    @app.teardown_request
    def give_back(_error: BaseException | None) -> None:
        if form := g.pop("form_in_hand", None):
            _forms().give_back(form)


def fresh() -> str:
    """The token of a form that is shown now."""
    return secrets.token_urlsafe(6)


def made_before() -> Response | None:
    """Where another copy of the form that is being sent led to, if it was sent before or is being dealt with."""
    form = _form()
    if form is None:
        return None
    if address := session.get(_KEY, {}).get(form[1]):
        return redirect(address, 303)
    if before := _forms().take(form):
        if before.owner:
            claim_owner(before.owner)
        return made(before.address)
    g.form_in_hand = form
    return None


def made(address: str) -> Response:
    """Remember where this form led to, and go there. ``address`` is one of ours."""
    if form := _form():
        newest = [*session.get(_KEY, {}).items(), (form[1], address)][-_KEPT:]
        session[_KEY] = dict(newest)
        _forms().remember(form, Made(address, visitor()))
    return redirect(address, 303)


def _form() -> Form | None:
    """The form that is being sent; none if it carries no token."""
    if not request.form.get(FIELD):
        return None
    if "form" not in g:
        sent = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
        digest = hashlib.sha256(repr(sent).encode(errors="surrogatepass"))
        for file in request.files.values():
            file.stream.seek(0)  # whoever read it before left it at its end
            digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
            file.stream.seek(0)
        g.form = (session.get("csrf_token", ""), digest.hexdigest()[:16])
    return cast(Form, g.form)


def _forms() -> FormsInHand:
    return cast(FormsInHand, current_app.extensions["forms"])
