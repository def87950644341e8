"""Fixes of findings about properties; `advisor.advice.plan_findings.fixes` offers them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from advisor.advice.plan_findings.property_names import property_style
from advisor.advice.plan_findings.property_uses import is_about_traits, uses_of
from advisor.advice.plan_findings.styles import follows, restyled
from advisor.knowledge.name_styles import PROPERTY_STYLE, RESERVED
from advisor.knowledge.name_words import words_of
from advisor.model import Event, Plan, Property, placement_in_force, with_all_properties

Change = Callable[[Plan], Plan]
Offer = tuple[str, Change]
Path = tuple[str, ...]
"""The names of a property's parents, then its own name."""

_TYPES = ("number", "datetime", "string", "object", "array")


class _Taken(Exception):  # noqa: N818 - a reason to offer nothing, not a failure
    """Raised if the property has a sibling with the new name."""


def _find(plan: Plan, pointer: str) -> tuple[int, Path, Property]:
    """Return the index of the event that a pointer leads into, and the path and value of the property there."""
    event, *rest = pointer.removeprefix("/events/").removesuffix("/name").removesuffix("/type").split("/properties/")
    properties, path = plan.events[int(event)].properties, []
    for place in rest:
        item = properties[int(place)]
        path.append(item.name)
        properties = item.properties
    return int(event), tuple(path), item


def _everywhere(plan: Plan, traits: bool, change: Callable[[tuple[Property, ...]], tuple[Property, ...]]) -> Plan:
    """Return the plan with its traits changed, or its properties: then the common ones, too."""
    return replace(
        plan,
        common=plan.common if traits else change(plan.common),
        events=tuple(
            _with_properties(event, change(event.properties)) if is_about_traits(event) == traits else event
            for event in plan.events
        ),
    )


def _with_properties(event: Event, properties: tuple[Property, ...]) -> Event:
    return event if properties is event.properties else replace(event, properties=properties)


def _at(properties: tuple[Property, ...], path: Path, change: Callable[[Property], Property]) -> tuple[Property, ...]:
    """Return the properties with those at a path changed; the same object if there are none. Raises `_Taken`."""
    name, *below = path
    if all(item.name != name for item in properties):
        return properties
    changed = []
    for item in properties:
        if item.name != name:
            changed.append(item)
        elif below:
            changed.append(replace(item, properties=_at(item.properties, tuple(below), change)))
        else:
            changed.append(change(item))
    if len({item.name for item in changed}) < len({item.name for item in properties}):
        raise _Taken
    return tuple(changed)


def _renamed(plan: Plan, event: Event, path: Path, name: str) -> Plan:
    """Return the plan with a property renamed in all events. Raises `_Taken`."""
    return _everywhere(
        plan, is_about_traits(event), lambda properties: _at(properties, path, lambda item: replace(item, name=name))
    )


def _rename(plan: Plan, index: int, renaming: dict[Path, str], label: str) -> Iterator[Offer]:
    event = plan.events[index]

    def change(plan: Plan) -> Plan:
        for path, name in renaming.items():
            plan = _renamed(plan, event, path, name)
        return plan

    if not renaming or any(not 0 < len(name) <= 500 for name in renaming.values()):
        return
    try:
        change(plan)
    except _Taken:
        return
    yield label, change


def _restyle(plan: Plan, pointer: str) -> Iterator[Offer]:
    index, path, item = _find(plan, pointer)
    style = property_style(plan)
    if style and (better := restyled(style, item.name)):
        yield from _rename(plan, index, {path: better}, f"Rename to “{better}” everywhere")


def _unreserve(plan: Plan, pointer: str) -> Iterator[Offer]:
    index, path, item = _find(plan, pointer)
    rest = item.name.lstrip("$ ")
    if rest:
        yield from _rename(plan, index, {path: rest}, f"Rename to “{rest}” everywhere")


def _unite(plan: Plan, pointer: str) -> Iterator[Offer]:
    index, path, item = _find(plan, pointer)
    uses = uses_of(plan)
    table = uses.traits if is_about_traits(plan.events[index]) else uses.properties
    parents, words = ".".join(path).removesuffix(item.name), words_of(item.name)
    spellings = [use.name for use in table.values() if use.path == parents + use.name and words_of(use.name) == words]
    style = property_style(plan) or PROPERTY_STYLE
    name = next((one for one in spellings if follows(style, one)), spellings[0])
    renaming = {(*path[:-1], one): name for one in spellings if one != name}
    yield from _rename(plan, index, renaming, f"Write “{name}” everywhere")


def _retype(plan: Plan, pointer: str) -> Iterator[Offer]:
    index, path, item = _find(plan, pointer)
    expected = RESERVED[plan.events[index].call].get(item.name, frozenset())
    better = next((name for name in _TYPES if name in expected), None)
    if better is None or item.properties:
        return

    def retype(one: Property) -> Property:
        return one if one != item else replace(one, type=better)

    better += "|null" if "null" in item.type.split("|") else ""
    yield f"Make it {better}", lambda plan: _with_event(plan, index, lambda properties: _at(properties, path, retype))


def _with_event(plan: Plan, index: int, change: Callable[[tuple[Property, ...]], tuple[Property, ...]]) -> Plan:
    event = plan.events[index]
    changed = _with_properties(event, change(event.properties))
    return replace(plan, events=(*plan.events[:index], changed, *plan.events[index + 1 :]))


def _remove_copy(plan: Plan, pointer: str) -> Iterator[Offer]:
    index, _, item = _find(plan, pointer)
    place = int(pointer.rpartition("/")[2])
    if item in plan.events[index].properties[:place]:
        yield (
            "Remove this copy",
            lambda plan: _with_event(plan, index, lambda properties: properties[:place] + properties[place + 1 :]),
        )


def _mark(plan: Plan, pointer: str) -> Iterator[Offer]:
    """Offer to mark a name as sensitive everywhere, unless a client-only call requires the property."""
    index, path, _ = _find(plan, pointer)
    traits = is_about_traits(plan.events[index])

    def change(plan: Plan) -> Plan:
        return _everywhere(plan, traits, lambda properties: _at(properties, path, _marked))

    changed = change(plan)
    pairs = [
        (with_all_properties(plan, before), with_all_properties(changed, after))
        for before, after in zip(plan.events, changed.events, strict=True)
        if _is_client_only(before)
    ]
    if not any(_needs(before.properties, path) for before, after in pairs if before.properties != after.properties):
        times = sum(before is not after for before, after in zip(plan.events, changed.events, strict=True))
        yield "Mark as sensitive" + (f" in {times:,} events" if times > 1 else ""), change


def _marked(item: Property) -> Property:
    return item if item.sensitive or item.known_by == "server" else replace(item, sensitive=True)


def _is_client_only(event: Event) -> bool:
    return placement_in_force(event) == "client"


def _needs(properties: tuple[Property, ...], path: Path) -> bool:
    name, *below = path
    there = [item for item in properties if item.name == name]
    return any(_needs(item.properties, tuple(below)) if below else item.required for item in there)


PROPERTY_FIXES: dict[str, Callable[[Plan, str], Iterator[Offer]]] = {
    "property-name-style": _restyle,
    "reserved-name": _unreserve,
    "near-duplicate-property": _unite,
    "reserved-property-type": _retype,
    "duplicate-property": _remove_copy,
    "sensitive-looking": _mark,
}
"""Code -> the function that yields the offers for a plan and a pointer: the label of a button and the change."""
