"""Losses that many formats have alike: the plan as a whole, the call of an event, its labels, its version."""

from __future__ import annotations

from collections.abc import Collection

from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.model import UNTITLED, Event, Plan


def add_plan_losses(plan: Plan, lost: LossList, *, named: bool, described: bool = False) -> None:
    """Add what of a plan as a whole a format can't hold; ``named`` and ``described`` if it has a name and a description."""
    lost.add_plan(plan)
    if not named and plan.name != UNTITLED:
        lost.add("", "the name of the plan")
    if not described and plan.description:
        lost.add("", "the description of the plan")
    if plan.common:
        lost.add("", "the properties of every event")


def add_call_loss(event: Event, lost: LossList, calls: Collection[str] = ("track",)) -> None:
    """Add the call of an event, if the format has only events of other calls."""
    if event.call not in calls:
        lost.add(event.name, f"the call {event.call}", "written as an event like any other")


def add_label_losses(event: Event, lost: LossList, held: Collection[str] = ()) -> None:
    """Add the labels that a format has no place for."""
    for key in event.labels:
        if key not in held:
            lost.add(event.name, f"the label {shown(key)}")


def add_version_loss(event: Event, lost: LossList) -> None:
    """Add the version of an event, for formats without versions."""
    version = event.version
    if version is not None:
        lost.add(event.name, f"the version {shown(str(version))}")


def add_twin_losses(event: Event, lost: LossList) -> None:
    """Add the properties whose name another one of the event has, for formats that key properties by name."""
    seen: set[str] = set()
    for prop in event.properties:
        if prop.name in seen:
            lost.add(event.name, f"property {shown(prop.name)}: another one has its name, and names are keys here")
        seen.add(prop.name)
