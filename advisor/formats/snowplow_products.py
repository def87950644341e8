"""Data products of snowplow-cli: files with a list of event specifications, each of which is an event.

The console calls a data product a tracking plan: the first one gives the plan its name and description. A specification is
closed, so there is no place in it for a verdict or for our own data.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.formats.carriers.object_files import ObjectFile, write_object
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.event_files import EventFile
from advisor.formats.extra import format_extra
from advisor.formats.format import WriteOptions
from advisor.formats.losses import LossList
from advisor.formats.object_lists import apart, is_named, text_of, together
from advisor.formats.places import Path
from advisor.formats.plan_losses import add_call_loss, add_label_losses, add_twin_losses, add_version_loss
from advisor.formats.practice import side_of_words
from advisor.formats.reading import EventReading, PlanReading, Practice
from advisor.formats.schema_fields import read_fields, write_fields
from advisor.model import UNTITLED, Event, Plan, placement_in_force

NAMESPACE = "snowplow-cli"
PRODUCTS = "products"
SPECIFICATION = "product"
"""Under this name, what is kept of an event has the path of its data product."""
_LIST = "eventSpecifications"


def is_product(value: Mapping[str, Any]) -> bool:
    """Return whether a file is a data product with a list of event specifications."""
    data = value.get("data")
    is_listed = isinstance(data, dict) and isinstance(data.get(_LIST), list)
    return value.get("resourceType") == "data-product" and is_listed


def specifies(plan: Plan, event: Event) -> bool:
    """Return whether an event is an event specification of a data product that the plan came with."""
    products = format_extra(plan, NAMESPACE).get(PRODUCTS, {})
    return format_extra(event, NAMESPACE).get(SPECIFICATION) in products


def read_product(reading: PlanReading, file: ObjectFile, applications: Mapping[str, Any]) -> None:
    """Add the event specifications of a data product to a reading."""
    products = reading.extra[NAMESPACE].setdefault(PRODUCTS, {})
    data = file.value["data"]
    ours, others = apart(file, data[_LIST], ("data", _LIST), is_named)
    for index in ours:
        event = _read_specification(reading, file, data[_LIST][index], ("data", _LIST, index))
        event.practice = _practice(file.file.path, data, data[_LIST][index], applications)
        reading.events.append(event)
    for index, _, _ in others:
        reading.leave_out(file.place(("data", _LIST, index)), f"an entry of “{_LIST}”", "It is no object with a name.")
    if not products:
        reading.name = data["name"] if is_named(data) else ""
        reading.description = text_of(data.get("description"))
    plain = _plain_product(reading.name or UNTITLED, reading.description, is_first=not products)
    kept = kept_object(plain, file.value | {"data": data | {_LIST: []}}, file.layout)
    products[file.file.path] = kept | {"others": others, "style": file.style, "first": not products}


def product_files(plan: Plan, options: WriteOptions, lost: LossList) -> list[EventFile]:
    """Return the data products that a plan came with, each with its event specifications as they are today."""
    files = []
    for path, kept in format_extra(plan, NAMESPACE).get(PRODUCTS, {}).items():
        events = [event for event in plan.events if format_extra(event, NAMESPACE).get(SPECIFICATION) == path]
        written = [_written_specification(event, options, lost) for event in events]
        whole = written_object(_plain_product(plan.name, plan.description, is_first=kept["first"]), kept)
        whole["data"] = whole["data"] | {_LIST: together(written, kept["others"])}
        content = write_object(whole, kept["style"], whole.layout)
        files.append(EventFile(path, came=True, content=lambda _, content=content: content))  # type: ignore[misc]  # a default has no type
    return files


def _plain_product(name: str, description: str, *, is_first: bool) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if is_first:
        data = {"name": name} | ({"description": description} if description else {})
    return {"data": data | {_LIST: []}}


def _read_specification(reading: PlanReading, file: ObjectFile, value: dict[str, Any], path: Path) -> EventReading:
    event = EventReading(value["name"], description=text_of(value.get("description")), place=file.place(path))
    called = value.get("event")
    schema = called.get("schema") if isinstance(called, dict) else None
    kept: dict[str, Any] = {SPECIFICATION: file.file.path}
    source = value
    if isinstance(called, dict) and isinstance(schema, dict):
        event.properties, kept["fields"] = read_fields(reading, schema, {}, file.place, (*path, "event", "schema"))
        source = value | {"event": called | {"schema": {}}}
    plain = _plain_specification(event.name, event.description, has_schema="fields" in kept)
    event.extra = {NAMESPACE: kept | kept_object(plain, source, file.take(*path))}
    return event


def _plain_specification(name: str, description: str, *, has_schema: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": name} | ({"description": description} if description else {})
    return plain | ({"event": {"schema": {}}} if has_schema else {})


def _written_specification(event: Event, options: WriteOptions, lost: LossList) -> Any:
    kept = format_extra(event, NAMESPACE)
    lost.add_event(event)
    add_call_loss(event, lost)
    add_twin_losses(event, lost)
    add_version_loss(event, lost)
    add_label_losses(event, lost)
    if options.verdict:
        why = "left out: an event specification has no free place"
        lost.add(event.name, f"the placement {placement_in_force(event)}", why)
    has_schema = "fields" in kept or bool(event.properties)
    whole = written_object(_plain_specification(event.name, event.description, has_schema=has_schema), kept)
    if has_schema:
        called = whole.get("event")
        schema = write_fields(event.properties, {}, kept.get("fields", {"own": []}))
        whole["event"] = (called if isinstance(called, dict) else {}) | {"schema": schema}
    return whole


def _practice(
    path: str, data: Mapping[str, Any], value: Mapping[str, Any], applications: Mapping[str, Any]
) -> Practice | None:
    """Return the practice that the app ids of the triggers of a specification name, else its source applications."""
    ids = [each for trigger in _objects(value.get("triggers")) for each in _texts(trigger.get("appIds"))]
    if side := side_of_words(_words(ids)):
        return Practice(side, f"triggers.appIds = {', '.join(ids)}")
    excluded = set(_referred(path, value.get("excludedSourceApplications")))
    own = [*_referred(path, value.get("sourceApplications"))] or [*_referred(path, data.get("sourceApplications"))]
    names, words = [], []
    for application in (applications[each] for each in own if each in applications and each not in excluded):
        about = application.get("data")
        if isinstance(about, dict):
            names.append(text_of(about.get("name")))
            words += _words([names[-1], *_texts(about.get("appIds"))])
    side = side_of_words(words)
    return Practice(side, f"sourceApplications = {', '.join(names)}") if side else None


def _referred(path: str, references: Any) -> Iterator[str]:
    """Yield the paths that references of a file lead to."""
    for each in _objects(references):
        if isinstance(each.get("$ref"), str):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), each["$ref"]))


def _words(texts: list[str]) -> list[str]:
    return [word for text in texts for word in re.split(r"[\W_]+", text)]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
