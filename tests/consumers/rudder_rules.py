"""The rules by which rudder-cli refuses a project, for the words that we write.

rudder-cli is a program in Go that no registry of ours has, so that its rules are written here again. They were read in
rudderlabs/rudder-iac at dfdfe26, in ``cli/internal/providers/datacatalog``: the validation tags of ``localcatalog/model.go``,
``model_v1.go`` and ``tracking_plan.go``, and ``rules/`` with ``event``, ``property``, ``config`` and ``trackingplan``.
Variants, custom types and categories, which we never make, are not in here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

TYPES = ("string", "number", "integer", "boolean", "null", "array", "object")
EVENT_TYPES = ("track", "screen", "identify", "group", "page")
FORMATS = ("date-time", "date", "time", "email", "uuid", "hostname", "ipv4", "ipv6")
DISPLAY_NAME = re.compile(r"[A-Z_a-z][ \w,.-]{1,63}[\w,.-]", re.ASCII)
DEEPEST = 3
_OF_NUMBERS = frozenset({"enum", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"})
CONFIG: Mapping[str, frozenset[str]] = {
    "string": frozenset({"enum", "min_length", "max_length", "pattern", "format"}),
    "number": _OF_NUMBERS,
    "integer": _OF_NUMBERS,
    "boolean": frozenset({"enum"}),
    "array": frozenset({"min_items", "max_items", "unique_items"}),
    "object": frozenset(),
    "null": frozenset(),
}
"""The words of a property's configuration that each type takes."""
Spec = Mapping[str, Any]


def problems(project: Mapping[str, Spec]) -> Iterator[str]:
    """Yield what rudder-cli refuses in a project: the values of its files, by their kind."""
    for kind, file in project.items():
        if file["version"] != "rudder/v1" or file["kind"] != kind or not file["metadata"]["name"]:
            yield f"{kind}: no file of version 1"
    events, properties = project["events"]["spec"]["events"], project["properties"]["spec"]["properties"]
    yield from _events(events)
    yield from _properties(properties)
    yield from _plan(project["tracking-plan"]["spec"], events, properties)


def _known(where: str, value: Spec, *members: str) -> Iterator[str]:
    yield from (f"{where}: {name} is unknown" for name in value if name not in members)
    if not value.get("id"):
        yield f"{where}: no id"


def _description(where: str, value: Spec, *, letter: bool = True) -> Iterator[str]:
    text = value.get("description", "")
    if text and not 3 <= len(text) <= 2000:
        yield f"{where}: a description of {len(text)} characters"
    if text and letter and not re.match("[a-zA-Z]", text):
        yield f"{where}: a description that begins with no letter"


def _events(events: list[Spec]) -> Iterator[str]:
    for event in events:
        where = f"event {event.get('id')}"
        yield from _known(where, event, "id", "name", "event_type", "description", "category")
        yield from _description(where, event)
        kind, name = event.get("event_type"), event.get("name", "")
        if kind not in EVENT_TYPES:
            yield f"{where}: no type of event"
        if kind == "track" and not 1 <= len(name.encode()) <= 64:
            yield f"{where}: a name of {len(name.encode())} bytes"
        if kind != "track" and name:
            yield f"{where}: a name on a {kind} event"
    yield from _twice("event", [(each.get("name", ""), each["event_type"]) for each in events])
    yield from _twice("id", [each["id"] for each in events])


def _properties(properties: list[Spec]) -> Iterator[str]:
    for each in properties:
        where = f"property {each.get('id')}"
        yield from _known(
            where, each, "id", "name", "description", "type", "types", "item_type", "item_types", "config"
        )
        yield from _description(where, each, letter=False)
        name = each.get("name", "")
        if not 1 <= len(name) <= 65 or name != name.strip():
            yield f"{where}: a name of {len(name)} characters, or with blanks around it"
        if {"type", "types"} <= each.keys() or {"item_type", "item_types"} <= each.keys():
            yield f"{where}: one type and several"
        for types in (_types(each, "type"), _types(each, "item_type")):
            if len(set(types)) != len(types) or not set(types) <= set(TYPES):
                yield f"{where}: types {types}"
        yield from _config(where, each.get("config", {}), _types(each, "type") or list(TYPES))
    named = [
        (each["name"], *sorted(_types(each, "type")), "|", *sorted(_types(each, "item_type"))) for each in properties
    ]
    yield from _twice("property", named)
    yield from _twice("id", [each["id"] for each in properties])


def _types(value: Spec, word: str) -> list[str]:
    return list(value.get(f"{word}s", [value[word]] if word in value else []))


def _config(where: str, config: Spec, types: list[str]) -> Iterator[str]:
    taken = frozenset().union(*(CONFIG[each] for each in types if each in CONFIG))
    yield from (f"{where}: {word} is not for {types}" for word in config if word not in taken)
    values = config.get("enum", [])
    if len({(type(each), each) for each in values}) != len(values):
        yield f"{where}: a value twice"
    if "format" in config and config["format"] not in FORMATS:
        yield f"{where}: the format {config['format']}"


def _plan(plan: Spec, events: list[Spec], properties: list[Spec]) -> Iterator[str]:
    yield from _known("plan", plan, "id", "display_name", "description", "rules")
    yield from _description("plan", plan)
    if not DISPLAY_NAME.fullmatch(plan.get("display_name", "")):
        yield f"plan: the name {plan.get('display_name')!r}"
    event_ids = {f"#event:{each['id']}" for each in events}
    by_reference = {f"#property:{each['id']}": each for each in properties}
    rules = plan.get("rules", [])
    for rule in rules:
        where = f"rule {rule.get('id')}"
        yield from _known(where, rule, "type", "id", "event", "identity_section", "additional_properties", "properties")
        if rule["type"] != "event_rule" or rule["event"] not in event_ids:
            yield f"{where}: the event {rule['event']}"
        if rule.get("identity_section", "traits") not in ("properties", "traits", "context.traits"):
            yield f"{where}: the section {rule['identity_section']}"
        yield from _entries(where, rule.get("properties", []), by_reference, 0)
    yield from _twice("rule", [each["id"] for each in rules])
    yield from _twice("event of a rule", [each["event"] for each in rules])


def _entries(where: str, entries: list[Spec], known: Mapping[str, Spec], depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        yield f"{where}: nested more than {DEEPEST} levels"
        return
    for entry in entries:
        yield from _known(where, {"id": 1} | entry, "id", "property", "required", "additional_properties", "properties")
        found = known.get(entry["property"])
        if found is None:
            yield f"{where}: {entry['property']} is not defined"
        elif inner := entry.get("properties"):
            if not _holds_objects(found):
                yield f"{where}: children of {entry['property']}, which holds no objects"
            yield from _entries(where, inner, known, depth + 1)
    yield from _twice(f"{where}: property", [each["property"] for each in entries])


def _holds_objects(definition: Spec) -> bool:
    types, items = _types(definition, "type"), _types(definition, "item_type")
    if "object" in types:
        return "array" not in types
    return "array" in types and (not items or "object" in items)


def _twice(what: str, values: list[Any]) -> Iterator[str]:
    yield from (f"{what} {value} twice" for value, count in Counter(values).items() if count > 1)
