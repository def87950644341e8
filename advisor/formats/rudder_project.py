"""A project of rudder-cli: its YAML files by kind, and the definitions in them by the references that lead there.

Version 0.1 refers by ``#/properties/<group>/<id>``, version 1 by ``#property:<id>``. Both ways are understood in every file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from advisor.formats.carriers.yaml_layout import Layout, YamlStyle

EVENTS, PROPERTIES, TYPES, CATEGORIES = "events", "properties", "custom-types", "categories"
PLANS = frozenset({"tp", "tracking-plan"})
"""The kinds of a plan: of version 0.1, and of version 1."""
_LISTS = {EVENTS: "events", PROPERTIES: "properties", TYPES: "types", CATEGORIES: "categories"}
_SINGULAR = {EVENTS: "event", PROPERTIES: "property", TYPES: "custom-type", CATEGORIES: "category"}
KINDS = PLANS | _LISTS.keys() | {"import-manifest"}
_VERSION = re.compile(r"rudder/v?\d[\w.]*")


@dataclass(slots=True)
class RudderDocument:
    """One file: its value, and how it is laid out."""

    path: str
    value: dict[str, Any]
    layout: Layout = field(default_factory=dict)
    style: YamlStyle = YamlStyle()  # noqa: RUF009 - a frozen value

    @property
    def kind(self) -> str:
        """What the file defines: ``events``, ``properties``, a plan …"""
        return str(self.value.get("kind", ""))

    @property
    def is_old(self) -> bool:
        """Whether the file is of version 0.1."""
        return "0.1" in str(self.value.get("version", ""))

    @property
    def group(self) -> str:
        """The name under which references of version 0.1 find the definitions of the file."""
        metadata = self.value.get("metadata")
        return str(metadata.get("name", "")) if isinstance(metadata, dict) else ""

    @property
    def spec(self) -> dict[str, Any]:
        """What the file defines; an empty object if it has no such thing."""
        found = self.value.get("spec")
        return found if isinstance(found, dict) else {}

    @property
    def list_key(self) -> str:
        """The key of the list in ``spec`` that holds the definitions, or the rules of a plan."""
        return "rules" if self.kind in PLANS else _LISTS.get(self.kind, "")

    @property
    def items(self) -> list[Any]:
        """The definitions, or the rules of a plan."""
        found = self.spec.get(self.list_key)
        return found if isinstance(found, list) else []

    def reference(self, identifier: str) -> str:
        """Return the reference to a definition in this file."""
        if self.is_old:
            return f"#/{self.kind}/{self.group}/{identifier}"
        return f"#{_SINGULAR[self.kind]}:{identifier}"


def is_document(value: Any) -> bool:
    """Return whether the value of a YAML file is a file of a project."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("version"), str)
        and _VERSION.fullmatch(value["version"]) is not None
        and isinstance(value.get("kind"), str)
        and value["kind"] in KINDS
    )


@dataclass(slots=True)
class RudderProject:
    """The files of a project, and where each reference leads."""

    documents: list[RudderDocument]
    schemas: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The JSON Schema of each definition that was read, by its id()."""
    _found: dict[str, dict[str, Any]] = field(default_factory=dict)
    _owners: dict[int, RudderDocument] = field(default_factory=dict)
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note every spelling of a reference to each definition; the first definition of an id counts."""
        for document, _, item in self.definitions(*_LISTS):
            identifier = item["id"]
            self._owners[id(item)] = document
            self._found.setdefault(f"#{_SINGULAR[document.kind]}:{identifier}", item)
            self._found.setdefault(f"#/{document.kind}/{document.group}/{identifier}", item)

    def definitions(self, *kinds: str) -> Iterator[tuple[RudderDocument, int, dict[str, Any]]]:
        """Yield the definitions with an id in files of these kinds, each with its file and its index there."""
        for document in self.documents:
            if document.kind in kinds:
                for index, item in enumerate(document.items):
                    if isinstance(item, dict) and isinstance(item.get("id"), str):
                        yield document, index, item

    def at(self, reference: object) -> dict[str, Any] | None:
        """Return the definition that a reference leads to; None if it leads nowhere."""
        return self._found.get(reference) if isinstance(reference, str) else None

    def owner(self, definition: dict[str, Any]) -> RudderDocument:
        """Return the file that a definition of this project is in."""
        return self._owners[id(definition)]

    def document(self, kind: str) -> RudderDocument | None:
        """Return the first file of a kind; None if there is none."""
        return next((each for each in self.documents if each.kind == kind), None)

    def free_id(self, kind: str, wanted: str, longer: str) -> str:
        """Return an id that no definition of a kind has: the wanted one, a longer one, or one with a number."""
        if kind not in self._ids:
            self._ids[kind] = {item["id"] for _, _, item in self.definitions(kind)}
        taken = self._ids[kind]
        found = wanted if wanted not in taken else f"{wanted}-{longer}"
        number = 2
        while found in taken:
            found = f"{wanted}-{longer}-{number}"
            number += 1
        taken.add(found)
        return found

    def add(self, document: RudderDocument, item: dict[str, Any]) -> None:
        """Add a definition or a rule at the end of a file."""
        if not isinstance(document.value.get("spec"), dict):
            document.value["spec"] = {}
        if not isinstance(document.spec.get(document.list_key), list):
            document.spec[document.list_key] = []
        document.spec[document.list_key].append(item)


def slug(text: str) -> str:
    """Return a text as an id: letters, digits and underscores."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").lower()[:60] or "unnamed"
