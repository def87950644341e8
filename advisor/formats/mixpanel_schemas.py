"""Mixpanel's Lexicon schemas as its API replies with them (``results``) or takes them (``entries``), or as a bare list.

Each property has one type and a description; whether it is required, allowed values and nesting have no place. Tags are the label
``tags``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import Carried, Confidence, Format, Recognition, WriteOptions
from advisor.formats.json_paths import at_path, filled, with_others
from advisor.formats.labels import read_labels
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, is_beside, with_beside
from advisor.formats.places import Path, Place, pointer, refusal, shown
from advisor.formats.plan_losses import add_twin_losses
from advisor.formats.practice import practice_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.tags import TAGS, add_other_labels, tags_of, with_verdict
from advisor.formats.unheld import add_unheld
from advisor.model import CallType, Event, Plan, Property, placement_in_force

KEY = "mixpanel-schemas"
FILE = "mixpanel-schemas.json"
CARRIES: frozenset[Carried] = frozenset({"calls", "labels", "properties", "descriptions", "types"})
_CALLS: dict[str, CallType] = {"event": "track", "profile": "identify"}
_ENTITIES = {call: entity for entity, call in _CALLS.items()}
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_WRAPPINGS: tuple[Path, ...] = ((), ("results",), ("entries",))
_METADATA: Path = ("metadata", "com.mixpanel")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files hold Mixpanel's schemas; None if they do not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        path = _list_path(value)
        entries = [each for each in (at_path(value, path) if path is not None else ()) if isinstance(each, dict)]
        if any("schemaJson" in each and "entityType" in each for each in entries):
            marks.add("entries with “entityType” and “schemaJson”")
    return Recognition(Confidence.CERTAIN, tuple(marks)) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in all files of a tree; the first one's wrapping is kept. Raises `FormatError`."""
    reading = PlanReading(KEY)
    place = 0
    for number, file in enumerate(each for each in tree.files if len(tree.files) == 1 or not is_beside(each)):
        value = file.json.value
        path = _list_path(value)
        if path is None:
            raise refusal(file.place, "There is no list of schemas in this file, as “results” or “entries”.")
        if number == 0:
            around = {"around": filled(value, path, []), "path": list(path)}
            reading.extra[KEY] = around | {"text": to_builtins(file.json.style)}
        for index, entry in enumerate(at_path(value, path)):
            _read_entry(reading, entry, Place(file.path, pointer=pointer((*path, index))), place)
            place += 1
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one JSON file: in the wrapping that it came in, else as the API takes it."""
    lost = LossList(KEY)
    add_unheld(lost, plan, CARRIES, done_about(options))
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, KEY)
    entries = [_entry(event, options, lost) for event in plan.events if _has_place(event, lost)]
    path: Path = tuple(kept.get("path", ("entries",)))
    whole = filled(kept.get("around", {}), path, with_others(entries, kept.get("others", ())))
    return Written(
        with_beside({FILE: write_json(whole, json_style(kept.get("text")))}, plan, options), tuple(lost.losses)
    )


def _list_path(value: Any) -> Path | None:
    return next((path for path in _WRAPPINGS if isinstance(at_path(value, path), list)), None)


def _read_entry(reading: PlanReading, entry: Any, at: Place, place: int) -> None:
    kind, name = at_path(entry, ("entityType",)), at_path(entry, ("name",))
    schema = at_path(entry, ("schemaJson",))
    call = _CALLS.get(kind) if isinstance(kind, str) else None
    if call is None or not isinstance(name, str) or not name.strip() or not isinstance(schema, dict):
        reading.extra[KEY].setdefault("others", []).append([place, entry])
        what = f"schema {shown(name)}" if isinstance(name, str) else "a schema without a name"
        reading.leave_out(at, what, "It is no event or profile with a name and a “schemaJson”.")
        return
    description = schema.get("description")
    event = EventReading(name, call, description=description if isinstance(description, str) else "", place=at)
    tags = at_path(schema, (*_METADATA, TAGS))
    event.labels = read_labels({TAGS: tags}) if tags and isinstance(tags, list) else {}
    event.practice = practice_of_word(TAGS, ", ".join(tags_of(event)))
    members = schema.get("properties")
    if isinstance(members, dict):
        event.properties = [_property(each, member) for each, member in members.items()]
        schema = schema | {"properties": {}}
    found = remainder(_plain(event, tags_of(event)), entry | {"schemaJson": schema})
    event.extra = {KEY: {"entry": found}} if found else {}
    reading.events.append(event)


def _property(name: str, source: Any) -> PropertyReading:
    if not isinstance(source, dict):
        return PropertyReading(name, extra={KEY: {"literal": source}})
    written, description = source.get("type"), source.get("description")
    words = written if isinstance(written, list) else [written]
    known = [word for word in words if isinstance(word, str) and word in _TYPES]
    found = PropertyReading(name, description=description if isinstance(description, str) else "")
    found.types = tuple(dict.fromkeys(known)) if len(known) == len(words) else ()
    kept = remainder(_plain_property(found), source)
    found.extra = {KEY: {"property": kept}} if kept else {}
    return found


def _plain_property(prop: Property | PropertyReading) -> dict[str, Any]:
    """Return a property. It needs a type, and one only."""
    types = prop.types if isinstance(prop, PropertyReading) else prop.type.split("|")
    return {"type": _word(types)} | ({"description": prop.description} if prop.description else {})


def _word(types: tuple[str, ...] | list[str]) -> str:
    words = [word for word in types if word in _TYPES and word != "null"]
    return words[0] if words else "null" if "null" in types else "string"


def _plain(event: Event | EventReading, tags: list[str]) -> dict[str, Any]:
    """Return an entry, with the place of its properties empty."""
    schema: dict[str, Any] = {"description": event.description} if event.description else {}
    schema["properties"] = {}
    if tags:
        schema = filled(schema, (*_METADATA, TAGS), tags)
    return {"entityType": _ENTITIES[event.call], "name": event.name, "schemaJson": schema}


def _entry(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    add_other_labels(lost, event)
    add_twin_losses(event, lost)
    kept = format_extra(event, KEY)
    tags = with_verdict(tags_of(event), placement_in_force(event)) if options.verdict else tags_of(event)
    whole = joined(_plain(event, tags), kept.get("entry"))
    if event.properties:
        properties = {prop.name: _written(prop, event, lost) for prop in event.properties}
        whole = filled(whole, ("schemaJson", "properties"), properties)
    return whole


def _written(prop: Property, event: Event, lost: LossList) -> Any:
    kept: Mapping[str, Any] = format_extra(prop, KEY)
    plain = _plain_property(prop)
    if prop.type != plain["type"] and prop.type != "any" and "property" not in kept:
        lost.add(event.name, f"property {shown(prop.name)}: type {prop.type}", f"written as {plain['type']}")
    if "literal" in kept and plain == {"type": "string"}:
        return kept["literal"]
    return joined(plain, kept.get("property"))


def _has_place(event: Event, lost: LossList) -> bool:
    if event.call in _ENTITIES:
        return True
    lost.add(event.name, f"the event: there are no schemas for {event.call} calls")
    return False


FORMAT = Format(
    key=KEY,
    title="Mixpanel Lexicon schemas, JSON",
    fidelity="lossless",
    looked_for="a list of objects with “entityType” and “schemaJson”, alone or under “results” or “entries”",
    recognise=recognise,
    read=read,
    write=write,
    carries=CARRIES,
)
