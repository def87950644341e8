"""Lets slow requests take turns, so that all other pages stay quick.

Python computes for one request at a time. Without turns, four reports of 10,000 events would block everyone for a
minute, even after their clients have disconnected. With turns, one slow request is processed, a few wait, and further
ones are asked to come back later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Condition
from typing import cast

from flask import Flask, current_app, g, request
from werkzeug.exceptions import ServiceUnavailable

from advisor.web.app import current

MOST = 4
"""The number of slow requests that one process accepts at a time: the current one and those that wait."""
MANY_EVENTS = 1_000
"""The number of events above which work on the whole plan is slow."""
LARGE_BODY = 1024 * 1024
"""The number of bytes above which reading a document is slow."""
RETRY_SECONDS = 10
_LOOK_AFTER = 0.25
"""The seconds between two checks of a waiting request whether its client is still connected."""


class TooBusyError(ServiceUnavailable):
    """Raised if the maximum number of slow requests is already waiting."""

    def __init__(self) -> None:
        super().__init__(
            "The server is working on other large plans. Nothing was changed. Try again in a moment.",
            retry_after=RETRY_SECONDS,
        )


class Turns:
    """A queue that admits slow requests one at a time, in the order of their arrival."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._changed = Condition()
        self._waiting: deque[object] = deque()

    def take(self, is_gone: Callable[[], bool]) -> object:
        """Wait for a turn and return it; pass it to `give_back` later. Raises `TooBusyError`, also if the client disconnects."""
        turn = object()
        with self._changed:
            if len(self._waiting) >= self._most:
                raise TooBusyError
            self._waiting.append(turn)
            while self._waiting[0] is not turn:
                self._changed.wait(_LOOK_AFTER)
                if self._waiting[0] is not turn and is_gone():
                    self._leave(turn)
                    raise TooBusyError
        return turn

    def give_back(self, turn: object) -> None:
        """End a turn, so that the next request gets its turn."""
        with self._changed:
            self._leave(turn)

    def _leave(self, turn: object) -> None:
        self._waiting.remove(turn)
        self._changed.notify_all()


def register(app: Flask) -> None:
    """Make slow requests of the app take turns."""
    app.extensions["turns"] = Turns()
    app.before_request(_take_turn_for_body)

    @app.teardown_request
    def give_back(_error: BaseException | None) -> None:
        if turn := g.pop("turn", None):
            cast(Turns, app.extensions["turns"]).give_back(turn)


def take_turn() -> None:
    """Wait for the turn of this request, which then keeps it until it ends. Raises `TooBusyError`."""
    if "turn" not in g:
        is_gone = request.environ.get("waitress.client_disconnected", lambda: False)
        g.turn = cast(Turns, current_app.extensions["turns"]).take(is_gone)


def take_turn_for(plan_id: str) -> None:
    """Wait for a turn if the plan is large. Call it only for a visitor who may open the plan. Raises `TooBusyError`."""
    if current.count_events(plan_id) > MANY_EVENTS:
        take_turn()


def _take_turn_for_body() -> None:
    if (request.content_length or 0) > LARGE_BODY:
        take_turn()
