"""Pauses Python's garbage collector. Used by the command line and by the reader of documents."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Turn the garbage collector off for the block, unless it is off already.

    For work that makes a million objects but no reference cycles: the collector would only look through them in vain.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
