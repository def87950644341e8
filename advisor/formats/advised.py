"""Adds the advice to a plan, for the formats that show it."""

from __future__ import annotations

from msgspec import UNSET

from advisor.advice import advise
from advisor.model import Plan


def advised(plan: Plan) -> Plan:
    """Return the plan with its recommendations. A plan that has been advised already is returned unchanged."""
    return advise(plan) if plan.findings is UNSET else plan
