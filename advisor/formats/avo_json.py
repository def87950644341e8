"""Avo's tracking plan as JSON: an export (a list of events with rules), or the form that its import takes (schemas by name).

An export may also be lines of JSON: an event on each, alone or as a member of an object around it. When a file has both,
``schema`` wins, as in Avo. Sources, destinations and categories are lists or maps by id. Variants of an
event are no events of their own. The platform of the sources that send an event is its practice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.avo_events import NAMESPACE, TAGS, left_out_reason, read_event, unmarked, written_event
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json, write_json_lines
from advisor.formats.event_files import skip
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.keyed_objects import merged_entries
from advisor.formats.losses import LossList, Written
from advisor.formats.object_lists import is_named, text_of
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Place, pointer, refusal, shown
from advisor.formats.plan_losses import (
    add_call_loss,
    add_label_losses,
    add_plan_losses,
    add_twin_losses,
    add_version_loss,
)
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.schema_fields import read_fields, write_fields
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import UNTITLED, Event, Plan, placement_in_force

KEY = "avo-json"
FILE = "avo.json"
LINES_FILE = "avo.ndjson"
_OF_AVO = frozenset({"triggers", "actions", "stakeholderDomains", "tags", "categories"})


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file is Avo's; None if none is."""
    marks: set[str] = set()
    for value in _values(tree):
        if _schemas(value) is not None:
            marks.add("“schema” with schemas of events by name")
        for event in _events(value):
            rules = event.get("rules")
            if isinstance(rules, dict) and "nameMapping" in rules:
                marks.add("events with rules and “nameMapping”")
            if isinstance(rules, dict) and event.get("eventType") in ("event", "variant"):
                marks.add("events of type event or variant")
            if isinstance(rules, dict) and isinstance(event.get("sources"), list) and not _OF_AVO.isdisjoint(event):
                marks.add("events with rules, sources and tags")
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the first file of a tree that has events. Raises `FormatError`."""
    reading = PlanReading(KEY)
    plans = [file for file in tree.files if _has_events(_value_of(file)) and not is_beside(file)]
    if not plans:
        raise tree.first_error() or refusal(
            tree.place, "There are no “events” in this file, at the top or under “schema”."
        )
    for other in tree.files:
        if other is not plans[0] and not is_beside(other):
            skip(reading, other)
    value = _value_of(plans[0])
    reading.name = value["name"] if is_named(value) else ""
    kept = _read_schemas(reading, plans[0]) if _schemas(value) is not None else _read_export(reading, plans[0])
    style = plans[0].json_lines.style if "lines" in kept else plans[0].json.style
    reading.extra[NAMESPACE] = kept | {"text": to_builtins(style)}
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one file, in the form that it came in."""
    lost = LossList(NAMESPACE)
    kept = format_extra(plan, NAMESPACE)
    if options.verdict:
        plan = advised(plan)
    is_schemas = kept.get("form") == "schemas"
    add_plan_losses(plan, lost, named=not is_schemas and "lines" not in kept)
    if is_schemas:
        whole = _written_schemas(plan, kept, options, lost)
    else:
        events: list[Any] = [_written_event(event, options, lost) for event in plan.events]
        for place, other in kept.get("others", ()):
            events.insert(min(place, len(events)), other)
        if "lines" in kept:
            return Written({LINES_FILE: write_json_lines(events, json_style(kept.get("text")))}, tuple(lost.losses))
        whole = joined(_plain_plan(plan.name), kept.get("plan")) | {"events": events}
    return Written({FILE: write_json(whole, json_style(kept.get("text")))}, tuple(lost.losses))


def _values(tree: FileTree) -> Iterator[Any]:
    """Yield what each file that is JSON, or lines of it, holds."""
    return (value for file in tree.files if (value := _value_of(file)) is not None)


def _value_of(file: SourceFile) -> Any:
    """Return the value of a JSON file; of lines with events, what the export of them in one file would be."""
    if lines := file.peek_json_lines():
        members = {member for line in lines for member in [_member(line)] if member is not None}
        return {"events": [_event_in(line) for line in lines]} if members else None
    return file.peek_json()


def _member(line: Mapping[str, Any]) -> str | None:
    """Return the member of a line that is an event of Avo's; empty if the line is one itself, None if there is none."""
    if isinstance(line.get("rules"), dict):
        return ""
    return next(
        (key for key, each in line.items() if isinstance(each, dict) and isinstance(each.get("rules"), dict)), None
    )


def _event_in(line: dict[str, Any]) -> Any:
    member = _member(line)
    return line[member] if member else line


def _schemas(value: Any) -> dict[str, Any] | None:
    schema = value.get("schema") if isinstance(value, dict) else None
    events = schema.get("events") if isinstance(schema, dict) else None
    return events if isinstance(events, dict) else None


def _events(value: Any) -> list[dict[str, Any]]:
    events = value.get("events") if isinstance(value, dict) else None
    return [each for each in events if isinstance(each, dict)] if isinstance(events, list) else []


def _has_events(value: Any) -> bool:
    return _schemas(value) is not None or (isinstance(value, dict) and isinstance(value.get("events"), list))


def _read_export(reading: PlanReading, file: SourceFile) -> dict[str, Any]:
    value = _value_of(file)
    lines = file.peek_json_lines()
    sources = _by_id(value.get("sources"))
    others: list[Any] = []
    for index, each in enumerate(value["events"]):
        place = Place(file.path, index + 1) if lines else Place(file.path, pointer=pointer(("events", index)))
        if is_named(each) and each.get("eventType") != "variant":
            event = read_event(reading, each, sources, file.path, ("events", index))
            event.place = place
            if lines and (member := _member(lines[index])):
                event.extra[NAMESPACE] |= {"around": [member, lines[index] | {member: None}]}
            reading.events.append(event)
        else:
            others.append([index, lines[index] if lines else each])
            reading.leave_out(place, "an entry of “events”", left_out_reason(each))
    if lines:
        return {"lines": True} | ({"others": others} if others else {})
    plain = _plain_plan(reading.name or UNTITLED)
    kept = {"plan": remainder(plain, value | {"events": []}), "others": others}
    return {name: each for name, each in kept.items() if each}


def _plain_plan(name: str) -> dict[str, Any]:
    return {"name": name, "events": []}


def _by_id(value: Any) -> dict[str, dict[str, Any]]:
    """Return objects by their ids, be they in a list or in a map."""
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {str(each.get("id")): each for each in entries if isinstance(each, dict)}


def _read_schemas(reading: PlanReading, file: SourceFile) -> dict[str, Any]:
    value = file.json.value
    members = value["schema"]["events"]
    left: dict[str, Any] = {}
    for name, schema in members.items():
        place = Place(file.path, pointer=pointer(("schema", "events", name)))
        if isinstance(schema, dict) and name.strip():
            reading.events.append(_read_schema(reading, name, schema, place))
        else:
            left[name] = schema
            reading.leave_out(place, "an entry of “events”", "It has no name, or is no schema.")
    source = value | {"schema": value["schema"] | {"events": {}}}
    kept = remainder({"schema": {"events": {}}}, source)
    # What has a name of its own in the file is kept there; in this form a plan has none.
    reading.name = ""
    order = [*members] if left else []
    return {"form": "schemas"} | {
        key: each for key, each in {"plan": kept, "left": left, "order": order}.items() if each
    }


def _read_schema(reading: PlanReading, name: str, schema: dict[str, Any], place: Place) -> EventReading:
    event = EventReading(name, description=text_of(schema.get("description")), place=place)
    event.practice = practice_of_description(event.description)
    event.properties, kept = read_fields(
        reading,
        schema,
        _plain_schema(event.description),
        lambda where: Place(place.file, pointer=pointer(where)),
        ("schema", "events", name),
    )
    event.extra = {NAMESPACE: kept}
    return event


def _plain_schema(description: str) -> dict[str, Any]:
    return {"description": description} if description else {}


def _written_schemas(plan: Plan, kept: Mapping[str, Any], options: WriteOptions, lost: LossList) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for event in plan.events:
        if event.name in entries:
            lost.add(event.name, "the event: another one has its name, and names are keys here")
            continue
        _add_losses(event, lost)
        add_label_losses(event, lost)
        description = (
            with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description
        )
        own = format_extra(event, NAMESPACE)
        entries[event.name] = write_fields(event.properties, _plain_schema(description), own)
    whole = joined({"schema": {"events": {}}}, kept.get("plan"))
    events = merged_entries(entries, kept.get("left", {}), kept.get("order", ()), None)
    return whole | {"schema": whole["schema"] | {"events": dict(events)}}


def _written_event(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    _add_losses(event, lost, held=("owner", "personal"))
    add_label_losses(event, lost, {TAGS})
    placement = placement_in_force(event) if options.verdict else None
    member, around = format_extra(event, NAMESPACE).get("around", ("", {}))
    whole = written_event(event, placement)
    for prop in unmarked(event, whole):
        lost.add(event.name, f"property {shown(prop.name)}: personal data ({prop.personal or 'none'})", "not written")
    return around | {member: whole} if member else whole


def _add_losses(event: Event, lost: LossList, held: Collection[str] = ()) -> None:
    lost.add_event(event, held=held)
    add_call_loss(event, lost)
    add_version_loss(event, lost)
    add_twin_losses(event, lost)


FORMAT = Format(
    key=KEY,
    title="Avo, JSON",
    fidelity="lossless",
    looked_for="Avo’s list “events” with rules, or “schema” with events by name",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
    takes=every_file,
)
