"""RudderStack's tracking plan as JSON: from its catalog API, and as RudderTyper keeps it in ``plan.json``.

``rules.events`` (the API) or ``events`` (RudderTyper) hold events with a JSON Schema in ``rules``. ``identitySection`` says where
in the schema the fields are. Only track events have a name. In the form for uploads, events list properties by their ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.json_schema import SchemaReader, holds_extra, object_schema
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, is_beside, with_beside
from advisor.formats.places import Path, Place, pointer, refusal, shown
from advisor.formats.plan_losses import add_twin_losses
from advisor.formats.pointer_files import only_points
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.rudderstack_listed import is_listed, listed_properties, read_listed
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import UNTITLED, CallType, Event, Plan, placement_in_force

KEY = "rudderstack-api"
NAMESPACE = "rudderstack"
FILE = "plan.json"
CALLS: dict[str, CallType] = {
    "track": "track",
    "page": "page",
    "screen": "screen",
    "identify": "identify",
    "group": "group",
}
"""The call of each type of event."""
NAMES: dict[CallType, str] = {"page": "Page", "screen": "Screen", "identify": "Identify", "group": "Group"}
"""The names in the plan of events that have none."""
_SECTIONS = ("properties", "traits", "context.traits")
_OWN_KEYS = ("creationType", "workspaceId", "externalId")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are RudderStack's; None if they are not."""
    marks: set[str] = set()
    sure = False
    for _, value in tree.json_values():
        where = _events_path(value)
        events = [each for each in _events(value) if isinstance(each, dict)]
        if not any(isinstance(each.get("rules"), dict) or "eventType" in each for each in events):
            continue
        marks.add(f"a list “{'.'.join(map(str, where or ()))}” of objects with “rules” or “eventType”")
        if any(isinstance(kind := each.get("eventType"), str) and kind in CALLS for each in events):
            marks.add("“eventType”, such as track")
            sure = True
        if any("identitySection" in each for each in events):
            marks.add("“identitySection”")
            sure = True
        if found := [key for key in _OWN_KEYS if key in value]:
            marks.add(f"“{found[0]}”")
            sure = True
    return Recognition(Confidence.CERTAIN if sure else Confidence.LIKELY, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in all files of a tree; the first one's wrapping is kept. Raises `FormatError`."""
    reading = PlanReading(KEY)
    beside = {file for file in tree.files if len(tree.files) > 1 and (is_beside(file) or only_points(file))}
    files = [file for file in tree.files if file not in beside]
    if not files:
        raise refusal(tree.place, "There is no list of events in these files.")
    for number, file in enumerate(files):
        value = file.json.value
        where = _events_path(value)
        if where is None:
            raise refusal(file.place, "There is no list “events” in this file, neither at the top nor under “rules”.")
        if number == 0:
            _read_plan(reading, file, where)
        for index, event in enumerate(_events(value)):
            _read_event(reading, event, file, (*where, index))
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one JSON file, in the wrapping that it came in."""
    lost = LossList(NAMESPACE)
    whole_plan = plan
    lost.add_plan(plan, done_about(options))
    if plan.common:
        lost.add("", "the properties of every event")
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, NAMESPACE)
    events = [_written_event(event, options, lost) for event in plan.events if _has_type(event, lost)]
    for place, other in kept.get("others", ()):
        events.insert(min(place, len(events)), other)
    is_top = kept.get("wrapping") == "events"
    whole = joined(_plain_plan(plan.name, plan.description, is_top=is_top), kept.get("kept"))
    whole |= {"events": events} if is_top else {"rules": whole.get("rules", {}) | {"events": events}}
    files = {FILE: write_json(whole, json_style(kept.get("text")))}
    return Written(with_beside(files, whole_plan, options), tuple(lost.losses))


def _events_path(value: Any) -> Path | None:
    if isinstance(value, dict):
        if isinstance(value.get("events"), list):
            return ("events",)
        rules = value.get("rules")
        if isinstance(rules, dict) and isinstance(rules.get("events"), list):
            return ("rules", "events")
    return None


def _events(value: Any) -> list[Any]:
    where = _events_path(value)
    found: list[Any] = [] if where is None else value["events"] if len(where) == 1 else value["rules"]["events"]
    return found


def _plain_plan(name: str, description: str, *, is_top: bool) -> dict[str, Any]:
    said = {"description": description} if description else {}
    return {"name": name, **said, **({"events": []} if is_top else {"rules": {"events": []}})}


def _read_plan(reading: PlanReading, file: SourceFile, where: Path) -> None:
    value = file.json.value
    name, description = value.get("name"), value.get("description")
    reading.name = name if isinstance(name, str) and name.strip() else ""
    reading.description = description if isinstance(description, str) else ""
    is_top = len(where) == 1
    source = value | ({"events": []} if is_top else {"rules": value["rules"] | {"events": []}})
    kept = {
        "wrapping": "events" if is_top else "",
        "kept": remainder(_plain_plan(reading.name or UNTITLED, reading.description, is_top=is_top), source),
        "text": to_builtins(file.json.style),
    }
    reading.extra[NAMESPACE] = {key: each for key, each in kept.items() if each}


def _read_event(reading: PlanReading, value: Any, file: SourceFile, path: Path) -> None:
    at = Place(file.path, pointer=pointer(path))
    kind = value.get("eventType", "track") if isinstance(value, dict) else None
    call = CALLS.get(kind) if isinstance(kind, str) else None
    named = value.get("name") if isinstance(value, dict) else None
    name = named if isinstance(named, str) and named.strip() else NAMES.get(call, "") if call else ""
    if call is None or not name:
        reading.extra[NAMESPACE].setdefault("others", []).append([path[-1], value])
        what = f"event {shown(named)}" if isinstance(named, str) and named else "an entry of “events”"
        reading.leave_out(at, what, _why_left_out(value, kind, call))
        return
    description = value.get("description")
    event = EventReading(name, call, description if isinstance(description, str) else "", place=at)
    event.practice = practice_of_description(event.description)
    section = value.get("identitySection")
    kept: dict[str, Any] = {} if section in (None, _usual_section(call)) else {"section": section}
    if call in NAMES and name == named:
        kept["named"] = True
    source = dict(value)
    if isinstance(value.get("rules"), dict):
        fields, source["rules"] = _read_schema(reading, event, value["rules"], str(section or ""), file, path)
        kept["fields"] = fields
    elif is_listed(value.get("properties")):
        event.properties = read_listed(reading, value["properties"], file, (*path, "properties"))
        source["properties"] = []
        kept["listed"] = True
    kept["event"] = remainder(_plain_event(event, event.description, kept), source)
    # An event that is plain itself has to say that what is kept of its fields is its own.
    kept["own"] = not any(kept.values()) and holds_extra(event.properties)
    if own := {key: each for key, each in kept.items() if each}:
        event.extra = {NAMESPACE: own}
    reading.events.append(event)


def _read_schema(
    reading: PlanReading, event: EventReading, schema: dict[str, Any], section: str, file: SourceFile, path: Path
) -> tuple[Any, dict[str, Any]]:
    """Read the fields of an event. Returns what is kept of their schema, and the whole schema with their place empty."""
    steps = _steps(section if section in _SECTIONS else _usual_section(event.call))
    inner = _at(schema, steps)
    if inner is None:
        return None, schema
    reader = SchemaReader(schema)
    found = reader.read_object(inner, (*path, "rules", *steps))
    event.properties = found.properties
    for where, reference in reader.unresolved:
        reading.warn(Place(file.path, pointer=pointer(where)), f"The reference {reference} was not followed.")
    return found.kept, _put(schema, steps, {})


def _why_left_out(value: Any, kind: Any, call: str | None) -> str:
    if not isinstance(value, dict):
        return "It is no object."
    return "It has no name." if call else f"Its type {shown(str(kind))} is no call of an event."


def _usual_section(call: CallType) -> str:
    return "traits" if call in ("identify", "group") else "properties"


def _steps(section: str) -> tuple[str, ...]:
    """Return the keys that lead to the schema of a section in the schema of an event."""
    return tuple(step for part in section.split(".") for step in ("properties", part))


def _at(schema: Any, steps: tuple[str, ...]) -> dict[str, Any] | None:
    for step in steps:
        schema = schema.get(step) if isinstance(schema, dict) else None
    return schema if isinstance(schema, dict) else None


def _put(schema: dict[str, Any], steps: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Return a copy of a schema with a value at the end of these keys."""
    if not steps:
        found: dict[str, Any] = value
        return found
    inner = schema.get(steps[0])
    return schema | {steps[0]: _put(inner if isinstance(inner, dict) else {}, steps[1:], value)}


def _plain_event(event: Event | EventReading, description: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event, with the place of its fields empty."""
    section = kept.get("section") or _usual_section(event.call)
    plain: dict[str, Any] = {
        "name": "" if event.call in NAMES and "named" not in kept else event.name,
        "description": description,
        "eventType": event.call,
        "identitySection": section,
    }
    if "listed" in kept:
        return plain | {"properties": []}
    steps = _steps(section if section in _SECTIONS else _usual_section(event.call))
    return plain | {"rules": _put({"type": "object"}, steps, {})}


def _written_event(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    kept = format_extra(event, NAMESPACE)
    done = done_about(options)
    lost.add_event(event, done)
    add_twin_losses(event, lost)
    if event.version is not None:
        lost.add(event.name, "the version", done)
    if event.labels:
        lost.add(event.name, "labels", done)
    if event.call in NAMES and "named" not in kept and event.name != NAMES[event.call]:
        lost.add(event.name, "its name", "left out: only track events have names in RudderStack")
    description = (
        with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description
    )
    whole = joined(_plain_event(event, description, kept), kept.get("event"))
    if "listed" in kept:
        return whole | {"properties": listed_properties(event.properties)}
    section = kept.get("section")
    steps = _steps(section if section in _SECTIONS else _usual_section(event.call))
    rules = whole.get("rules")
    if not isinstance(rules, dict) or (_at(rules, steps) is None and not event.properties):
        return whole
    return whole | {"rules": _put(rules, steps, object_schema(event.properties, kept.get("fields"), ours=bool(kept)))}


def _has_type(event: Event, lost: LossList) -> bool:
    if event.call in CALLS:
        return True
    lost.add(event.name, f"the event: there are no {event.call} events")
    return False


FORMAT = Format(
    key=KEY,
    title="RudderStack, JSON",
    fidelity="lossless",
    looked_for="an object with “events” or “rules.events” whose entries have “rules” or “eventType”",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
)
