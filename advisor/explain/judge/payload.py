"""Changes the verdict on a destination by a payload: by consent, and by what the app or page sends itself.

Used by `destination`.
"""

from __future__ import annotations

from advisor.advice.reach.network import Tool
from advisor.explain.judge.situation import Decision, Situation
from advisor.model import Mode

_CONSENT: dict[str, str] = {
    "refused": "A category was refused. If this destination has it, it doesn’t receive the event, whatever the object says.",
    "empty": "The consent object is empty: if this destination has a category, it doesn’t receive the event.",
    "unknown": "It depends on the visitor’s consent, which isn’t in the text.",
}
_MARK = (
    "This library writes false for each SDK that the app bundles: if this one is, it got the event in the app, and Segment’s "
    "servers don’t send it again. If it isn’t, the call switched it off."
)
_BUNDLED = (
    "The payload lists it as bundled: the app or page hands it the event, and Segment’s servers don’t send it again."
)
_UNBUNDLED = (
    "The payload lists it as unbundled: its code isn’t in the app or page, and Segment’s servers send the event."
)


def apply_circumstances(tool: Tool, mode: Mode, at: Situation, decision: Decision) -> Decision:
    """Return the decision as a payload changes it: by consent, and by what the app or page sends itself."""
    if at.circumstances.consent in _CONSENT and decision.outcome in ("receives", "check"):
        return Decision("check", "consent", _CONSENT[at.circumstances.consent], decision.entry)
    if at.circumstances.marks and decision.entry == tool.key and at.effective.value(tool.key) is False:
        return Decision("check", "bundled-mark", _MARK, tool.key)
    names = set(tool.row.names if tool.row else (tool.key,))
    if decision.outcome == "receives" and mode == "cloud" and names & (at.circumstances.bundled or frozenset()):
        return Decision("check", "bundled", _BUNDLED, decision.entry)
    if decision.outcome == "receives" and mode == "device" and names & at.circumstances.unbundled:
        return Decision("check", "bundled", _UNBUNDLED, decision.entry)
    return decision
