"""Judges whether the warehouses of the workspace store the event. Used by `explain`."""

from __future__ import annotations

from typing import Any

from advisor.explain.judge.names import ALL, WAREHOUSES
from advisor.explain.judge.situation import Decision, Situation
from advisor.explain.judge.truthiness import read_all
from advisor.explain.locate.found import ABSENT
from advisor.explain.parse.values import Value, Variable
from advisor.explain.report.delivery_rules import DELIVERY_RULES
from advisor.explain.report.explanation import Outcome, Verdict
from advisor.explain.report.sources import WAREHOUSES as WAREHOUSE_PAGE
from advisor.text import quote


def judge_warehouse(at: Situation) -> Verdict:
    """Return the verdict on the warehouses of the workspace."""
    decision = _decide(at)
    return Verdict(
        key=WAREHOUSES,
        name="Warehouses",
        verdict=decision.outcome,
        mode="cloud",
        rule=decision.rule,
        text=decision.text or DELIVERY_RULES[decision.rule].meaning,
        citation=WAREHOUSE_PAGE,
        decided_by=at.place_of(decision.entry),
    )


def _decide(at: Situation) -> Decision:
    value = at.effective.value(WAREHOUSES)
    if at.segment.verdict != "receives":
        return Decision(at.segment.verdict, at.segment.rule, at.segment.text, WAREHOUSES)
    if at.effective.use == "unknown":
        return Decision("unknown", "unreadable", entry=WAREHOUSES)
    if isinstance(value, Variable):
        text = f"It depends on {quote(value.name)}, which isn’t in the text."
        return Decision("unknown", "variable", text, WAREHOUSES)
    if value is ABSENT:
        return _by_all(at)
    if isinstance(value, dict) and is_warehouse_rule(value):
        outcome, text = _by_rule(value)
        return Decision(outcome, "warehouses", text, WAREHOUSES)
    return Decision("unknown", "warehouses", "Segment’s pages don’t say what Warehouses does in this form.", WAREHOUSES)


def _by_all(at: Situation) -> Decision:
    """Return what All decides for warehouses without an entry."""
    everything = read_all(at.effective.entries, at.library, "cloud")
    if everything == "off":
        return Decision("unknown", "warehouses-unsaid", entry=ALL)
    if everything == "unknown":
        return Decision("unknown", "unreadable", entry=ALL)
    return Decision("receives", "all" if everything == "on" else "default", entry=ALL)


def _by_rule(value: dict[str, Value]) -> tuple[Outcome, str]:
    if "all" in value:
        return ("receives", "Every warehouse stores it.") if value["all"] else ("does-not", "No warehouse stores it.")
    return "check", "Only the warehouses of these ids store it. Check that they are yours."


def is_warehouse_rule(value: Any) -> bool:
    """Return whether this is one of the forms that Warehouses takes."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    ids = value.get("warehouseIds")
    return isinstance(value.get("all"), bool) or (isinstance(ids, list) and all(isinstance(each, str) for each in ids))
