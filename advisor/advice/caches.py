"""Clears the caches of the advice, so that a test or a benchmark sees everything computed again."""

import sys
from functools import _lru_cache_wrapper

_ROOMS = ("advisor.advice", "advisor.knowledge")


def clear_caches() -> None:
    """Clear every cached function of the advice and of the knowledge that it rests on."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_ROOMS):
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
