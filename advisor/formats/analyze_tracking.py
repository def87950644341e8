"""The YAML that analyze-tracking writes: the events that it found in code, each with the places of its calls.

``implementations`` (``sources`` in files of 2024) have paths of code, and these say what runs where: they are the practice.
Events and properties are objects keyed by name, so a name is there once. Nothing says what is required.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.object_files import YAML_STYLE, object_file, peeked, write_object
from advisor.formats.event_files import skip
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.keyed_objects import KeyedEntry, keyed, read_entry, written_entries
from advisor.formats.losses import LossList, Written
from advisor.formats.object_lists import text_of
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Place, refusal
from advisor.formats.plan_losses import (
    add_call_loss,
    add_label_losses,
    add_plan_losses,
    add_twin_losses,
    add_version_loss,
)
from advisor.formats.practice import practice_of_paths
from advisor.formats.property_losses import Part, add_property_losses, one_type, types_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import Event, Plan, Property, placement_in_force

KEY = "analyze-tracking"
FILE = "tracking-schema.yaml"
_PLACES = ("implementations", "sources")
_UNHELD: tuple[Part, ...] = ("required", "values", "description", "null")
_WORDS = {word: word for word in ("string", "number", "boolean", "object")} | {
    "integer": "number",
    "datetime": "string",
    "array": "any[]",
}


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file was written by analyze-tracking; None if none was."""
    marks: set[str] = set()
    for file in tree.files:
        value = peeked(file)
        if _is_plan(value):
            marks.add("events with the places of their calls in code")
            marks |= {"“source” with a repository"} if isinstance(value.get("source"), dict) else set()
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the events in the first file of a tree that has an object “events”. Raises `FormatError`."""
    reading = PlanReading(KEY)
    plans = [file for file in tree.files if _has_events(peeked(file)) and not is_beside(file)]
    if not plans:
        raise tree.first_error() or refusal(tree.place, "There is no object “events” in this file.")
    for other in tree.files:
        if other is not plans[0] and not is_beside(other):
            skip(reading, other)
    file = object_file(plans[0])
    members = file.value["events"]
    names = [name for name, value in members.items() if isinstance(value, dict) and name.strip()]
    places = file.member_places(("events",))
    known = set(names)
    for name in (name for name in members if name not in known):
        reading.leave_out(
            places.get(name, file.place(("events",))), f"the event {name}", "It has no name, or is no object."
        )
    for name in names:
        entry = keyed(file, members, ("events",), name)
        reading.events.append(_read_event(entry, places.get(name, file.place(("events",)))))
    left = {name: value for name, value in members.items() if name not in known}
    order = tuple(members) if left else ()
    kept = read_entry({"events": {}}, file.value | {"events": left}, file.layout, order=order)
    reading.extra[KEY] = kept | {"style": file.style}
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one file."""
    lost = LossList(KEY)
    add_plan_losses(plan, lost, named=False)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, KEY)
    plain: dict[str, Any] = ({} if kept else {"version": 1}) | {"events": {}}
    entries: dict[str, Any] = {}
    for event in plan.events:
        if event.name in entries:
            lost.add(event.name, "the event: another one has its name, and names are keys here")
        else:
            entries[event.name] = _written_event(event, options, lost)
    whole = written_entries(plain, kept, "events", entries.items())
    return Written({FILE: write_object(whole, kept.get("style", YAML_STYLE), whole.layout)}, tuple(lost.losses))


def _has_events(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("events"), dict)


def _is_plan(value: Any) -> bool:
    events = value["events"].values() if _has_events(value) else ()
    known = [each for each in events if isinstance(each, dict)]
    return any(isinstance(each.get("implementations"), list) or _paths(each, "sources") for each in known)


def _paths(event: Mapping[str, Any], key: str) -> list[str]:
    places = event.get(key)
    entries = places if isinstance(places, list) else []
    return [each["path"] for each in entries if isinstance(each, dict) and isinstance(each.get("path"), str)]


def _read_event(entry: KeyedEntry, place: Place) -> EventReading:
    value = entry.value
    event = EventReading(entry.name, description=text_of(value.get("description")), place=place)
    event.practice = practice_of_paths(dict.fromkeys(path for key in _PLACES for path in _paths(value, key)))
    event.practice = practice_of_description(event.description) or event.practice
    event.properties = _read_properties(entry)
    event.extra = {KEY: entry.kept(_plain_event(event.description, has_fields=bool(event.properties))) | {"came": True}}
    return event


def _read_properties(entry: KeyedEntry) -> list[PropertyReading]:
    return [_read_property(each) for each in entry.take_children("properties")]


def _read_property(entry: KeyedEntry) -> PropertyReading:
    word = entry.value.get("type")
    found = PropertyReading(entry.name, types_of_word(word))
    found.properties = _read_properties(entry)
    plain = _plain_property(_WORDS.get(found.types[0]) if found.types else None, has_fields=bool(found.properties))
    found.extra = {KEY: entry.kept(plain)}
    return found


def _plain_event(description: str, *, has_fields: bool) -> dict[str, Any]:
    described: dict[str, Any] = {"description": description} if description else {}
    return described | ({"properties": {}} if has_fields else {})


def _plain_property(word: str | None, *, has_fields: bool) -> dict[str, Any]:
    return {"type": word or "any"} | ({"properties": {}} if has_fields else {})


def _written_event(event: Event, options: WriteOptions, lost: LossList) -> Any:
    kept = format_extra(event, KEY)
    lost.add_event(event)
    add_call_loss(event, lost)
    add_version_loss(event, lost)
    add_twin_losses(event, lost)
    add_label_losses(event, lost)
    add_property_losses(event, event.properties, lost, _UNHELD)
    description = (
        with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description
    )
    pairs = [(each.name, _written_property(each, event, lost)) for each in event.properties]
    plain = _plain_event(description, has_fields=bool(pairs))
    plain |= {} if kept else {"implementations": []}
    return written_entries(plain, kept, "properties", pairs, event.name)


def _written_property(prop: Property, event: Event, lost: LossList) -> Any:
    word = one_type(prop, _WORDS, event, lost)
    pairs = [(each.name, _written_property(each, event, lost)) for each in prop.properties]
    plain = _plain_property(word, has_fields=bool(pairs))
    return written_entries(plain, format_extra(prop, KEY), "properties", pairs, prop.name)


FORMAT = Format(
    key=KEY,
    title="analyze-tracking, YAML",
    fidelity="lossy",
    looked_for="an object “events” whose entries have “implementations” or “sources” with paths of code",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
