"""Checks for problems that depend on who receives the event (plugins, load-time objects, warehouses).

Used by `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.reach.network import Tool
from advisor.explain.judge.names import ALL
from advisor.explain.judge.plugins import is_loaded, slips_through
from advisor.explain.judge.situation import Situation
from advisor.explain.judge.truthiness import meant_boolean
from advisor.explain.locate.found import ABSENT
from advisor.explain.parse.values import Variable
from advisor.explain.report.explanation import Verdict
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import JAVASCRIPT
from advisor.explain.report.sources import WAREHOUSES as WAREHOUSE_PAGE
from advisor.knowledge.vendors import HYBRID, SECOND_NAMES
from advisor.text import quote


def check_receiver(tool: Tool, verdict: Verdict, at: Situation) -> Iterator[Problem]:
    """Yield what is wrong with the entry of one destination, or with its missing entry."""
    if verdict.rule in ("unreachable", "call-type", "not-a-stream", "raises", "not-sent"):
        return
    if verdict.rule == "plugin-ignores-all":
        yield _ignores_all(tool, at)
    if at.effective.is_closed and at.effective.value(tool.key) is ABSENT and slips_through(tool, at):
        yield _hybrid(tool, at)
    if at.library.type == "web":
        yield from _second_name(tool, at)
        yield from _load_time(tool, verdict, at)


def check_warehouse(verdict: Verdict, at: Situation) -> Iterator[Problem]:
    """Yield that nothing is published about warehouses, if the verdict on them says so."""
    if verdict.rule == "warehouses-unsaid":
        source, path = at.effective.origins[ALL]
        message = "Segment’s pages disagree on whether All: false keeps a call out of warehouses."
        fix = 'Add "Warehouses": {"all": true}, or {"all": false}.'
        yield Problem("warehouses-unsaid", path, message, fix, WAREHOUSE_PAGE, source)


def _ignores_all(tool: Tool, at: Situation) -> Problem:
    _, path = at.effective.origins[ALL]
    message = f"All: false doesn’t stop {tool.name}: in {at.library.name} its plugin looks for its own key only."
    fix = f"Add {quote(tool.key)}: false, or true if it is wanted."
    return Problem("device-ignores-all", path, message, fix, at.library.docs)


def _hybrid(tool: Tool, at: Situation) -> Problem:
    source, path = at.effective.origins[ALL]
    message = f"{tool.name} has a browser plugin that may write its key although All is false."
    fix = f"Add {quote(tool.key)}: false, or true if it is wanted."
    return Problem("hybrid-not-named", path, message, fix, JAVASCRIPT, source)


def _second_name(tool: Tool, at: Situation) -> Iterator[Problem]:
    second = SECOND_NAMES.get(tool.key)
    value = at.effective.value(tool.key)
    if second is None or not isinstance(value, bool) or at.effective.value(second) is value:
        return
    if value and not at.effective.is_closed and at.effective.value(second) is ABSENT:
        return  # without an entry, it is on anyway
    source, path = at.effective.origins[tool.key]
    message = f"The browser plugin of {tool.name} goes by {quote(second)}, and doesn’t see this entry."
    fix = f"Add {quote(second)}: {'true' if value else 'false'}."
    yield Problem("second-name-missing", path, message, fix, JAVASCRIPT, source)


def _load_time(tool: Tool, verdict: Verdict, at: Situation) -> Iterator[Problem]:
    """Yield where the load-time object and the call disagree about a destination."""
    origin = at.effective.origins.get(tool.key)
    if at.effective.loaded is None or origin is None:
        return
    source, path = origin
    value = at.effective.value(tool.key)
    is_meant = isinstance(value, dict | Variable) or (value is not ABSENT and meant_boolean(value))
    fix = f"Add {quote(tool.key)}: true to the load-time object."
    if tool.kind == HYBRID and source == "object" and is_meant and is_loaded(tool, at) is False:
        message = f"Segment’s servers feed {tool.name}, but its browser plugin was left out when the page loaded."
        yield Problem("never-loaded", path, message, fix, JAVASCRIPT)
    if verdict.rule == "not-loaded" and source == "object" and is_meant:
        message = f"{tool.name} was left out when the page loaded; this entry can’t bring it back."
        yield Problem("never-loaded", path, message, fix, JAVASCRIPT)
    all_source, all_path = at.effective.origins[ALL] if at.effective.is_closed else ("load", ())
    if source == "load" and value is True and all_source == "object":
        message = f"{tool.name} is true in the load-time object, and All: false in the call doesn’t change that."
        yield Problem("load-keeps-on", all_path, message, f"Add {quote(tool.key)}: false to the call.", JAVASCRIPT)
