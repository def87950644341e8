"""Threads of the embedded server: those that answer everything, and one for the sign of life alone.

Whoever watches the app must learn that it is up while every other thread waits for a database that somebody holds.
"""

from __future__ import annotations

from typing import Any

from waitress.task import ThreadedTaskDispatcher

SIGN_OF_LIFE = "/healthz"


class Lanes(ThreadedTaskDispatcher):
    """Waitress' dispatcher with so many threads, and one more that answers `SIGN_OF_LIFE` only."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._quick = ThreadedTaskDispatcher()
        self.set_thread_count(threads)
        self._quick.set_thread_count(1)

    def add_task(self, task: Any) -> None:
        """Queue a connection that has a request."""
        asked = getattr(task, "requests", None)
        if asked and getattr(asked[0], "path", None) == SIGN_OF_LIFE:
            self._quick.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End all threads once they have answered what they are at."""
        done: bool = super().shutdown(cancel_pending, timeout)
        self._quick.shutdown(cancel_pending, timeout)
        return done
