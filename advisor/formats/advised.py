"""What formats that show advice begin with: the plan, advised if it is not yet."""

from __future__ import annotations

from msgspec import UNSET

from advisor.advice import advise
from advisor.model import Plan


def advised(plan: Plan) -> Plan:
    """The plan with its recommendations; as it is if it has them."""
    return advise(plan) if plan.findings is UNSET else plan
