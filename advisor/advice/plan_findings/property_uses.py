"""Every name of a property in a plan: where it is used first, how often, and with which types.

Used by the findings about properties and by their fixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from advisor.advice.reach.masking import COMMON
from advisor.model import Event, Plan, Property

Place = tuple[int, ...]
"""The index of the event or `OF_PLAN`, then of the property in it, then of the properties inside."""
OF_PLAN = -1
"""The first index of a place among the common properties of the plan."""


@dataclass(slots=True)
class Use:
    """One name below certain parents. ``unmarked`` is the first place where a client call could carry the value."""

    name: str
    path: str
    first: Place
    count: int = 0
    types: dict[str, int] = field(default_factory=dict)
    unmarked: Place | None = None
    unmarked_count: int = 0


@dataclass(frozen=True, slots=True)
class Uses:
    """The names of a plan's properties and, kept separately, of its traits."""

    properties: dict[str, Use]
    traits: dict[str, Use]

    def __iter__(self) -> Iterator[Use]:
        yield from self.properties.values()
        yield from self.traits.values()


def is_about_traits(event: Event) -> bool:
    """Return whether the properties of the event describe a user or a group."""
    return event.call in ("identify", "group")


def uses_of(plan: Plan) -> Uses:
    """Return all names, in the order in which they are first used: those of common properties first."""
    uses = Uses({}, {})
    if plan.common:
        _count(plan.common, uses.properties, (OF_PLAN,), "", False)
    for index, event in enumerate(plan.events):
        if event.properties:
            _count(event.properties, uses.traits if is_about_traits(event) else uses.properties, (index,), "", False)
    return uses


def pointer_to(place: Place) -> str:
    """Return the pointer to a property."""
    event, *rest = place
    if event == OF_PLAN:
        first, *rest = rest
    top = f"/events/{event}" if event != OF_PLAN else f"{COMMON}/{first}"
    return top + "".join(f"/properties/{index}" for index in rest)


def _count(properties: tuple[Property, ...], table: dict[str, Use], place: Place, path: str, masked: bool) -> None:
    for index, item in enumerate(properties):
        name = path + item.name if path else item.name
        use = table.get(name)
        if use is None:
            use = table[name] = Use(item.name, name, (*place, index))
        use.count += 1
        if item.type not in use.types:
            use.types[item.type] = place[0]
        hidden = masked or item.sensitive
        if not hidden and item.known_by != "server":
            use.unmarked_count += 1
            if use.unmarked is None:
                use.unmarked = (*place, index)
        if item.properties:
            _count(item.properties, table, (*place, index), f"{name}.", hidden)
