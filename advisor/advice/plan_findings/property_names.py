"""Findings about properties: their names, and what the plan says about one name in several places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from advisor.advice.finding import finding
from advisor.advice.plan_findings.property_uses import OF_PLAN, Use, Uses, pointer_to
from advisor.advice.plan_findings.styles import find_style, follows, restyled
from advisor.advice.plan_findings.values_in_names import value_in
from advisor.knowledge.name_styles import PROPERTY_STYLE, RESERVED, STYLES
from advisor.knowledge.name_words import words_of
from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.model import Event, Finding, Plan, Property
from advisor.text import join_names

_SPEC_NAMES = frozenset(name for names in RESERVED.values() for name in names)


def property_style(plan: Plan) -> str | None:
    """Return the style of the plan's property names; None if the plan names an unknown style."""
    return find_style(plan.naming.properties) if plan.naming else PROPERTY_STYLE


def on_property_names(plan: Plan, uses: Uses) -> Iterator[Finding]:
    """Yield findings about each name, at the first place where it is used."""
    style = property_style(plan)
    for use in uses:
        where = f"{pointer_to(use.first)}/name"
        if not use.name.strip():
            inside = f" inside “{use.path.removesuffix(use.name).removesuffix('.')}”" if use.path != use.name else ""
            yield finding("blank-name", f"A property{inside} has no name{_often(use.count)}. Give it one.", where)
            continue
        if found := value_in(use.name):
            message = (
                f"“{use.name}” has {found[0]} in it ({found[1]}). Send it as the value of a property with one name."
            )
            yield finding("value-in-name", message, where)
        if use.name[0] == "$":
            message = f"“{use.name}” begins with $, which vendors keep for names of their own."
            yield finding("reserved-name", message, where)
        if style and use.name not in _SPEC_NAMES and not follows(style, use.name):
            better = restyled(style, use.name)
            say = f"“{better}” would be." if better else f"Names are written as “{STYLES[style]}”."
            yield finding("property-name-style", f"“{use.name}”{_often(use.count)} is not in {style}. {say}", where)
        if use.unmarked and (kind := sensitive_kind(use.name)):
            message = f"“{use.path}”{_often(use.unmarked_count)} looks like {kind} and isn’t marked as sensitive."
            yield finding("sensitive-looking", message, pointer_to(use.unmarked))


def on_alike_properties(uses: Uses) -> Iterator[Finding]:
    """Yield findings about names that differ only in case or in how words are joined: ``productId``, ``product_id``."""
    for table in (uses.properties, uses.traits):
        first: dict[tuple[str, ...], Use] = {}
        for use in table.values():
            parents = use.path.removesuffix(use.name)
            earlier = first.setdefault((parents, *(words_of(use.name) or (use.name,))), use)
            if earlier is not use:
                message = f"“{use.name}” and “{earlier.name}” differ in how they are written only. Use one of them."
                yield finding("near-duplicate-property", message, f"{pointer_to(use.first)}/name")


def on_property_types(plan: Plan, uses: Uses) -> Iterator[Finding]:
    """Yield findings about names with different types in different places, which no column or chart can hold."""
    for use in uses:
        if len(use.types) > 1 and (pair := _conflict(list(use.types))):
            said = [f"{kind} in {_holder(plan, use.types[kind])}" for kind in pair]
            message = f"“{use.path}” is {join_names(said)}. Give it one type everywhere."
            yield finding("property-type-conflict", message, f"{pointer_to(use.first)}/type")


def _holder(plan: Plan, event: int) -> str:
    return "the common properties" if event == OF_PLAN else f"“{plan.events[event].name}”"


def _conflict(types: list[str]) -> tuple[str, str] | None:
    """Return two of the types that have no value in common, or None."""
    values = {text: _values_of(text) for text in types}
    return next((pair for pair in combinations(types, 2) if values[pair[0]].isdisjoint(values[pair[1]])), None)


_EVERYTHING = frozenset({"string", "number", "boolean", "object", "array"})
_VALUES = {"any": _EVERYTHING, "integer": frozenset({"number"}), "datetime": frozenset({"string"})}


def _values_of(text: str) -> frozenset[str]:
    """Return the kinds of values of a type. Null does not count: it fits every column."""
    kinds = [name for name in text.split("|") if name != "null"]
    return frozenset().union(*(_VALUES.get(name, frozenset({name})) for name in kinds)) or _EVERYTHING


def on_properties_of_one(event: Event, index: int) -> Iterator[Finding]:
    """Yield findings within one event: a name that is there twice, and Segment's own names with an unexpected type."""
    names = {item.name for item in event.properties}
    if len(names) < len(event.properties):
        yield from on_copies(event.properties, f"“{event.name}” has two", f"/events/{index}/properties")
    expected = RESERVED[event.call]
    if names.isdisjoint(expected):
        return
    for place, item in enumerate(event.properties):
        if (
            item.name in expected
            and item.type not in ("any", "null")
            and expected[item.name].isdisjoint(item.type.split("|"))
        ):
            types = join_names(sorted(expected[item.name]))
            message = f"Segment gives “{item.name}” a meaning and expects {types}; here it is {item.type}."
            yield finding("reserved-property-type", message, f"/events/{index}/properties/{place}/type")


def on_copies(properties: tuple[Property, ...], whose: str, pointer: str) -> Iterator[Finding]:
    """Yield a finding for every property whose name is there already. ``whose`` begins the message: ``“Click” has two``."""
    seen: set[str] = set()
    for place, item in enumerate(properties):
        if item.name in seen:
            message = f"{whose} properties named “{item.name}”. A call carries one of them only."
            yield finding("duplicate-property", message, f"{pointer}/{place}")
        seen.add(item.name)


def _often(count: int) -> str:
    return f" (used {count:,} times)" if count > 1 else ""
