"""Losses that many formats have alike: the plan as a whole, the call of an event, its labels, its version."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.model import UNTITLED, Event, Plan, Property


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


def add_written_version(event: Event, version: str, lost: LossList) -> None:
    """Add the version of an event, if a format of versions such as 1-0 writes another one."""
    if event.version is not None and str(event.version) != version:
        lost.add(event.name, f"the version {shown(str(event.version))}", f"written as {version}")


def add_same_name_losses(plan: Plan, lost: LossList, done: str) -> None:
    """Add the events whose name another one before them has, for formats in which a name is an event, in its last version."""
    seen: set[str] = set()
    for event in plan.events:
        if event.name in seen:
            lost.add(event.name, "the event: another one has its name", done)
        seen.add(event.name)


def add_same_event_losses(plan: Plan, lost: LossList, done: str) -> None:
    """Add the events whose call, name and version another one before them has, for formats that can't tell them apart."""
    seen: set[tuple[str, str, int | str | None]] = set()
    for event in plan.events:
        key = (event.call, event.name, event.version)
        if key in seen:
            lost.add(event.name, "the event: another one has its call, name and version", done)
        seen.add(key)


def add_twin_losses(event: Event, lost: LossList) -> None:
    """Add the properties whose name another one beside them has, for formats that key properties by name."""
    _add_twins(event.name, event.properties, lost)


def _add_twins(event: str, properties: Iterable[Property], lost: LossList) -> None:
    seen: set[str] = set()
    for prop in properties:
        if prop.name in seen:
            lost.add(event, f"property {shown(prop.name)}: another one has its name, and names are keys here")
        seen.add(prop.name)
        _add_twins(event, prop.properties, lost)
