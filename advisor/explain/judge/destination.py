"""Judges whether one destination receives the event, in which mode, and by which rule. Used by `explain`."""

from __future__ import annotations

from advisor.advice.reach.network import Tool
from advisor.explain.judge.payload import apply_circumstances
from advisor.explain.judge.plugins import is_loaded, slips_through
from advisor.explain.judge.situation import Decision, Situation
from advisor.explain.judge.truthiness import Reading, read_all, read_entry
from advisor.explain.locate.found import ABSENT
from advisor.explain.parse.values import Variable
from advisor.explain.report.delivery_rules import DELIVERY_RULES
from advisor.explain.report.explanation import Verdict
from advisor.knowledge.vendors import HYBRID, PLUGINS, SALESFORCE, SECOND_NAMES
from advisor.model import Mode
from advisor.text import quote

_AUDIENCES = ("audience", "retl")


def judge_destination(tool: Tool, at: Situation) -> Verdict:
    """Return the verdict on one destination."""
    mode = tool.modes.get(at.library.type)
    decision = _before_the_object(tool, mode, at)
    if decision is None:
        assert mode is not None  # without a mode, the destination is unreachable
        decision = apply_circumstances(tool, mode, at, _caution(tool, mode, at, by_object(tool, mode, at)))
    rule = DELIVERY_RULES[decision.rule]
    return Verdict(
        key=tool.key,
        name=tool.name,
        verdict=decision.outcome,
        mode=mode,
        rule=decision.rule,
        text=decision.text or rule.meaning,
        citation=rule.citation or at.library.docs,
        decided_by=at.place_of(decision.entry),
    )


def _before_the_object(tool: Tool, mode: Mode | None, at: Situation) -> Decision | None:
    """Return the decision that doesn't depend on the object, or None if there is none."""
    if tool.kind in _AUDIENCES:
        return Decision("does-not", "not-a-stream")
    if mode is None:
        known = "" if tool.is_certain else " That is how the catalogue has it; check it in your workspace."
        return Decision("does-not", "unreachable", f"{at.library.name} can’t reach {tool.name}.{known}")
    if at.call and not tool.takes(at.call, at.library.type):
        return Decision("does-not", "call-type", f"{tool.name} doesn’t take {at.call} calls from here.")
    if at.effective.use == "raises":
        return Decision("does-not", "raises")
    return _before_a_plugin(tool, at) if mode == "device" else _before_segment(tool, at)


def _before_a_plugin(tool: Tool, at: Situation) -> Decision | None:
    if at.library.type == "web" and is_loaded(tool, at) is False:
        return Decision("does-not", "not-loaded")
    return None


def _before_segment(tool: Tool, at: Situation) -> Decision | None:
    if at.segment.verdict == "does-not":
        return Decision("does-not", at.segment.rule, at.segment.text)
    if tool.kind == "storage":
        return Decision("receives", "storage")
    return None


def by_object(tool: Tool, mode: Mode, at: Situation) -> Decision:
    """Return what the object decides about a destination that could receive the event."""
    effective, library = at.effective, at.library
    if effective.use == "unknown":
        return Decision("unknown", "unreadable", "What becomes of a value that is no object isn’t published.")
    value = effective.value(tool.key)
    own = read_entry(value, tool.key, library, mode)
    if isinstance(value, Variable):
        return Decision("unknown", "variable", f"It depends on {quote(value.name)}, which isn’t in the text.", tool.key)
    if own == "unknown":
        return Decision("unknown", "unreadable", entry=tool.key)
    if own == "on" and mode == "device" and effective.loaded and is_loaded(tool, at) is None:
        name = effective.loaded.unknown or "the load-time object"
        return Decision(
            "unknown", "variable", f"It depends on {quote(name)}: what is loaded isn’t in the text.", tool.key
        )
    if own != "pass":
        return _own_entry(tool, own, at)
    if tool.key == SALESFORCE:
        return Decision("does-not", "salesforce-default", "Salesforce is off unless its key is true in every call.")
    default = _by_default(tool, mode, at)
    return _other_names(tool, mode, default, at)


def _own_entry(tool: Tool, own: Reading, at: Situation) -> Decision:
    second = SECOND_NAMES.get(tool.key) if at.library.type == "web" else None
    if own == "on":
        return Decision("receives", "key", f"Its key {quote(tool.key)} switches it on.", tool.key)
    if second and at.effective.value(second) is not False:
        text = f"Its key is false, but its browser plugin goes by {quote(second)} and can switch it on again."
        return Decision("check", "second-name", text, tool.key)
    return Decision("does-not", "key", f"Its key {quote(tool.key)} switches it off.", tool.key)


def _by_default(tool: Tool, mode: Mode, at: Situation) -> Decision:
    effective, library = at.effective, at.library
    if effective.unknown and "All" not in effective.entries:
        return Decision("unknown", "variable", f"It depends on {quote(effective.unknown)}, which isn’t in the text.")
    everything = read_all(effective.entries, library, mode)
    if everything == "unknown":
        entry = "All" if "All" in effective.entries else "all"
        if isinstance(effective.entries[entry], Variable):
            return Decision("unknown", "variable", "It depends on All, whose value isn’t in the text.", entry)
        text = "What Segment makes of all in lower case isn’t published." if entry == "all" else None
        return Decision("unknown", "unreadable", text, entry)
    if everything == "off":
        if slips_through(tool, at):
            text = "All: false should keep it out, but its browser plugin may write the key. Name it with false."
            return Decision("check", "hybrid-plugin", text, "All")
        return Decision("does-not", "all", "It has no entry, and All is false.", "All")
    if effective.is_closed and library.type == "mobile" and mode == "device":
        text = f"In {library.name}, All: false doesn’t stop tools that run in the app; only their own key does."
        return Decision("receives", "plugin-ignores-all", text, "All")
    return Decision("receives", "all" if "All" in effective.entries else "default", entry="All")


def _other_names(tool: Tool, mode: Mode, default: Decision, at: Situation) -> Decision:
    """Return the decision as a display or old name changes it: not in device mode, but possibly on Segment's servers."""
    second = SECOND_NAMES.get(tool.key)
    names = (*(tool.row.names[1:] if tool.row else ()), *((second,) if second else ()))
    name = next((name for name in names if at.effective.value(name) is not ABSENT), None)
    if name is None or mode == "device":
        return default
    reading = read_entry(at.effective.value(name), name, at.library, mode)
    source, _ = at.effective.origins.get(name, ("object", ()))
    # At load time, both names can exclude the plugin; in a call, the plugin looks only for its key, and writes it.
    if source == "object" and tool.kind == HYBRID and at.library.type == "web" and default.outcome == "receives":
        text = f"{quote(name)} isn’t its key, and its browser plugin writes the key, which switches it on."
        return Decision("receives", "hybrid-plugin", text)
    agrees = (reading, default.outcome) in (("on", "receives"), ("off", "does-not")) or reading == "pass"
    if agrees:
        return default
    text = f"{quote(name)} isn’t its key. Segment takes some such names and is known to miss others. Use {quote(tool.key)}."
    return Decision("check", "other-name", text, name)


def _caution(tool: Tool, mode: Mode, at: Situation, decision: Decision) -> Decision:
    """Return the decision, weakened to check or unknown where the catalogue or the way to Segment is uncertain."""
    receives = decision.outcome == "receives"
    if receives and mode == "cloud" and at.segment.verdict == "unknown":
        return Decision("unknown", at.segment.rule, at.segment.text, decision.entry)
    if not receives and decision.outcome != "does-not":
        return decision
    doubt = at.doubt or (_doubt(tool, mode, at) if receives else None)
    if doubt is None:
        return decision
    meaning = decision.text or DELIVERY_RULES[decision.rule].meaning
    return Decision("check", decision.rule, f"{meaning} {doubt}", decision.entry)


def _doubt(tool: Tool, mode: Mode, at: Situation) -> str | None:
    """Return why a destination may not receive the event after all, or None if nothing speaks against it."""
    if not tool.is_certain:
        return "How it is reached could not be confirmed: check it in your workspace."
    if at.call and at.library.type == "web" and tool.is_uncertain_of(at.call):
        return f"The catalogue and its browser code disagree on {at.call} calls: try one first."
    has_plugin = tool.key in PLUGINS.get(at.library.key, {tool.key})
    if mode == "device" and at.library.type == "mobile" and not has_plugin:
        return f"No plugin of it for {at.library.name} is documented: check that there is one."
    return None
