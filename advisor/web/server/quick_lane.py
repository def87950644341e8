"""Gives the embedded server a separate thread for the health check.

A monitor must see that the app is running even while all other threads wait for a locked database.
"""

from __future__ import annotations

from typing import Any

from waitress.task import ThreadedTaskDispatcher

SIGN_OF_LIFE = "/healthz"


class Lanes(ThreadedTaskDispatcher):
    """The dispatcher of waitress with ``threads`` threads, and one more that only answers `SIGN_OF_LIFE`."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._quick = ThreadedTaskDispatcher()
        self.set_thread_count(threads)
        self._quick.set_thread_count(1)

    def add_task(self, task: Any) -> None:
        """Queue a connection that has a request, in the separate thread if it asks for `SIGN_OF_LIFE`."""
        asked = getattr(task, "requests", None)
        if asked and getattr(asked[0], "path", None) == SIGN_OF_LIFE:
            self._quick.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End all threads after their current request. Return what waitress' own `shutdown` returns."""
        done: bool = super().shutdown(cancel_pending, timeout)
        self._quick.shutdown(cancel_pending, timeout)
        return done
