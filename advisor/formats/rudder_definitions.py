"""Definitions of properties in a project of rudder-cli, read as JSON Schema, and written from properties of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.formats import json_schema
from advisor.formats.json_schema import SchemaReader
from advisor.formats.limits import MAX_REFERENCES
from advisor.formats.reading import PropertyReading
from advisor.formats.rudder_project import RudderProject
from advisor.model import Property

_WORDS = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
_CONFIG = (
    *("enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"),
    *("pattern", "format", "minItems", "maxItems", "uniqueItems"),
)
"""Words of ``propConfig`` in version 0.1; those of ``config`` in version 1 have underscores instead of capitals."""
_MAX_DEPTH = 20


def snake(word: str) -> str:
    """Return a word of a configuration as version 1 has it."""
    return re.sub(r"[A-Z]", lambda found: "_" + found.group().lower(), word)


_FROM_SNAKE = {snake(word): word for word in _CONFIG}


def entry_reference(entry: Mapping[str, Any]) -> object:
    """Return the reference of an entry in a list of properties, in either version."""
    return entry.get("property", entry.get("$ref"))


def definition_reading(
    project: RudderProject, definition: dict[str, Any], *, required: bool = False
) -> PropertyReading:
    """Return a definition as a property, with what its custom type has inside."""
    name = definition.get("name")
    schema = project.schemas.get(id(definition))
    if schema is None:
        schema = project.schemas[id(definition)] = _SchemaBuilder(project).schema(definition)
    return SchemaReader().field(name if isinstance(name, str) else str(definition["id"]), schema, required)


def unknown_types(project: RudderProject, definition: Mapping[str, Any]) -> list[str]:
    """Return the words of a definition's type that are neither types nor lead to a custom type."""
    return [word for word in definition_types(definition) if word not in _WORDS and project.at(word) is None]


def type_words(prop: Property | PropertyReading) -> tuple[str, ...]:
    """Return the words of a property's type; none for ``any``."""
    words = prop.types if isinstance(prop, PropertyReading) else tuple(prop.type.split("|"))
    return () if "any" in words else words


def plain_definition(
    identifier: str,
    prop: Property | PropertyReading,
    words: tuple[str, ...],
    *,
    is_old: bool,
    shape: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a property with these types as a definition; it has a configuration, which may be empty.

    ``shape`` are members that say more of its type, such as those of its items.
    """
    types = list(dict.fromkeys("string" if word == "datetime" else word for word in words))
    plain: dict[str, Any] = {"id": identifier, "name": prop.name}
    if types:
        plain |= {"type": ",".join(types)} if is_old else {"type": types[0]} if len(types) == 1 else {"types": types}
    if prop.description:
        plain["description"] = prop.description
    plain |= shape or {}
    config: dict[str, Any] = {"enum": list(prop.values)} if prop.values else {}
    if "datetime" in words and "string" not in words:
        config["format"] = "date-time"
    key = "propConfig" if is_old else "config"
    return plain | {key: config | plain.get(key, {})}


def without_empty(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition without a configuration that is empty."""
    return {key: value for key, value in definition.items() if key not in ("config", "propConfig") or value}


def shape_of(prop: Property, *, is_old: bool) -> dict[str, Any]:
    """Return what the constraints of a property from elsewhere are in a definition."""
    rest = _rest(prop)
    config = {word if is_old else snake(word): rest[word] for word in _CONFIG if word in rest and word != "enum"}
    items = rest.get("items")
    written = items.get("type") if isinstance(items, dict) else None
    words = [word for word in (written if isinstance(written, list) else [written]) if str(word) in _WORDS]
    shape: dict[str, Any] = {}
    if words and is_old:
        config["itemTypes"] = words
    elif words:
        shape = {"item_type": words[0]} if len(words) == 1 else {"item_types": words}
    return shape | ({("propConfig" if is_old else "config"): config} if config else {})


def lost_constraints(prop: Property) -> list[str]:
    """Return the constraints of a property that a definition can't hold."""
    return [key for key in json_schema.CONSTRAINTS if key in _rest(prop) and key not in (*_CONFIG, "items")]


def _rest(prop: Property) -> Mapping[str, Any]:
    kept = prop.extra.get(json_schema.NAMESPACE) if isinstance(prop.extra, dict) else None
    rest = kept.get("rest") if isinstance(kept, dict) else None
    return rest if isinstance(rest, dict) else {}


def definition_types(definition: Mapping[str, Any]) -> list[str]:
    """Return the words of the type in a definition; none for any."""
    if isinstance(definition.get("types"), list):
        return [str(word) for word in definition["types"]]
    written = definition.get("type")
    return [word.strip() for word in written.split(",") if word.strip()] if isinstance(written, str) else []


@dataclass(slots=True)
class _SchemaBuilder:
    """Makes the JSON Schema of one definition. Custom types inside themselves, and too many of them, are not followed."""

    project: RudderProject
    _open: list[int] = field(default_factory=list)
    _followed: int = 0

    def schema(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """Return a definition of a property or a custom type as JSON Schema, in the order of a plain one."""
        words = definition_types(definition)
        types = [word for word in words if word in _WORDS]
        schema: dict[str, Any] = {"type": types} if types and len(types) == len(words) else {}
        schema |= {key: value for key, value in self._custom(words).items() if key != "description"}
        if isinstance(definition.get("description"), str) and definition["description"]:
            schema["description"] = definition["description"]
        schema |= _constraints(definition)
        if items := self._items(definition):
            schema["items"] = items
        return schema | self._fields(definition)

    def _custom(self, words: Iterable[str]) -> dict[str, Any]:
        """Return the schema of the custom type that one of these words leads to."""
        custom = next((found for word in words if (found := self.project.at(word))), None)
        self._followed += 1
        if custom is None or id(custom) in self._open or self._followed > MAX_REFERENCES:
            return {}
        self._open.append(id(custom))
        found = self.schema(custom)
        self._open.pop()
        return found

    def _items(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """Return the schema of the items of an array."""
        config = definition.get("config", definition.get("propConfig"))
        places = (definition, config if isinstance(config, dict) else {})
        keys = ("item_types", "item_type", "itemTypes")
        written = next((each[key] for each in places for key in keys if key in each), None)
        words = [str(word) for word in (written if isinstance(written, list) else [written]) if word is not None]
        types = [word for word in words if word in _WORDS]
        return {"type": types} if types else self._custom(words)

    def _fields(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a custom type as members of a schema."""
        entries = definition.get("properties")
        fields: dict[str, Any] = {}
        required: list[str] = []
        for entry in entries if isinstance(entries, list) else ():
            found = self.project.at(entry_reference(entry)) if isinstance(entry, dict) else None
            if found is not None and len(self._open) < _MAX_DEPTH and self._followed <= MAX_REFERENCES:
                self._followed += 1
                name = str(found.get("name", found["id"]))
                fields[name] = self.schema(found)
                required += [name] if entry.get("required") is True else []
        return ({"properties": fields} | ({"required": required} if required else {})) if fields else {}


def _constraints(definition: Mapping[str, Any]) -> dict[str, Any]:
    config = definition.get("config", definition.get("propConfig"))
    config = config if isinstance(config, dict) else {}
    named = {_FROM_SNAKE.get(key, key): value for key, value in config.items()}
    return {key: value for key, value in named.items() if key in _CONFIG}
