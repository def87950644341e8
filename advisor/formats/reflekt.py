"""Reflekt's schemas: ``schemas/<folder>/<Event_Name>/1-0.json``, one JSON Schema per event and version MODEL-ADDITION.

``self.metadata`` is an open object: its texts are labels, the verdict is ``placement`` among them, and our own data are there
too. The highest version of a schema is the event; lower ones come back as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.event_files import (
    EventFile,
    event_file,
    highest_versions,
    keep_beside,
    kept_older,
    older_files,
    skip,
    written_files,
)
from advisor.formats.extra import format_extra
from advisor.formats.file_names import file_stem, filled_path, path_template
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.labels import plain_labels, read_labels
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import SLOT, fill_from_beside, fill_from_slot, is_beside, slot_text, slot_value
from advisor.formats.places import Place, pointer, refusal
from advisor.formats.plan_losses import (
    add_call_loss,
    add_plan_losses,
    add_same_name_losses,
    add_twin_losses,
    add_written_version,
)
from advisor.formats.practice import practice_of_labels
from advisor.formats.reading import EventReading, LabelValue, PlanReading
from advisor.formats.schema_fields import read_fields, write_fields
from advisor.model import CallType, Event, Plan, placement_in_force

KEY = "reflekt"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_VENDOR = "com.example"
_VERDICT = "placement"
_VERSION = re.compile(r"[0-9]{1,9}-[0-9]{1,9}")
_CALLS: dict[str, CallType] = {"identify": "identify", "group": "group"}
"""Calls whose schema has the name of the call; every other schema is a track call."""
_PATH = ("schemas/tracking_plan/", 0, "/", 1, ".json")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Reflekt's; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        if own := _self_of(value):
            marks.add("“self” with a name and a version of two numbers")
            if isinstance(own.get("metadata"), dict):
                marks.add("“self.metadata”")
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the events of all schemas of a tree, each in its highest version. Raises `FormatError`."""
    reading = PlanReading(KEY, extra={KEY: {"folder": True}})
    schemas = [file for file in tree.files if _self_of(file.peek_json())]
    highest = highest_versions(reading, schemas, lambda file: _key(file.peek_json()["self"]))
    for file in tree.files:
        value = file.peek_json()
        if file.path in highest:
            reading.events.append(_read_event(reading, *highest[file.path]))
        elif value is None:
            skip(reading, file)
        elif not _self_of(value) and not is_beside(file):
            keep_beside(reading, file, "It is no schema of an event, and is kept as it is.")
    if tree.files and not reading.events:
        raise tree.first_error() or refusal(tree.place, "There is no schema with “self” in these files.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one schema for each event, in the paths that they came in."""
    lost = LossList(KEY)
    add_plan_losses(plan, lost, named=False)
    add_same_name_losses(plan, lost, "written; only the highest version of a schema is read")
    if options.verdict:
        plan = advised(plan)
    vendors = [format_extra(event, KEY).get("vendor") for event in plan.events]
    vendor = next((each for each in vendors if each), _VENDOR)
    files = [_event_file(event, vendor, options, lost) for event in plan.events]
    older = older_files(plan, KEY, lost)
    return Written(written_files(files, format_extra(plan, KEY), older), tuple(lost.losses))


def _self_of(value: Any) -> dict[str, Any] | None:
    own = value.get("self") if isinstance(value, dict) else None
    if not isinstance(own, dict) or not isinstance(own.get("name"), str) or not isinstance(own.get("version"), str):
        return None
    return own if own["name"].strip() and _VERSION.fullmatch(own["version"]) else None


def _key(own: Mapping[str, Any]) -> tuple[str, tuple[int, ...]]:
    return f"{own.get('vendor')}/{own['name']}", tuple(map(int, own["version"].split("-")))


def _read_event(reading: PlanReading, file: SourceFile, *older: SourceFile) -> EventReading:
    schema = file.peek_json()
    own = schema["self"]
    metadata = own.get("metadata")
    slot = slot_value(metadata.get(SLOT)) if isinstance(metadata, dict) else None
    if slot is not None:
        metadata = {key: value for key, value in metadata.items() if key != SLOT}
        schema = schema | {"self": own | {"metadata": metadata}}
    labels = read_labels(metadata)
    description = schema.get("description")
    name, version = own["name"], own["version"]
    event = EventReading(
        name,
        _CALLS.get(name.casefold(), "track"),
        description=description if isinstance(description, str) else "",
        version=version,
        labels=labels,
        practice=practice_of_labels(labels),
        place=file.place,
    )
    parts = (file_stem(name), version)
    identifier = schema["$id"] if isinstance(schema.get("$id"), str) else file.path
    vendor = own["vendor"] if isinstance(own.get("vendor"), str) else ""
    plain = _plain_schema(event, identifier, vendor, version, labels)
    event.properties, kept = read_fields(reading, schema, plain, lambda where: Place(file.path, pointer=pointer(where)))
    kept |= {"path": path_template(file.path, parts), "id": path_template(identifier, parts), "vendor": vendor}
    kept |= kept_older(name, older)
    event.extra = {KEY: kept | {"text": to_builtins(file.json.style)} | ({"slot": True} if slot is not None else {})}
    if slot is not None:
        fill_from_slot(reading, event, slot)
    return event


def _plain_schema(
    event: Event | EventReading,
    identifier: str,
    vendor: str,
    version: str,
    labels: Mapping[str, LabelValue | tuple[str, ...]],
) -> dict[str, Any]:
    """Return what the schema of an event says beside its fields."""
    own = {
        "vendor": vendor,
        "name": event.name,
        "format": "jsonschema",
        "version": version,
        "metadata": plain_labels(labels),
    }
    plain: dict[str, Any] = {"$schema": _DRAFT, "$id": identifier}
    return plain | {"description": event.description, "self": own}


def _event_file(event: Event, vendor: str, options: WriteOptions, lost: LossList) -> EventFile:
    kept = format_extra(event, KEY)
    has_slot = options.advisor_data or "slot" in kept
    if not has_slot:
        lost.add_event(event)
    if event.call != _CALLS.get(event.name.casefold(), "track"):
        add_call_loss(event, lost)
    add_twin_losses(event, lost)
    version = event.version
    if isinstance(version, int) and not isinstance(version, bool):
        version = f"{max(version, 1)}-0"
    version = version if isinstance(version, str) and _VERSION.fullmatch(version) else "1-0"
    add_written_version(event, version, lost)
    labels: dict[str, Any] = dict(event.labels) | ({_VERDICT: placement_in_force(event)} if options.verdict else {})
    slot = slot_text(event) if has_slot else None
    parts = (file_stem(event.name), version)

    def content(path: str) -> bytes:
        template = kept["id"] if "id" in kept else path_template(path.removeprefix("schemas/"), ())
        plain = _plain_schema(event, filled_path(template, parts), kept.get("vendor", vendor), version, labels)
        schema = write_fields(event.properties, plain, kept)
        if slot and isinstance(own := schema.get("self"), dict):
            metadata = own.get("metadata")
            schema = schema | {
                "self": own | {"metadata": (metadata if isinstance(metadata, dict) else {}) | {SLOT: slot}}
            }
        return write_json(schema, json_style(kept.get("text")))

    return event_file(kept, parts, _PATH, content)


FORMAT = Format(
    key=KEY,
    title="Reflekt schemas",
    fidelity="lossless",
    looked_for="JSON Schemas with “self” that has a name and a version such as 1-0",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
