"""Plans without their findings: findings depend on names, and tests about structure need the same parts for all
names.
"""

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
