"""Fixes that resolve a finding with one click: pure changes of a plan, offered only if they are safe.

A fix removes one finding of its kind, keeps the document valid, and causes no new error. Used by the pages that show
findings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from advisor.advice.advisor import Advisor
from advisor.advice.plan_findings.destinations import WantedLimits
from advisor.advice.plan_findings.dismissals import Standing, event_of
from advisor.advice.plan_findings.event_names import NAMED, better_event_name, event_style
from advisor.advice.plan_findings.property_fixes import PROPERTY_FIXES, Change
from advisor.advice.plan_findings.property_names import property_style
from advisor.advice.plan_findings.property_uses import uses_of
from advisor.advice.plan_findings.styles import follows
from advisor.advice.reach.network import Network
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.name_styles import STYLES
from advisor.knowledge.name_words import words_of
from advisor.knowledge.questions import with_answer
from advisor.knowledge.ruleset import RULESET
from advisor.model import Against, Answer, Event, Finding, Naming, Plan, Recommendation, recommendation_of

__all__ = ["Fix", "fixes", "fixes_of_kind", "fixes_together"]


@dataclass(frozen=True)
class Fix:
    """One way to resolve a finding: the label of the button, and the change of the plan.

    ``together`` is the label for several findings with the same message; empty if each needs a fix of its own.
    """

    label: str
    change: Change
    together: str = ""


def fixes(plan: Plan, found: Finding, event: int | None = None) -> tuple[Fix, ...]:
    """Return the ways to resolve a finding of this advised plan, the best first; none if a person must decide.

    ``event`` is the index of the event that the finding belongs to, if it belongs to one.
    """
    index = event if event is not None else event_of(found.pointer)
    make = _FIXES.get(found.code, _none)
    if found.code in PROPERTY_FIXES and index is not None and "/properties/" in found.pointer:
        return tuple(Fix(*offer) for offer in PROPERTY_FIXES[found.code](plan, found.pointer))
    return tuple(make(plan, found, index))


def fixes_together(plan: Plan, items: Sequence[Standing]) -> tuple[Fix, ...]:
    """Return the ways to resolve several findings with the same message at once, each offered by the first of them.

    An event for which a fix would cause a new error stays as it is.
    """
    first, *_ = items
    return tuple(
        Fix(fix.together, partial(_apply_together, plan, items, fix.together))
        for fix in fixes(plan, first.finding, first.event)
        if fix.together
    )


def _apply_together(advised: Plan, items: Sequence[Standing], label: str, plan: Plan) -> Plan:
    for item in items:
        for fix in fixes(advised, item.finding, item.event):
            if fix.together == label:
                plan = fix.change(plan)
    return plan


def fixes_of_kind(plan: Plan, code: str) -> tuple[Fix, ...]:
    """Return the fix that resolves most findings of a kind at once.

    That is to make the style of most names the plan's style, or to remove all exact copies of events.
    """
    if code == "duplicate-event":
        return _remove_copies(plan)
    naming = plan.naming or Naming()
    if code == "event-name-style":
        names = [event.name for event in plan.events if event.call == "track"]
        style = _usual_style(names, event_style(plan))
        adopted = replace(naming, events=style or naming.events)
    elif code == "property-name-style":
        style = _usual_style([use.name for use in uses_of(plan)], property_style(plan))
        adopted = replace(naming, properties=style or naming.properties)
    else:
        return ()
    return (Fix(f"Use {style} in this plan", lambda plan: replace(plan, naming=adopted)),) if style else ()


def _remove_copies(plan: Plan) -> tuple[Fix, ...]:
    copies, kept = set(), defaultdict[tuple[str, str], list[Event]](list)
    for index, event in enumerate(plan.events):
        alike = kept[event.call, event.name]
        if any(_same(event, earlier) for earlier in alike):
            copies.add(index)
        else:
            alike.append(event)
    if len(copies) < 2:
        return ()

    def change(plan: Plan) -> Plan:
        return replace(plan, events=tuple(event for index, event in enumerate(plan.events) if index not in copies))

    return (Fix(f"Remove {len(copies):,} exact copies", change),)


def _usual_style(names: list[str], current: str | None) -> str | None:
    """Return the style of more than half of the names with several words; None if there is none or the plan has it."""
    telling = [name for name in names if len(words_of(name)) > 1]
    usual = max(STYLES, key=lambda style: sum(follows(style, name) for name in telling))
    followed = sum(follows(usual, name) for name in telling)
    return usual if usual != current and followed * 2 > len(telling) else None


Maker = Callable[[Plan, Finding, int | None], Iterator[Fix]]


def with_event(plan: Plan, index: int, event: Event) -> Plan:
    """Return the plan with the event at this index replaced."""
    return replace(plan, events=(*plan.events[:index], event, *plan.events[index + 1 :]))


def _none(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:  # noqa: ARG001 - the signature of a `Maker`
    yield from ()


def _rename(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:
    if index is None or found.pointer != f"/events/{index}/name" or plan.events[index].call not in NAMED:
        return
    demands = WantedLimits(plan).of(plan.events[index])
    better = better_event_name(plan, plan.events[index], found.code, demands.limits if demands else ())
    if better:
        name = better
        yield Fix(f"Rename to “{name}”", lambda plan: with_event(plan, index, replace(plan.events[index], name=name)))


def _default_naming(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:  # noqa: ARG001 - a maker
    default = Naming()
    if found.pointer == "/naming/events":
        naming = replace(plan.naming or default, events=default.events)
        style = default.events
    else:
        naming = replace(plan.naming or default, properties=default.properties)
        style = default.properties
    yield Fix(f"Use {style}", lambda plan: replace(plan, naming=naming))


def _remove_duplicate(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:  # noqa: ARG001 - a maker
    if index is not None and any(_same(plan.events[index], earlier) for earlier in plan.events[:index]):
        yield Fix("Remove this copy", lambda plan: replace(plan, events=plan.events[:index] + plan.events[index + 1 :]))


def _same(one: Event, other: Event) -> bool:
    return one.name == other.name and replace(one, recommendation=None) == replace(other, recommendation=None)


def _accept(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:
    del found
    if index is not None:
        kept = tuple(key for key in plan.events[index].suggested if key not in plan.events[index].answers)
        yield Fix(
            "Accept the suggested answers",
            lambda plan: with_event(plan, index, replace(plan.events[index], suggested=kept)),
            "Accept the suggested answers of these events",
        )


def _answer(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:
    question = found.pointer.rpartition("/")[2]
    if index is None or question not in plan.events[index].answers:
        return
    answer: Answer = "no" if plan.events[index].answers[question] == "yes" else "yes"
    yield from _checked(plan, index, f"Answer {answer}", with_answer(plan.events[index], question, answer))


def _leave_out(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:
    place = found.pointer.rpartition("/destinations/")[2]
    if index is None or not place.isdecimal():
        return
    event = plan.events[index]
    listed = event.destinations if event.destinations != "all" and "/events/" in found.pointer else None
    key = listed[int(place)] if listed else plan.destinations[int(place)].key
    wanted = [item.key for item in plan.destinations] if event.destinations == "all" else event.destinations
    changed = replace(event, destinations=tuple(other for other in wanted if other != key))
    name = destination_name(key)
    yield from _checked(plan, index, f"Leave {name} out of this event", changed, f"Leave {name} out of these events")


def _look_again(plan: Plan, found: Finding, index: int | None) -> Iterator[Fix]:
    del found
    event = plan.events[index] if index is not None else None
    if index is None or event is None or event.decision is None:
        return
    against = Against(placement=recommendation_of(event).placement, ruleset=RULESET)
    kept = replace(event, decision=replace(event.decision, against=against))
    yield Fix("Keep the decision", lambda plan: with_event(plan, index, kept), "Keep these decisions")
    changed = replace(event, decision=None)
    yield from _checked(plan, index, "Follow the advice", changed, "Follow the advice in these events")


def _checked(plan: Plan, index: int, label: str, changed: Event, together: str = "") -> Iterator[Fix]:
    """Yield the fix if it causes no new error in the event. Raises `TypeError` if the plan has not been advised."""
    before = recommendation_of(plan.events[index])
    after = Advisor(Network(plan)).recommend(changed, "")
    worse = Counter(_errors(after)) - Counter(_errors(before))
    if not worse:
        yield Fix(label, lambda plan: with_event(plan, index, changed), together)


def _errors(advice: Recommendation) -> list[str]:
    return [item.code for item in advice.findings if item.severity == "error"]


_FIXES: dict[str, Maker] = {
    "value-in-name": _rename,
    "reserved-name": _rename,
    "spec-name-variant": _rename,
    "event-name-style": _rename,
    "event-name-action": _rename,
    "name-refused": _rename,
    "unknown-naming": _default_naming,
    "duplicate-event": _remove_duplicate,
    "suggested-answers": _accept,
    "answer-overruled": _answer,
    "double-count": _leave_out,
    "unreachable": _leave_out,
    "decision-outdated": _look_again,
}
