"""Reports problems that depend on who receives the event (plugins, load-time objects), and judges warehouses.

Used by `explain`.
"""

from __future__ import annotations

from advisor.advice.reach.network import Tool
from advisor.explain.check.values import is_warehouse_rule
from advisor.explain.judge.names import ALL, WAREHOUSES
from advisor.explain.judge.plugins import is_loaded, slips_through
from advisor.explain.judge.situation import Situation
from advisor.explain.judge.truthiness import meant_boolean, read_all
from advisor.explain.locate.found import ABSENT
from advisor.explain.parse.values import Path, Value, Variable
from advisor.explain.report.delivery_rules import DELIVERY_RULES
from advisor.explain.report.explanation import Verdict
from advisor.explain.report.report import quoted
from advisor.explain.report.sources import JAVASCRIPT
from advisor.explain.report.sources import WAREHOUSES as WAREHOUSE_PAGE
from advisor.knowledge.vendors import HYBRID, SECOND_NAMES


def check_receiver(tool: Tool, verdict: Verdict, at: Situation) -> None:
    """Report what is wrong with the entry of one destination, or with its missing entry."""
    if verdict.rule in ("unreachable", "call-type", "not-a-stream", "raises", "not-sent"):
        return
    if verdict.rule == "plugin-ignores-all":
        _ignores_all(tool, at)
    if at.effective.closed and at.effective.value(tool.key) is ABSENT and slips_through(tool, at):
        _hybrid(tool, at)
    if at.library.type == "web":
        _second_name(tool, at)
        _load_time(tool, verdict, at)


def _all_path(at: Situation) -> tuple[Path, bool]:
    """Return the path of the ``All`` in force, and whether that is in the load-time object."""
    source, path = at.effective.origins[ALL]
    return path, source == "load"


def _ignores_all(tool: Tool, at: Situation) -> None:
    path, _ = _all_path(at)
    message = f"All: false doesn’t stop {tool.name}: in {at.library.name} its plugin looks for its own key only."
    at.report.add(
        "device-ignores-all", path, message, f"Add {quoted(tool.key)}: false, or true if it is wanted.", at.library.docs
    )


def _hybrid(tool: Tool, at: Situation) -> None:
    path, from_load = _all_path(at)
    message = f"{tool.name} has a browser plugin that may write its key although All is false."
    fix = f"Add {quoted(tool.key)}: false, or true if it is wanted."
    at.report.add("hybrid-not-named", path, message, fix, JAVASCRIPT, "load" if from_load else "object")


def _second_name(tool: Tool, at: Situation) -> None:
    second = SECOND_NAMES.get(tool.key)
    value = at.effective.value(tool.key)
    if second is None or not isinstance(value, bool) or at.effective.value(second) is value:
        return
    if value and not at.effective.closed and at.effective.value(second) is ABSENT:
        return  # without an entry, it is on anyway
    source, path = at.effective.origins[tool.key]
    message = f"The browser plugin of {tool.name} goes by {quoted(second)}, and doesn’t see this entry."
    fix = f"Add {quoted(second)}: {'true' if value else 'false'}."
    at.report.add("second-name-missing", path, message, fix, JAVASCRIPT, source)


def _load_time(tool: Tool, verdict: Verdict, at: Situation) -> None:
    """Report where the load-time object and the call disagree about a destination."""
    origin = at.effective.origins.get(tool.key)
    if at.effective.loaded is None or origin is None:
        return
    source, path = origin
    value = at.effective.value(tool.key)
    is_meant = isinstance(value, dict | Variable) or (value is not ABSENT and meant_boolean(value))
    if tool.kind == HYBRID and source == "object" and is_meant and is_loaded(tool, at) is False:
        message = f"Segment’s servers feed {tool.name}, but its browser plugin was left out when the page loaded."
        fix = f"Add {quoted(tool.key)}: true to the load-time object."
        at.report.add("never-loaded", path, message, fix, JAVASCRIPT)
    if verdict.rule == "not-loaded" and source == "object" and is_meant:
        message = f"{tool.name} was left out when the page loaded; this entry can’t bring it back."
        fix = f"Add {quoted(tool.key)}: true to the load-time object."
        at.report.add("never-loaded", path, message, fix, JAVASCRIPT)
    all_path, all_from_load = _all_path(at) if at.effective.closed else ((), True)
    if source == "load" and value is True and not all_from_load:
        message = f"{tool.name} is true in the load-time object, and All: false in the call doesn’t change that."
        at.report.add("load-keeps-on", all_path, message, f"Add {quoted(tool.key)}: false to the call.", JAVASCRIPT)


def judge_warehouse(at: Situation) -> Verdict:
    """Return the verdict on the warehouses of the workspace."""
    value = at.effective.value(WAREHOUSES)
    outcome, rule, text, key = "unknown", "warehouses", "", WAREHOUSES
    if at.segment.verdict != "receives":
        outcome, rule, text = at.segment.verdict, at.segment.rule, at.segment.text
    elif at.effective.use == "unknown":
        rule = "unreadable"
    elif isinstance(value, Variable):
        rule, text = "variable", f"It depends on {quoted(value.name)}, which isn’t in the text."
    elif isinstance(value, dict) and is_warehouse_rule(value):
        outcome, text = _by_rule(value)
    elif value is not ABSENT:
        text = "Segment’s pages don’t say what Warehouses does in this form."
    else:
        outcome, rule, key = _by_all(at)
    return _warehouse(outcome, rule, text, key, at)


def _by_all(at: Situation) -> tuple[str, str, str]:
    """Return what All decides for warehouses without an entry: the outcome, the rule and the key."""
    everything = read_all(at.effective.entries, at.library, "cloud")
    if everything == "off":
        _unsaid(at)
        return "unknown", "warehouses-unsaid", ALL
    if everything == "unknown":
        return "unknown", "unreadable", ALL
    return "receives", "all" if everything == "on" else "default", ALL


def _by_rule(value: dict[str, Value]) -> tuple[str, str]:
    if "all" in value:
        return ("receives", "Every warehouse stores it.") if value["all"] else ("does-not", "No warehouse stores it.")
    return "check", "Only the warehouses of these ids store it. Check that they are yours."


def _unsaid(at: Situation) -> None:
    path, from_load = _all_path(at)
    message = "Segment’s pages disagree on whether All: false keeps a call out of warehouses."
    fix = 'Add "Warehouses": {"all": true}, or {"all": false}.'
    at.report.add("warehouses-unsaid", path, message, fix, WAREHOUSE_PAGE, "load" if from_load else "object")


def _warehouse(outcome: str, rule: str, text: str, key: str, at: Situation) -> Verdict:
    origin = at.effective.origins.get(key)
    return Verdict(
        key=WAREHOUSES,
        name="Warehouses",
        verdict=outcome,  # type: ignore[arg-type]  # every branch gives one of the four
        mode="cloud",
        rule=rule,
        text=text or DELIVERY_RULES[rule].meaning,
        citation=WAREHOUSE_PAGE,
        decided_by=at.report.where(origin[1], origin[0]) if origin else None,
    )
