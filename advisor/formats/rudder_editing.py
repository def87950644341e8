"""Finds or makes the definition of each event and property of a plan in a project of rudder-cli.

An event or a property that came from the project refers to its definition. If it says something else by now, the definition is
changed for all that use it; RudderStack refuses a second one of the same name and type. Only another name or type needs another
definition, unless all uses have changed alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from advisor.formats.extra import format_extra
from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.formats.reading import PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.rudder_definitions import (
    definition_reading,
    plain_definition,
    shape_of,
    type_words,
    without_empty,
)
from advisor.formats.rudder_project import EVENTS, PROPERTIES, RudderDocument, RudderProject, slug
from advisor.formats.rudder_rules import NAMES, NAMESPACE, event_in_definition, plain_event
from advisor.model import Event, Property

_WRITTEN_OUT = (
    "its fields are written into the rule with the edit; the type, and all else that uses it, stays as it was"
)


@dataclass(frozen=True, slots=True)
class _Use:
    """A property of an event, and the reference and definition that it came with; None for one from elsewhere."""

    event: Event
    prop: Property
    reference: str = ""
    original: PropertyReading | None = None


class EventDefinitions:
    """Refers events to their definitions. ``described`` are the descriptions to be written, by the id() of the event."""

    def __init__(
        self, project: RudderProject, document: RudderDocument, lost: LossList, described: Mapping[int, str]
    ) -> None:
        self._project = project
        self._document = document
        self._lost = lost
        self._described = described
        self._written: dict[int, dict[str, Any]] = {}
        self._by_name: dict[tuple[str, str], tuple[str, str]] = {}
        """The reference and the description of each event by its call and name."""

    def refer(self, events: Sequence[Event]) -> dict[int, str]:
        """Return the reference of each event by its id(). Definitions that no event uses any longer are removed."""
        came = {id(event): str(format_extra(event, NAMESPACE).get("event")) for event in events}
        known = [event for event in events if self._project.at(came[id(event)]) is not None]
        references = {id(event): self._edit(event, came[id(event)]) for event in known}
        self._remove_unused()
        for document, _, item in self._project.definitions(EVENTS):
            if event := event_in_definition(item):
                found = (document.reference(item["id"]), event.description)
                self._by_name.setdefault((event.call, event.name), found)
        return references | {id(event): self._new(event) for event in events if id(event) not in references}

    def _edit(self, event: Event, reference: str) -> str:
        definition = self._project.at(reference) or {}
        original = event_in_definition(definition)
        named = isinstance(definition.get("name"), str) and bool(definition["name"].strip())
        description = self._described[id(event)]
        now = plain_event(definition["id"], event, description, named=named)
        if not named and original and event.name != original.name:
            self._lost.add(event.name, "its name", "left out: only track events have names in RudderStack")
        if before := self._written.get(id(definition)):
            if before != now:
                self._share(event)
            return reference
        if original:
            was = plain_event(definition["id"], original, original.description, named=named)
            _replace(definition, joined(now, remainder(was, definition)))
        self._written[id(definition)] = now
        return reference

    def _new(self, event: Event) -> str:
        name = NAMES.get(event.call, event.name)
        if name != event.name:
            self._lost.add(event.name, "its name", "left out: only track events have names in RudderStack")
        description = self._described[id(event)]
        if found := self._by_name.get((event.call, name)):
            if found[1] != description:
                self._share(event)
            return found[0]
        identifier = self._project.free_id(EVENTS, slug(name), event.call)
        self._project.add(self._document, plain_event(identifier, event, description, named=False))
        reference = self._document.reference(identifier)
        self._by_name[event.call, name] = (reference, description)
        return reference

    def _share(self, event: Event) -> None:
        self._lost.add(event.name, "its text", "another rule is for the same event, and its text was written")

    def _remove_unused(self) -> None:
        """Remove the definitions of events that the plan had and has no longer; others were never part of it."""
        for document in self._project.documents:
            if document.kind == EVENTS and document.items:
                document.spec[document.list_key] = [item for item in document.items if not self._is_unused(item)]

    def _is_unused(self, item: Any) -> bool:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str) or id(item) in self._written:
            return False
        return event_in_definition(item) is not None


@dataclass(slots=True)
class PropertyDefinitions:
    """Refers properties to their definitions. ``references`` are by the id() of the property."""

    project: RudderProject
    document: RudderDocument
    lost: LossList
    references: dict[int, str] = field(default_factory=dict)
    nested: set[int] = field(default_factory=set)
    """Properties whose inner ones are entries of a rule, not fields of a custom type."""
    _originals: dict[str, PropertyReading | None] = field(default_factory=dict)
    _made: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)

    def refer(self, events: Sequence[Event]) -> None:
        """Refer every property of these events, and change or add definitions."""
        uses = [use for event in events for use in self._uses(event, event.properties)]
        by_reference: dict[str, list[_Use]] = {}
        for use in uses:
            if use.original is not None:
                by_reference.setdefault(use.reference, []).append(use)
        for reference, found in by_reference.items():
            self._refer_uses(reference, found)
        for document, _, item in self.project.definitions(PROPERTIES):
            plain = without_empty(dict(item))
            self._made.setdefault(_key(plain), (document.reference(item["id"]), _encoded(plain)))
        for use in uses:
            if id(use.prop) not in self.references:
                self._refer_new(use)

    def _uses(self, event: Event, properties: Sequence[Property]) -> Iterator[_Use]:
        """Yield the properties that need a reference: all but the fields of custom types."""
        for prop in properties:
            reference = str(format_extra(prop, NAMESPACE).get("ref"))
            original = self._original(reference)
            if original is not None and original.properties and _inner(prop) != _inner(original):
                original = None  # what is inside is no longer that of the custom type
                self.lost.add(event.name, f"property {shown(prop.name)}: its custom type", _WRITTEN_OUT)
            yield _Use(event, prop, reference, original)
            if original is None or not original.properties:
                if prop.properties:
                    self.nested.add(id(prop))
                yield from self._uses(event, prop.properties)

    def _original(self, reference: str) -> PropertyReading | None:
        if reference not in self._originals:
            definition = self.project.at(reference)
            self._originals[reference] = definition_reading(self.project, definition) if definition else None
        return self._originals[reference]

    def _refer_uses(self, reference: str, uses: list[_Use]) -> None:
        """Refer the uses of a definition to it, after changing it if it can be changed for all of them."""
        original = self._original(reference)
        if original is None:
            return
        changed = [use for use in uses if _content(use.prop) != _content(original)]
        is_free = len(changed) == len(uses)
        fitting = [use for use in changed if is_free or _kind(use.prop) == _kind(original)]
        kind = _kind(fitting[0].prop) if fitting else _kind(original)
        if fitting:
            self._change(reference, original, fitting[0].prop)
        for use in uses:
            if _kind(use.prop) == kind:
                self.references[id(use.prop)] = reference
                if fitting and _content(use.prop) != _content(fitting[0].prop):
                    self._share(use)

    def _change(self, reference: str, original: PropertyReading, prop: Property) -> None:
        definition = self.project.at(reference) or {}
        is_old = self.project.owner(definition).is_old
        was_words, words = type_words(original), type_words(prop)
        was = plain_definition(definition["id"], original, was_words, is_old=is_old)
        words = was_words if {*was_words} == {*words} else words
        now = plain_definition(definition["id"], prop, words, is_old=is_old)
        _replace(definition, without_empty(joined(now, remainder(was, definition))))

    def _refer_new(self, use: _Use) -> None:
        """Refer a property to a definition of the same name and type; it is made if there is none."""
        prop = use.prop
        is_old = self.document.is_old
        shape = shape_of(prop, is_old=is_old)
        plain = without_empty(plain_definition("", prop, type_words(prop), is_old=is_old, shape=shape))
        key = _key(plain)
        if key not in self._made:
            identifier = self.project.free_id(PROPERTIES, slug(prop.name), "_".join(type_words(prop)) or "any")
            self.project.add(self.document, plain | {"id": identifier})
            self._made[key] = (self.document.reference(identifier), _encoded(plain))
        reference, encoded = self._made[key]
        if encoded != _encoded(plain):
            self._share(use)
        self.references[id(prop)] = reference

    def _share(self, use: _Use) -> None:
        what = f"property {shown(use.prop.name)}: its description, values or limits"
        self.lost.add(use.event.name, what, "events share it in RudderStack, and those of another one were written")


def _replace(definition: dict[str, Any], members: dict[str, Any]) -> None:
    """Replace the members of a definition, which stays the same object with the same layout."""
    definition.clear()
    definition.update(members)


def _kind(prop: Property | PropertyReading) -> tuple[str, frozenset[str]]:
    return prop.name, frozenset(type_words(prop))


def _content(prop: Property | PropertyReading) -> bytes:
    """Return what a definition says of a property, to be compared."""
    return msgspec.json.encode([prop.name, sorted(type_words(prop)), prop.description, list(prop.values)])


def _inner(prop: Property | PropertyReading) -> bytes:
    """Return what is inside a property, to be compared."""
    parts = [[each.name, each.required, _content(each).decode(), _inner(each).decode()] for each in prop.properties]
    return msgspec.json.encode(parts)


def _key(definition: Mapping[str, Any]) -> bytes:
    """Return what no two definitions may have in common."""
    config = definition.get("propConfig")
    items = config.get("itemTypes") if isinstance(config, dict) else None
    members = ("name", "type", "types", "item_type", "item_types")
    return msgspec.json.encode([*(definition.get(each) for each in members), items])


def _encoded(definition: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode({key: value for key, value in definition.items() if key != "id"})
