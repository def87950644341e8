"""Plain JSON Schema: one schema per event, in a folder, a zip or a single file, of any draft.

The name of the event is the only value of a field such as ``eventName``, else the title, else the name of the file. A
schema of user traits is an identify call. Verdict and our own data are keywords that begin with ``x-``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.event_files import EventFile, event_file, keep_beside, skip, written_files
from advisor.formats.extra import format_extra
from advisor.formats.file_names import file_stem, path_template
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import SCHEMA_SLOT, fill_from_beside, fill_from_slot, is_beside, slot_text, slot_value
from advisor.formats.places import Place, pointer, refusal, shown
from advisor.formats.plan_losses import (
    add_call_loss,
    add_label_losses,
    add_plan_losses,
    add_twin_losses,
    add_version_loss,
)
from advisor.formats.practice import practice_of_word
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.schema_fields import read_fields, write_fields
from advisor.model import CallType, Event, Plan, Property, placement_in_force

KEY = "json-schema"
NAMESPACE = "json-schema-file"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_VERDICT = "x-tracking-placement"
_NAME_FIELDS = ("eventName", "event_name", "event")
_TRAITS: tuple[tuple[re.Pattern[str], CallType], ...] = (
    (re.compile(r"identify|(user|person)[ _-]?(properties|traits)", re.IGNORECASE), "identify"),
    (re.compile(r"group|(group|account|company)[ _-]?(properties|traits)", re.IGNORECASE), "group"),
)
_PATH = (0, ".json")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are JSON Schemas of events; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        if _is_schema(value):
            marks.add("a JSON Schema of an object")
            marks |= {"the keyword $schema"} if "json-schema.org" in str(value.get("$schema")) else set()
    sure = Confidence.LIKELY if len(marks) > 1 else Confidence.POSSIBLE
    return Recognition(sure, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return one event for each schema of a tree. Raises `FormatError`."""
    reading = PlanReading(KEY, extra={NAMESPACE: {"folder": True}})
    for file in tree.files:
        value = file.peek_json()
        if _is_schema(value):
            reading.events.append(_read_event(reading, file, value))
        elif value is not None and not is_beside(file):
            keep_beside(reading, file, "It is no schema of an object, and is kept as it is.", NAMESPACE)
        elif value is None:
            skip(reading, file)
    if tree.files and not reading.events:
        raise tree.first_error() or refusal(tree.place, "There is no JSON Schema of an object in these files.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one schema for each event, in the paths that they came in."""
    lost = LossList(NAMESPACE)
    add_plan_losses(plan, lost, named=False)
    if options.verdict:
        plan = advised(plan)
    files = [_event_file(event, options, lost) for event in plan.events]
    return Written(written_files(files, format_extra(plan, NAMESPACE)), tuple(lost.losses))


def _is_schema(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("properties", {}), dict):
        return False
    return (value.get("type") == "object" and ("properties" in value or "$schema" in value)) or (
        "properties" in value and "json-schema.org" in str(value.get("$schema"))
    )


def _name_field(schema: Mapping[str, Any]) -> str | None:
    """Return the field whose only value is the name of the event; None if there is none."""
    for field in _NAME_FIELDS:
        member = schema.get("properties", {}).get(field)
        if isinstance(member, dict) and _only_name(member):
            return field
    return None


def _name_of(schema: Mapping[str, Any], path: str) -> str:
    """Return the name of the event of a schema in a file with this path."""
    if field := _name_field(schema):
        return _only_name(schema["properties"][field])
    title = schema.get("title")
    return title if isinstance(title, str) and title.strip() else _stem(path)


def _call_of(name: str) -> CallType:
    """Return the call of a schema with this name: traits are an identify or a group call, all others are track calls."""
    return next((call for pattern, call in _TRAITS if pattern.fullmatch(name)), "track")


def _only_name(member: Mapping[str, Any]) -> str:
    values = member.get("enum", [member.get("const")])
    only = values[0] if isinstance(values, list) and len(values) == 1 else None
    return only if isinstance(only, str) and only.strip() else ""


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".json").removesuffix(".schema") or "event"


def _read_event(reading: PlanReading, file: SourceFile, schema: dict[str, Any]) -> EventReading:
    slot = slot_value(schema.get(SCHEMA_SLOT))
    if slot is not None:
        schema = {key: value for key, value in schema.items() if key != SCHEMA_SLOT}
    field, title, stem = _name_field(schema), schema.get("title"), _stem(file.path)
    name = _name_of(schema, file.path)
    call = _call_of(name)
    description = schema.get("description")
    event = EventReading(
        name,
        call,
        description=description if isinstance(description, str) else "",
        practice=practice_of_word(_VERDICT, str(schema.get(_VERDICT, ""))),
        place=file.place,
    )
    kept: dict[str, Any] = {"field": field, "titled": title == name, "path": path_template(file.path, (stem,))}
    plain = _plain_schema(event, is_titled=title == name)
    event.properties, fields = read_fields(
        reading, schema, plain, lambda where: Place(file.path, pointer=pointer(where))
    )
    kept |= fields | {"stem": [name, stem], "text": to_builtins(file.json.style)}
    event.extra = {NAMESPACE: kept | ({"slot": True} if slot is not None else {})}
    if slot is not None:
        fill_from_slot(reading, event, slot)
    return event


def _plain_schema(event: Event | EventReading, *, is_titled: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"$schema": _DRAFT}
    if is_titled:
        plain["title"] = event.name
    return plain | ({"description": event.description} if event.description else {})


def _event_file(event: Event, options: WriteOptions, lost: LossList) -> EventFile:
    kept = format_extra(event, NAMESPACE)
    has_slot = options.advisor_data or "slot" in kept
    if not has_slot:
        lost.add_event(event)
    if event.call != _call_of(event.name):
        add_call_loss(event, lost)
    add_label_losses(event, lost)
    add_twin_losses(event, lost)
    add_version_loss(event, lost)
    field = kept.get("field")
    came, stem = kept.get("stem", (None, ""))
    stem = stem if came == event.name else file_stem(event.name)
    properties = [_named(each, event, came, lost) if each.name == field else each for each in event.properties]
    extra = {_VERDICT: placement_in_force(event)} if options.verdict else {}
    slot = slot_text(event) if has_slot else None

    def schema(*, is_titled: bool) -> dict[str, Any]:
        return write_fields(properties, _plain_schema(event, is_titled=is_titled), kept) | extra

    def content(path: str) -> bytes:
        whole = schema(is_titled=kept.get("titled", True))
        if _name_of(whole, path) != event.name:
            whole = schema(is_titled=True)
        return write_json(whole | ({SCHEMA_SLOT: slot} if slot else {}), json_style(kept.get("text")))

    if (read_as := _name_of(schema(is_titled=True), "")) != event.name:
        lost.add(
            event.name,
            "the name of the event",
            f"read as {shown(read_as)}: the only value of a field that carries names",
        )
    return event_file(kept, (stem,), _PATH, content)


def _named(prop: Property, event: Event, came: object, lost: LossList) -> Property:
    """Return the field that carries the name of an event with that name as its only value."""
    if prop.values not in ((came,), (event.name,)):
        what = f"property {shown(prop.name)}: its changed values"
        lost.add(event.name, what, "written as the name of the event, which this field carries")
    return replace(prop, values=(event.name,))


FORMAT = Format(
    key=KEY,
    title="JSON Schema, one per event",
    fidelity="lossless",
    looked_for="JSON Schemas of objects, one per event",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
    takes=every_file,
)
