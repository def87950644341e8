"""Judges whether the event reaches Segment at all: by the key ``Segment.io``, and by what is loaded.

Used by `explain` and `check.segment`.
"""

from __future__ import annotations

from typing import Literal

from advisor.explain.judge.effective import Effective
from advisor.explain.judge.truthiness import is_truthy
from advisor.explain.locate.circumstances import Circumstances
from advisor.explain.locate.found import Found
from advisor.explain.parse.values import OpenObject, Undefined, Variable
from advisor.explain.report.explanation import Verdict
from advisor.explain.report.sources import FILTERING, JAVASCRIPT
from advisor.knowledge.libraries import Library
from advisor.text import quote

SEGMENT = "Segment.io"

_Effect = Literal["drops", "blocks", "raises", "nothing", "unknown"]
_EFFECTS: dict[str, _Effect] = {
    "analytics.js": "drops",
    "analytics-node": "drops",
    "kotlin": "blocks",
    "kotlin-server": "blocks",
    "react-native": "blocks",
    "flutter": "blocks",
    "unity": "blocks",
    "analytics-csharp": "blocks",
    "android": "raises",
    "ios": "nothing",
    "swift": "nothing",
}
UNLOADED_MESSAGE = (
    "Loaded like this, Analytics.js sends nothing to Segment: no cloud destination and no warehouse gets anything."
)
_MESSAGES: dict[_Effect, str] = {
    "drops": "Segment.io is off: the event is never sent to Segment, without an error.",
    "blocks": "Segment.io is off: this library’s own upload is blocked, and the event never leaves the app or server.",
    "raises": "Android throws an exception for the key Segment.io, and the call fails.",
    "nothing": "This library ignores the key Segment.io.",
    "unknown": "What becomes of an event with Segment.io off isn’t published for this library.",
}


def judge_segment(effective: Effective, library: Library, found: Found, circumstances: Circumstances) -> Verdict:
    """Return the verdict on Segment's servers; an event that they don't get reaches no cloud destination."""
    if effective.use == "raises":
        text = found.refusal or "The library refuses a call like this, so that nothing is sent."
        return _verdict("does-not", "raises", text, library)
    if circumstances.marks:
        return _verdict("receives", "default", "This is a payload: the event was sent to Segment.", library)
    if unloading_key(effective, library) is not None:
        return _verdict("does-not", "not-sent", UNLOADED_MESSAGE, library)
    value = effective.entries.get(SEGMENT, Undefined.UNDEFINED)
    if isinstance(value, Variable):
        return _verdict("unknown", "variable", f"The value of Segment.io, {value.name}, isn’t in the text.", library)
    if is_switched_off(effective, library):
        return _switched_off(library)
    if effective.unknown:
        text = f"It depends on {quote(effective.unknown)}, which isn’t in the text."
        return _verdict("unknown", "variable", text, library)
    return _verdict("receives", "default", "The event is sent to Segment.", library)


def is_switched_off(effective: Effective, library: Library) -> bool:
    """Return whether the entry of Segment.io in force switches Segment off."""
    value = effective.entries.get(SEGMENT, Undefined.UNDEFINED)
    if value is Undefined.UNDEFINED or isinstance(value, Variable):
        return False
    is_script = library.key in ("analytics.js", "analytics-node")
    is_off_in_script = is_script and value is not None and not is_truthy(value)
    return library.key == "android" or value is False or is_off_in_script


def unloading_key(effective: Effective, library: Library) -> str | None:
    """Return the load-time key that keeps Analytics.js from loading its plugin for Segment, or None if it is loaded."""
    if library.key != "analytics.js" or effective.loaded is None:
        return None
    loaded = effective.loaded.entries
    own = loaded.get(SEGMENT)
    if own is False:
        return SEGMENT
    is_closed = loaded.get("All") is False and not is_truthy(own)
    may_be_added = isinstance(loaded, OpenObject) and SEGMENT not in loaded
    return "All" if is_closed and not may_be_added else None


def describe_switch(library: Library) -> str:
    """Return what becomes of an event whose object switches Segment off, as a sentence."""
    effect = _EFFECTS.get(library.key, "unknown")
    in_browser = " Tools that run in the browser still get it." if library.key == "analytics.js" else ""
    return _MESSAGES[effect] + in_browser


def _switched_off(library: Library) -> Verdict:
    effect = _EFFECTS.get(library.key, "unknown")
    text = describe_switch(library)
    if effect == "nothing":
        return _verdict("receives", "default", text, library)
    return _verdict("unknown" if effect == "unknown" else "does-not", "not-sent", text, library)


def _verdict(outcome: Literal["receives", "unknown", "does-not"], rule: str, text: str, library: Library) -> Verdict:
    citation = JAVASCRIPT if library.type == "web" else FILTERING
    return Verdict(key=SEGMENT, name="Segment", verdict=outcome, mode=None, rule=rule, text=text, citation=citation)
