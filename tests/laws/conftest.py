"""What the law tests share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def resting_collector() -> Iterator[None]:
    """Keep the cycle collector from scanning hundreds of thousands of live values again and again: half the time."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
