"""Fixtures of the law tests."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def resting_collector() -> Iterator[None]:
    """Keep the garbage collector from scanning hundreds of thousands of live values repeatedly; this halves the time."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
