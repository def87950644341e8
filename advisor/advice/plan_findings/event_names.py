"""Findings about the names of events, and better names."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.finding import finding
from advisor.advice.plan_findings.similar_names import likeness_keys
from advisor.advice.plan_findings.styles import find_style, follows, restyled
from advisor.advice.plan_findings.values_in_names import value_in, without_values
from advisor.knowledge.event_specs import find_spec
from advisor.knowledge.name_limits import NameLimit
from advisor.knowledge.name_styles import EVENT_STYLE, PAST, SMALL_WORDS, STYLES, VERBS
from advisor.knowledge.name_words import words_of
from advisor.model import CallType, Event, Finding, Plan

NAMED: frozenset[CallType] = frozenset({"track", "page", "screen"})
"""Call types whose name is in the code; the name of any other call is a label in the plan only."""


def event_style(plan: Plan) -> str | None:
    """Return the style of the plan's event names; None if the plan names an unknown style."""
    return find_style(plan.naming.events) if plan.naming else EVENT_STYLE


def on_event_names(plan: Plan) -> Iterator[Finding]:
    """Yield findings about values in names, reserved beginnings, style, and the spelling of Segment's own names."""
    style = event_style(plan)
    for index, event in enumerate(plan.events):
        if event.call not in NAMED:
            continue
        name = event.name
        if found := value_in(name):
            message = f"“{name}” has {found[0]} in it ({found[1]}): each value makes a new name. Send it as a property."
            yield finding("value-in-name", message, f"/events/{index}/name")
        if name[0] == "$":
            message = f"“{name}” begins with $, which vendors keep for names of their own."
            yield finding("reserved-name", message, f"/events/{index}/name")
        if style is not None and event.call == "track" and (remark := _on_style(style, name)):
            yield finding(*remark, f"/events/{index}/name")


def _on_style(style: str, name: str) -> tuple[str, str] | None:
    """Return the code and the message of a finding about the style of a name, or None."""
    fits = follows(style, name)
    if style == EVENT_STYLE:
        if own := spec_name(name, fits=fits):
            return (
                "spec-name-variant",
                f"Segment’s spec has “{name}” as “{own}”. Destinations know it by that exact name only.",
            )
        if fits and not says_what_happened(name):
            return (
                "event-name-action",
                f"“{name}” doesn’t say what happened. Name the object, then the action in the past: “Order Completed”.",
            )
    if fits:
        return None
    better = restyled(style, name)
    say = f"“{better}” would be." if better else f"Names are written as “{STYLES[style]}”."
    return "event-name-style", f"“{name}” is not in {style}. {say}"


def spec_name(name: str, *, fits: bool) -> str | None:
    """Return the exact name of this event in the spec, or None if it is the same or not in the spec.

    ``fits``: the name is in Title Case.
    """
    if fits and SMALL_WORDS.isdisjoint(name.lower().split(" ")):
        return None  # this is how the spec writes names: it is either a name of the spec or has other words
    spec = find_spec(name)
    return spec.name if spec and spec.name != name else None


def says_what_happened(name: str) -> bool:
    """Return whether a word of the name is a past form, or the name is in Segment's spec (“Video Ad Playing”).

    The result is also true for names that aren't in plain Latin letters, because they can't be checked.
    """
    for word in reversed(name.lower().split()):
        if word.endswith("ed") or word in PAST:
            return True
    if not name.isascii() or any(word.endswith("ed") or word in PAST for word in words_of(name)):
        return True
    spec = find_spec(name)
    return spec is not None and spec.name == name


def on_alike_events(events: tuple[Event, ...]) -> Iterator[Finding]:
    """Yield findings about events of one call type whose names differ but read alike."""
    first: dict[CallType, dict[str, int]] = {call: {} for call in NAMED}
    for index, event in enumerate(events):
        if event.call in first:
            first[event.call].setdefault(event.name, index)
    for places in first.values():
        keys = likeness_keys(places)
        groups: dict[tuple[str, ...], str] = {}
        for name, index in places.items():
            earlier = groups.setdefault(keys.get(name, (name,)), name)
            if earlier != name:
                message = f"“{name}” reads like “{earlier}”. If they are the same event, keep one of them."
                yield finding("near-duplicate-event", message, f"/events/{index}/name")


def better_event_name(plan: Plan, event: Event, code: str, limits: tuple[NameLimit, ...] = ()) -> str | None:
    """Return a name that resolves the finding with this code; None if there is none, or another event has it already."""
    style = event_style(plan) or EVENT_STYLE
    better = _better(style, event.name, code, limits)
    if not better or better == event.name or len(better) > 500:
        return None
    taken = any(other.name == better and other.call == event.call for other in plan.events)
    return None if taken else better


def _better(style: str, name: str, code: str, limits: tuple[NameLimit, ...]) -> str | None:
    match code:
        case "value-in-name":
            return without_values(name)
        case "reserved-name":
            rest = name.lstrip("$ ")
            return rest if not rest or follows(style, rest) else restyled(style, rest) or rest
        case "spec-name-variant":
            return spec_name(name, fits=follows(style, name))
        case "event-name-style":
            return restyled(style, name)
        case "event-name-action":
            return _turned(name)
        case "name-refused":
            return _allowed(without_values(name) or name, limits)
    return None


def _turned(name: str) -> str | None:
    """Return ``Product Viewed`` for ``View Product``; None if the first word is not a known verb."""
    first, _, rest = name.partition(" ")
    past = VERBS.get(first.lower())
    return f"{rest} {past}" if past and rest else None


def _allowed(name: str, limits: tuple[NameLimit, ...]) -> str | None:
    better = " ".join(words_of_as_written(name))
    fits = better and all(limit.allows_characters(better) and not limit.reserves(better) for limit in limits)
    return better if fits else None


def words_of_as_written(name: str) -> list[str]:
    """Return the runs of letters and digits of a name."""
    cleaned = "".join(letter if letter.isalnum() else " " for letter in name)
    return [word for word in cleaned.split() if words_of(word)]
