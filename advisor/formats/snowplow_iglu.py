"""Snowplow's Iglu schemas: a folder with one self-describing JSON Schema per event and version.

The path (``vendor/name/jsonschema/1-0-0``) and ``self`` may disagree: ``self`` names the event, and the path is kept. Several
versions live side by side; the highest is the event, and the others come back as they are. One name may be there under
several vendors: the vendor is a label. Iglu names are small ASCII words, so the name of an event that is none is the title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.draft4 import as_draft4
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
from advisor.formats.file_names import all_different, path_template, snake
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Path, Place, pointer, refusal
from advisor.formats.plan_losses import (
    add_call_loss,
    add_label_losses,
    add_plan_losses,
    add_twin_losses,
    add_written_version,
)
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.schema_fields import read_fields, write_fields
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import Event, Plan, placement_in_force

KEY = "snowplow-iglu"
META_SCHEMA = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"
VENDOR = "com.example"
"""The vendor of schemas for which nothing names one."""
_VERSION = re.compile(r"[0-9]{1,9}-[0-9]{1,9}-[0-9]{1,9}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_PATH = (0, "/", 1, "/jsonschema/", 2)


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Iglu schemas; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        if self_of(value):
            marks.add("“self” with vendor, name and a version of three numbers")
            if "iglucentral" in str(value.get("$schema")):
                marks.add("Iglu’s meta-schema")
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the events of all schemas of a tree, each in its highest version. Raises `FormatError`."""
    reading = PlanReading(KEY, extra={KEY: {"folder": True}})
    schemas = [file for file in tree.files if self_of(file.peek_json())]
    highest = highest_versions(reading, schemas, lambda file: _key(file.peek_json()))
    for file in tree.files:
        value = file.peek_json()
        if file.path in highest:
            reading.events.append(_read_event(reading, *highest[file.path]))
        elif value is None:
            skip(reading, file)
        elif not self_of(value) and not is_beside(file):
            keep_beside(reading, file, "It is no Iglu schema, and is kept as it is.")
    if tree.files and not reading.events:
        raise tree.first_error() or refusal(tree.place, "There is no Iglu schema with “self” in these files.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one schema for each event, in the paths that they came in."""
    lost = LossList(KEY)
    add_plan_losses(plan, lost, named=False)
    if options.verdict:
        plan = advised(plan)
    usual_vendor = vendor_of(plan)
    own = [plain_self(event, usual_vendor, format_extra(event, KEY)) for event in plan.events]
    selves = distinct_selves(own, [bool(format_extra(event, KEY)) for event in plan.events])
    names: set[tuple[str, str]] = set()
    for event, each in zip(plan.events, selves, strict=True):
        if (each["vendor"], each["name"]) in names:
            lost.add(event.name, f"the version {each['version']}", "written; only the highest version is read")
        names.add((each["vendor"], each["name"]))
    files = [_event_file(event, each, options, lost) for event, each in zip(plan.events, selves, strict=True)]
    add_vendor_loss(plan, lost)
    older = older_files(plan, KEY, lost)
    return Written(written_files(files, format_extra(plan, KEY), older), tuple(lost.losses))


def vendor_of(plan: Plan) -> str:
    """Return the vendor that the first event of a plan with one has; `VENDOR` if none has one."""
    vendors = (event.labels.get("vendor") for event in plan.events)
    return next((each for each in vendors if isinstance(each, str) and each.strip()), VENDOR)


def add_vendor_loss(plan: Plan, lost: LossList) -> None:
    """Add that nothing says who the vendor of the schemas is."""
    if plan.events and not any("vendor" in event.labels for event in plan.events):
        lost.add("", "the vendor of the schemas is not known", f"written as {VENDOR}: put your own there")


def self_of(value: Any) -> dict[str, str] | None:
    """Return the ``self`` of an Iglu schema; None for all other values."""
    own = value.get("self") if isinstance(value, dict) else None
    if not isinstance(own, dict) or not all(isinstance(own.get(key), str) for key in ("vendor", "name", "version")):
        return None
    is_named = bool(own["name"].strip() and own["vendor"].strip())
    return own if is_named and _VERSION.fullmatch(own["version"]) else None


def schema_name(event: Event | EventReading, kept: Mapping[str, Any]) -> str:
    """Return the name of the schema of an event: the one that it came with, unless the event was renamed."""
    came, name = kept.get("name", (None, ""))
    if came == event.name:
        return str(name)
    return event.name if _NAME.fullmatch(event.name) else snake(event.name)


def plain_self(event: Event, usual_vendor: str, kept: Mapping[str, Any]) -> dict[str, str]:
    """Return the ``self`` of an event's schema."""
    vendor = event.labels.get("vendor")
    version = event.version
    if isinstance(version, int) and not isinstance(version, bool):
        version = f"{max(version, 1)}-0-0"
    return {
        "vendor": vendor if isinstance(vendor, str) and vendor.strip() else usual_vendor,
        "name": schema_name(event, kept),
        "format": "jsonschema",
        "version": version if isinstance(version, str) and _VERSION.fullmatch(version) else "1-0-0",
    }


def read_schema_event(
    reading: PlanReading, schema: dict[str, Any], own: dict[str, str], path: Path, at: Place
) -> tuple[EventReading, dict[str, Any]]:
    """Return the event of a self-describing schema, and what is kept of it."""
    title = schema.get("title")
    is_title_name = isinstance(title, str) and bool(re.fullmatch(rf"{re.escape(snake(title))}(_\d+)?", own["name"]))
    name = str(title) if is_title_name and str(title).strip() else own["name"]
    description = schema.get("description")
    event = EventReading(
        name,
        description=description if isinstance(description, str) else "",
        version=own["version"],
        labels={"vendor": own["vendor"]},
        place=at,
    )
    event.practice = practice_of_description(event.description)
    plain_own = {key: own[key] for key in ("vendor", "name")} | {"format": "jsonschema", "version": own["version"]}
    plain = plain_schema(name, event.description, plain_own)
    event.properties, kept = read_fields(
        reading, schema, plain, lambda where: Place(at.file, at.line, at.column, pointer(where)), path
    )
    if schema_name(event, {}) != own["name"]:
        kept["name"] = [name, own["name"]]
    return event, kept


def plain_schema(name: str, description: str, own: Mapping[str, str]) -> dict[str, Any]:
    """Return what the schema of an event says beside its fields. The name is the title where ``self`` can't hold it."""
    plain: dict[str, Any] = {"$schema": META_SCHEMA}
    if description:
        plain["description"] = description
    plain["self"] = dict(own)
    return plain | ({} if name == own["name"] else {"title": name})


def _key(value: Any) -> tuple[str, tuple[int, ...]]:
    own = value["self"]
    return f"{own['vendor']}/{own['name']}", tuple(map(int, own["version"].split("-")))


def _read_event(reading: PlanReading, file: SourceFile, *older: SourceFile) -> EventReading:
    schema = file.peek_json()
    own = schema["self"]
    event, kept = read_schema_event(reading, schema, own, (), file.place)
    kept["path"] = path_template(file.path, (own["vendor"], own["name"], own["version"]))
    event.extra = {KEY: kept | kept_older(event.name, older) | {"text": to_builtins(file.json.style)}}
    return event


def distinct_selves(selves: list[dict[str, str]], came: list[bool]) -> list[dict[str, str]]:
    """Return each ``self`` with a name of its own under its vendor and version."""
    wanted = ["\n".join((own["vendor"], own["version"], own["name"])) for own in selves]
    names = [each.split("\n")[-1] for each in all_different(wanted, came, lambda name, number: f"{name}_{number}")]
    return [own | {"name": name} for own, name in zip(selves, names, strict=True)]


def _event_file(event: Event, own: dict[str, str], options: WriteOptions, lost: LossList) -> EventFile:
    kept = format_extra(event, KEY)
    lost.add_event(event)
    add_call_loss(event, lost)
    add_twin_losses(event, lost)
    add_label_losses(event, lost, {"vendor"})
    add_written_version(event, own["version"], lost)
    description = (
        with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description
    )
    schema = write_fields(event.properties, plain_schema(event.name, description, own), kept)
    data = write_json(schema if kept else as_draft4(schema), json_style(kept.get("text")))
    return event_file(kept, (own["vendor"], own["name"], own["version"]), _PATH, lambda _: data)


FORMAT = Format(
    key=KEY,
    title="Snowplow Iglu schemas",
    fidelity="lossless",
    looked_for="JSON Schemas with “self” that has a vendor, a name and a version such as 1-0-0",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
