"""The bars of a plan: every kind that has events is seen, in its order, within the picture."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from advisor.web.plans.summary.bars import bars

KINDS = ("client", "server", "both", "suggested", "open")


@given(st.lists(st.integers(0, 10_000), min_size=len(KINDS), max_size=len(KINDS)))
def test_each_kind_that_has_events_has_one_part_of_its_share(counts: list[int]) -> None:
    """A part begins where those before it end, so that their starts show the shares; none of them is invisible."""
    found = bars(zip(KINDS, counts, strict=True))
    assert [kind for kind, _, _ in found] == [kind for kind, count in zip(KINDS, counts, strict=True) if count]
    assert all(width >= 1 for _, _, width in found)
    assert all(start < after for (_, start, _), (_, after, _) in pairwise(found))
    shares = dict(zip(KINDS, counts, strict=True))
    starts = [*(start for _, start, _ in found), 600.0]
    for (kind, start, _), end in zip(found, starts[1:], strict=True):
        assert abs((end - start) - 600 * shares[kind] / sum(counts)) < 0.02
