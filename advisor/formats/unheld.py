"""Reports what of a plan a format has no place for, as far as that follows from what the format carries.

Writers of formats that hold less than a plan call `add_unheld` once, and add by themselves what is special to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from advisor.formats.format import Carried
from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.model import UNTITLED, Event, Plan, Property

_NO_TYPE = "any"


def add_unheld(lost: LossList, plan: Plan, carries: Collection[Carried], done: str = "left out") -> None:
    """Add what of a plan and its events has no place in a format that carries only this."""
    lost.add_plan(plan, done)
    if "name" not in carries and (plan.name != UNTITLED or plan.description):
        lost.add("", "the name and description of the plan", done)
    if "common" not in carries and plan.common:
        lost.add("", "the properties of every event", done)
    for event in plan.events:
        # The owner is reported below, where it is not carried.
        lost.add_event(event, done, ("owner", "sensitive") if "sensitive" in carries else ("owner",))
        for what in _of_event(event, carries):
            lost.add(event.name, what, done)


def _of_event(event: Event, carries: Collection[Carried]) -> Iterator[str]:
    given: dict[Carried, object] = {
        "versions": event.version,
        "labels": event.labels,
        "owners": event.owner,
        "properties": event.properties,
    }
    yield from (what for what, value in given.items() if value and what not in carries)
    if "properties" in carries:
        for prop in event.properties:
            yield from (f"property {shown(prop.name)}: {what}" for what in _of_property(prop, carries))


def _of_property(prop: Property, carries: Collection[Carried]) -> Iterator[str]:
    given: dict[Carried, tuple[object, str]] = {
        "descriptions": (prop.description, "description"),
        "types": (prop.type != _NO_TYPE, f"type {prop.type}"),
        "required": (prop.required, "required"),
        "values": (prop.values, "allowed values"),
        "nesting": (prop.properties, "properties inside"),
    }
    yield from (what for name, (value, what) in given.items() if value and name not in carries)
