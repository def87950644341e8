"""Judges whether the event reaches Segment at all: by the key ``Segment.io``, and by what is loaded."""

from __future__ import annotations

from typing import Literal

from advisor.explain.judge.effective import Effective
from advisor.explain.judge.truthiness import is_truthy
from advisor.explain.parse.values import OpenObject, Undefined, Variable
from advisor.explain.report.explanation import Verdict
from advisor.explain.report.report import Report, quoted
from advisor.explain.report.sources import FILTERING, JAVASCRIPT
from advisor.knowledge.libraries import Library

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
_MESSAGES: dict[_Effect, str] = {
    "drops": "Segment.io is off: the event is never sent to Segment, without an error.",
    "blocks": "Segment.io is off: this library’s own upload is blocked, and the event never leaves the app or server.",
    "raises": "Android throws an exception for the key Segment.io, and the call fails.",
    "nothing": "This library ignores the key Segment.io.",
    "unknown": "What becomes of an event with Segment.io off isn’t published for this library.",
}


def judge_segment(
    effective: Effective, library: Library, report: Report, *, refusal: str = "", arrived: bool = False
) -> Verdict:
    """Return the verdict on Segment's servers; an event that they don't get reaches no cloud destination.

    ``refusal`` is the library's reason for refusing the call. ``arrived`` is True for a payload of a library that writes
    marks.
    """
    if effective.use == "raises":
        text = refusal or "The library refuses a call like this, so that nothing is sent."
        return _verdict("does-not", "raises", text, library)
    if arrived:
        return _verdict("receives", "default", "This is a payload: the event was sent to Segment.", library)
    unloaded = _unloaded(effective, library, report) if library.key == "analytics.js" else None
    own_source, _ = effective.origins.get(SEGMENT, ("load", ()))
    if unloaded and own_source == "load":
        return unloaded
    # The call's own entry is checked all the same: it would still be wrong after the load-time object is fixed.
    by_entry = _by_entry(effective, library, report)
    return unloaded or by_entry


def _by_entry(effective: Effective, library: Library, report: Report) -> Verdict:
    """Return the verdict by the entry of Segment.io in force."""
    value = effective.entries.get(SEGMENT, Undefined.UNDEFINED)
    if isinstance(value, Variable):
        return _verdict("unknown", "variable", f"The value of Segment.io, {value.name}, isn’t in the text.", library)
    is_script = library.key in ("analytics.js", "analytics-node")
    is_off = value is False or (is_script and value not in (None, Undefined.UNDEFINED) and not is_truthy(value))
    if library.key == "android" and value is not Undefined.UNDEFINED:
        is_off = True
    if is_off:
        return _switched_off(effective, library, report)
    if effective.unknown:
        return _verdict(
            "unknown", "variable", f"It depends on {quoted(effective.unknown)}, which isn’t in the text.", library
        )
    return _verdict("receives", "default", "The event is sent to Segment.", library)


def _unloaded(effective: Effective, library: Library, report: Report) -> Verdict | None:
    """Return the verdict if Analytics.js does not even load its plugin for Segment, or None if it does."""
    loaded = effective.loaded.entries if effective.loaded else {}
    own = loaded.get(SEGMENT)
    if own is not False and (loaded.get("All") is not False or is_truthy(own)):
        return None
    if isinstance(loaded, OpenObject) and SEGMENT not in loaded:
        return None
    path = (*(effective.loaded.path if effective.loaded else ()), SEGMENT if own is False else "All")
    message = (
        "Loaded like this, Analytics.js sends nothing to Segment: no cloud destination and no warehouse gets anything."
    )
    if own is False:
        report.add("segment-io-false", path, message, "Remove Segment.io, or set it to true.", JAVASCRIPT, "load")
    else:
        fix = 'Add "Segment.io": true to the load-time object.'
        report.add("load-without-segment-io", path, message, fix, JAVASCRIPT, "load")
    return _verdict("does-not", "not-sent", message, library)


def _switched_off(effective: Effective, library: Library, report: Report) -> Verdict:
    effect = _EFFECTS.get(library.key, "unknown")
    source, path = effective.origins[SEGMENT]
    message = _MESSAGES[effect]
    if effect == "drops" and library.key == "analytics.js":
        message += " Tools that run in the browser still get it."
    fix = "Remove this entry. To leave a destination out, set that destination’s key to false."
    report.add("segment-io-false", path, message, fix, FILTERING, source)
    if effect == "nothing":
        return _verdict("receives", "default", message, library)
    return _verdict("unknown" if effect == "unknown" else "does-not", "not-sent", message, library)


def _verdict(outcome: Literal["receives", "unknown", "does-not"], rule: str, text: str, library: Library) -> Verdict:
    citation = JAVASCRIPT if library.type == "web" else FILTERING
    return Verdict(key=SEGMENT, name="Segment", verdict=outcome, mode=None, rule=rule, text=text, citation=citation)
