"""The laws of the caches: what is computed once for many events is what would be computed for each of them."""

from __future__ import annotations

import sys
from functools import _lru_cache_wrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import advise, advise_event
from advisor.advice.caches import clear_caches
from advisor.document import check, write
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_presets import is_subscribed, name_for_triggers, presets, usable_presets
from advisor.model import CALL_TYPES, Plan
from plan_documents import plans

WAITED_FOR = sorted({name for key in CATALOGUE for each in presets(key) or () for name in each.events})


def _cached() -> list[_lru_cache_wrapper[object]]:
    rooms = [module for name, module in sys.modules.items() if name.startswith(("advisor.advice", "advisor.knowledge"))]
    return [value for module in rooms for value in vars(module).values() if isinstance(value, _lru_cache_wrapper)]


def test_clearing_the_caches_leaves_nothing_in_them() -> None:
    """All of them, in whichever module of the advice or of the knowledge."""
    assert any(each.cache_info().currsize for each in _cached())
    clear_caches()
    assert {each.cache_info().currsize for each in _cached()} == {0}


@given(st.lists(plans, min_size=1, max_size=3))
def test_advice_past_every_cache_is_the_same(some: list[Plan]) -> None:
    """What was advised before leaves no trace: neither other plans nor the other events of a plan."""
    checked = [check(plan)[0] for plan in some]
    after_others = [write(advise(plan)) for plan in checked]
    for plan, warm in zip(checked, after_others, strict=True):
        clear_caches()
        advised = advise(plan)
        assert write(advised) == warm
        for index, event in enumerate(advised.events):
            assert advise_event(plan, index) == event


@pytest.mark.parametrize("call", CALL_TYPES)
@given(name=st.sampled_from(WAITED_FOR) | st.text(min_size=1) | st.sampled_from(["track", "event", "or", "="]))
def test_names_that_no_trigger_compares_with_are_alike(call: str, name: str) -> None:
    """For every destination, the name that stands for them has the same presets, and sets off the same."""
    alike = name_for_triggers(name)
    assert alike == name or name not in WAITED_FOR
    for key in CATALOGUE:
        assert is_subscribed(key, call, alike) == is_subscribed(key, call, name)  # type: ignore[arg-type]
        assert usable_presets(key, call, alike) == usable_presets(key, call, name)  # type: ignore[arg-type]
