"""Finds the expressions of Terraform in what a plan keeps of its files, and takes them out for all other formats.

``var.team`` has a value only where Terraform runs. `advisor.formats.segment_terraform` keeps it as an object under ``extra`` and
writes it again; in any other file that object would be a value that nobody meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from advisor.formats.carriers.hcl_json import holds_expression, is_expression
from advisor.formats.extra import format_extra
from advisor.formats.places import pointer, shown
from advisor.formats.segment_rules import NAMESPACE
from advisor.model import UNTITLED, Event, Plan, Property

OWN = "terraform"
"""The key under ``extra.segment`` of what only Terraform's own files have; it leaves in no other format."""
_STRUCTURE = frozenset({"rest", "said", "in", "left", "fields", "schema", "common", NAMESPACE, "json-schema"})
"""Keys of what is kept that say nothing about where in a schema something is."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression in a plan: the pointer to its event or property, the name of the event, and what it is the value of."""

    pointer: str
    event: str
    what: str


def without_expressions(plan: Plan) -> tuple[Plan, tuple[Expression, ...]]:
    """Return a plan without the expressions that only Terraform can evaluate, and these; the plan itself if it has none."""
    finding = _Finding()
    events = tuple(
        finding.event(event, index) if OWN in format_extra(event, NAMESPACE) else event
        for index, event in enumerate(plan.events)
    )
    of_all = format_extra(plan, NAMESPACE).get("common")
    changed: dict[str, Any] = {}
    if isinstance(of_all, dict) and OWN in of_all:
        changed["common"] = finding.properties(plan.common, "", ("common",))
        rule = finding.kept(of_all, "", ("common",), "the rule for every event")
        own = {**format_extra(plan, NAMESPACE), "common": rule}
        changed["extra"] = {**(plan.extra or {}), NAMESPACE: own}
    if not finding.found:
        return plan, ()
    return replace(plan, events=events, **changed), tuple(finding.found)


def unknown_texts(plan: Plan) -> Iterator[str]:
    """Yield which texts of a plan as a whole only Terraform can evaluate: its name, its description. Later edits count."""
    resources = format_extra(plan, NAMESPACE).get(OWN, {}).get("resources")
    first = resources[0] if isinstance(resources, list) and resources else None
    attributes = first.get("attributes") if isinstance(first, dict) else None
    if isinstance(attributes, dict):
        said, rest = attributes.get("said"), attributes.get("rest")
        name = said.get("name") if isinstance(said, dict) else None
        if plan.name == UNTITLED and isinstance(name, list) and is_expression(name[-1]):
            yield "the name of the plan"
        if not plan.description and isinstance(rest, dict) and is_expression(rest.get("description")):
            yield "the description of the plan"


@dataclass(slots=True)
class _Finding:
    """Takes expressions out of parts of a plan, and remembers them."""

    found: list[Expression] = field(default_factory=list)

    def event(self, event: Event, index: int) -> Event:
        path = ("events", index)
        extra = self.kept(event.extra, event.name, path, "the schema")
        return replace(event, extra=extra, properties=self.properties(event.properties, event.name, path))

    def properties(
        self, properties: tuple[Property, ...], event: str, path: tuple[str | int, ...]
    ) -> tuple[Property, ...]:
        within = path if path == ("common",) else (*path, "properties")
        return tuple(self._property(each, event, (*within, index)) for index, each in enumerate(properties))

    def _property(self, prop: Property, event: str, path: tuple[str | int, ...]) -> Property:
        inner = self.properties(prop.properties, event, path)
        extra = self.kept(prop.extra, event, path, f"property {shown(prop.name)}")
        return replace(prop, properties=inner, extra=extra)

    def kept(self, value: Any, event: str, path: tuple[str | int, ...], where: str) -> Any:
        """Return what is kept of a part of a plan without expressions; a list that holds one is taken out as a whole."""
        if not isinstance(value, Mapping):
            return value
        rest: dict[str, Any] = {}
        for key, member in value.items():
            inside = where if key in _STRUCTURE else f"{where}: {key}"
            if is_expression(member) or (isinstance(member, list) and holds_expression(member)):
                self.found.append(Expression(pointer(path), event, inside))
            else:
                rest[key] = member if key == OWN else self.kept(member, event, path, inside)
        return rest
