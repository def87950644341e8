"""Short ways to ask about an object and to look at the answer."""

from __future__ import annotations

from typing import Any

from advisor.explain import Explanation, Inquiry, explain
from advisor.model import Destination


def check(given: Any, library: str = "analytics.js", *destinations: str | Destination, **more: Any) -> Explanation:
    """The explanation of an object, given as text or value, for a library and destinations."""
    return explain(Inquiry(object=given, library=library, destinations=destinations, **more))


def verdicts(explanation: Explanation) -> dict[str, str]:
    """Destination key -> whether it receives the event."""
    return {verdict.key: verdict.verdict for verdict in explanation.destinations}


def rules(explanation: Explanation) -> dict[str, str]:
    """Destination key -> the rule that decided."""
    return {verdict.key: verdict.rule for verdict in explanation.destinations}


def codes(explanation: Explanation) -> set[str]:
    """The codes of all problems."""
    return {problem.code for problem in explanation.problems}


def device(key: str) -> Destination:
    """A destination that runs in the page or app, where there is a choice."""
    return Destination(key=key, web_mode="device", mobile_mode="device")


def cloud(key: str) -> Destination:
    """A destination that Segment's servers feed, where there is a choice."""
    return Destination(key=key, web_mode="cloud", mobile_mode="cloud")
