"""Plans whose findings are left out: names may be found fault with, and a test about structure needs the same for all."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.advice import advise
from advisor.model import Plan, Recommendation


def without_findings(plan: Plan) -> Plan:
    """The plan advised, but for its findings and those of its events."""
    events = []
    for event in advise(plan).events:
        assert isinstance(event.recommendation, Recommendation)
        events.append(replace(event, recommendation=replace(event.recommendation, findings=())))
    return replace(plan, events=tuple(events), findings=())
