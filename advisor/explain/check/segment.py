"""Checks the entries that keep the event from Segment itself. Used by `explain`."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explain.judge.segment import (
    SEGMENT,
    UNLOADED_MESSAGE,
    describe_switch,
    is_switched_off,
    unloading_key,
)
from advisor.explain.judge.situation import Situation
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import FILTERING, JAVASCRIPT


def check_segment(at: Situation) -> Iterator[Problem]:
    """Yield what is wrong with ``Segment.io``, at load time and in the call.

    The call's own entry is checked although nothing is loaded: it would still be wrong after the load-time object is fixed.
    """
    if at.effective.use == "raises" or at.circumstances.marks:
        return
    unloading = unloading_key(at.effective, at.library)
    if unloading is not None and at.effective.loaded is not None:
        path = (*at.effective.loaded.path, unloading)
        code, fix = "load-without-segment-io", 'Add "Segment.io": true to the load-time object.'
        if unloading == SEGMENT:
            code, fix = "segment-io-false", "Remove Segment.io, or set it to true."
        yield Problem(code, path, UNLOADED_MESSAGE, fix, JAVASCRIPT, "load")
    source, path = at.effective.origins.get(SEGMENT, ("load", ()))
    if is_switched_off(at.effective, at.library) and (unloading is None or source == "object"):
        fix = "Remove this entry. To leave a destination out, set that destination’s key to false."
        yield Problem("segment-io-false", path, describe_switch(at.library), fix, FILTERING, source)
