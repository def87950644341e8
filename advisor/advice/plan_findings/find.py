"""Findings about a plan as a whole: names, properties, limits of destinations. They never change the advice.

Used by `advisor.advice`.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.finding import finding
from advisor.advice.plan_findings.destinations import on_custom_destinations, on_idle_destinations, on_limits
from advisor.advice.plan_findings.event_names import event_style, on_alike_events, on_event_names
from advisor.advice.plan_findings.property_names import (
    on_alike_properties,
    on_copies,
    on_properties_of_one,
    on_property_names,
    on_property_types,
    property_style,
)
from advisor.advice.plan_findings.property_uses import uses_of
from advisor.advice.reach.masking import COMMON
from advisor.knowledge.name_styles import ANY, STYLES
from advisor.model import Event, Finding, Plan


def plan_findings(plan: Plan, events: tuple[Event, ...]) -> Iterator[Finding]:
    """Yield all findings about the plan. ``events`` are the plan's events, advised."""
    yield from _on_naming(plan)
    yield from on_event_names(plan)
    yield from on_alike_events(plan.events)
    uses = uses_of(plan)
    yield from on_property_names(plan, uses)
    yield from on_alike_properties(uses)
    yield from on_property_types(plan, uses)
    yield from on_copies(plan.common, "The common properties have two", COMMON)
    for index, event in enumerate(plan.events):
        if event.properties:
            yield from on_properties_of_one(event, index)
    yield from on_limits(plan)
    yield from on_custom_destinations(plan)
    yield from on_idle_destinations(plan, events)


def _on_naming(plan: Plan) -> Iterator[Finding]:
    if plan.naming is None:
        return
    known = ", ".join([*STYLES, ANY])
    for key, text, style in (
        ("events", plan.naming.events, event_style(plan)),
        ("properties", plan.naming.properties, property_style(plan)),
    ):
        if style is None:
            message = f"“{text}” is no style of names, so the names of {key} aren’t checked. Styles: {known}."
            yield finding("unknown-naming", message, f"/naming/{key}")
