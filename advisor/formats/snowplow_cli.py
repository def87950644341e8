"""The folder of snowplow-cli: data structures, data products with event specifications, and source applications.

Each event specification is an event, and so is each data structure of type event; files are YAML or JSON. Names may repeat.
Events that are added become data structures, whose ``meta.customData`` is the one free place: its texts are labels, the
verdict is ``placement`` among them, and our own data are there too. The source applications of a specification are its practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.object_files import YAML_STYLE, ObjectFile, object_file, write_object
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.draft4 import as_draft4
from advisor.formats.event_files import EventFile, event_file, event_sources, keep_beside, written_files
from advisor.formats.extra import format_extra
from advisor.formats.file_names import path_template
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.labels import plain_labels, read_labels
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import SLOT, fill_from_beside, fill_from_slot, slot_text, slot_value
from advisor.formats.places import refusal
from advisor.formats.plan_losses import add_call_loss, add_plan_losses, add_twin_losses, add_written_version
from advisor.formats.practice import practice_of_labels
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.schema_fields import write_fields
from advisor.formats.snowplow_iglu import (
    add_vendor_loss,
    distinct_selves,
    plain_schema,
    plain_self,
    read_schema_event,
    self_of,
    vendor_of,
)
from advisor.formats.snowplow_products import (
    PRODUCTS,
    SPECIFICATION,
    is_product,
    product_files,
    read_product,
    specifies,
)
from advisor.model import Event, Plan, placement_in_force

KEY = "snowplow-cli"
_KINDS = ("data-structure", "data-product", "source-application")
_VERDICT = "placement"
_VENDOR = "vendor"
_PATH = ("data-structures/", 0, "/", 1, ".yaml")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are snowplow-cli's; None if they are not."""
    kinds = {
        str(value.get("resourceType"))
        for _, value in tree.values()
        if isinstance(value, dict) and "apiVersion" in value
    }
    marks = tuple(f"a file of type {kind}" for kind in _KINDS if kind in kinds)
    return Recognition(Confidence.CERTAIN, marks) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the event specifications and data structures of a tree. Raises `FormatError`."""
    reading = PlanReading(KEY, extra={KEY: {"folder": True}})
    sources = event_sources(tree, reading)
    applications = {file.path: value for file, value in sources if value.get("resourceType") == "source-application"}
    for file, value in sources:
        if is_product(value):
            read_product(reading, object_file(file), applications)
        elif _is_event_structure(value):
            reading.events.append(_read_structure(reading, object_file(file)))
        elif file.path in applications:
            keep_beside(reading, file, "It is a source application, and is kept as it is.")
        else:
            keep_beside(reading, file, "It is no event, and is kept as it is.")
    if tree.files and not reading.events and PRODUCTS not in reading.extra[KEY]:
        raise tree.first_error() or refusal(
            tree.place, "There is no data structure or data product in these files. Bring the whole folder."
        )
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as the files that it came in; what was added as data structures."""
    lost = LossList(KEY)
    kept = format_extra(plan, KEY)
    add_plan_losses(plan, lost, named=PRODUCTS in kept, described=PRODUCTS in kept)
    if options.verdict:
        plan = advised(plan)
    structures = [event for event in plan.events if not specifies(plan, event)]
    if structures:
        add_vendor_loss(replace(plan, events=tuple(structures)), lost)
    usual_vendor = vendor_of(plan)
    own = [plain_self(event, usual_vendor, format_extra(event, KEY).get("schema", {})) for event in structures]
    selves = distinct_selves(own, ["schema" in format_extra(event, KEY) for event in structures])
    _add_second_versions(structures, selves, lost)
    files = product_files(plan, options, lost)
    files += [_structure_file(event, each, options, lost) for event, each in zip(structures, selves, strict=True)]
    return Written(written_files(files, kept), tuple(lost.losses))


def _add_second_versions(events: Iterable[Event], selves: Iterable[Mapping[str, str]], lost: LossList) -> None:
    """Add the events whose schema another data structure has, in another version: snowplow-cli takes one file for each."""
    seen: set[tuple[str, str]] = set()
    for event, own in zip(events, selves, strict=True):
        key = own["vendor"], own["name"]
        if key in seen:
            lost.add(event.name, "a second data structure for one schema", "written; snowplow-cli refuses it")
        seen.add(key)


def _is_event_structure(value: Mapping[str, Any]) -> bool:
    meta = value.get("meta")
    is_entity = isinstance(meta, dict) and meta.get("schemaType") == "entity"
    return value.get("resourceType") == "data-structure" and not is_entity and self_of(value.get("data")) is not None


def _read_structure(reading: PlanReading, file: ObjectFile) -> EventReading:
    value, own = file.value, file.value["data"]["self"]
    meta = value.get("meta")
    custom = meta.get("customData") if isinstance(meta, dict) else None
    slot = slot_value(custom.get(SLOT)) if isinstance(custom, dict) else None
    if slot is not None:
        meta = value["meta"]
        custom = {key: each for key, each in meta["customData"].items() if key != SLOT}
        value = value | {"meta": meta | {"customData": custom}}
    event, kept = read_schema_event(reading, value["data"], own, ("data",), file.place(("data",)))
    labels = read_labels(custom)
    labels.pop(_VENDOR, None)
    event.labels = event.labels | labels
    event.practice = practice_of_labels(labels) or event.practice
    root = kept_object(_plain_structure(labels), value | {"data": {}}, file.layout)
    where = {"path": path_template(file.file.path, (own["vendor"], own["name"])), "style": file.style}
    event.extra = {KEY: root | where | {"schema": kept} | ({"slot": True} if slot is not None else {})}
    if slot is not None:
        fill_from_slot(reading, event, slot)
    return event


def _plain_structure(custom: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file of a data structure, with the place of its schema empty. snowplow-cli refuses custom data but texts."""
    texts = {key: each if isinstance(each, str) else ", ".join(each) for key, each in plain_labels(custom).items()}
    meta = {"hidden": False, "schemaType": "event", "customData": texts}
    return {"apiVersion": "v1", "resourceType": "data-structure", "meta": meta, "data": {}}


def _structure_file(event: Event, own: dict[str, str], options: WriteOptions, lost: LossList) -> EventFile:
    kept = format_extra(event, KEY)
    has_slot = options.advisor_data or "slot" in kept
    if not has_slot:
        lost.add_event(event)
    add_call_loss(event, lost)
    add_twin_losses(event, lost)
    add_written_version(event, own["version"], lost)
    custom: dict[str, Any] = {key: each for key, each in event.labels.items() if key != _VENDOR}
    if options.verdict:
        custom[_VERDICT] = placement_in_force(event)
    whole = written_object(_plain_structure(custom), kept)
    if not kept and any(not isinstance(each, str) for each in custom.values()):
        lost.add(event.name, "the lists in labels", "written as texts: snowplow-cli takes no lists")
    slot = slot_text(event) if has_slot else None
    if slot and isinstance(meta := whole.get("meta"), dict):
        inner = meta.get("customData")
        whole["meta"] = meta | {"customData": (inner if isinstance(inner, dict) else {}) | {SLOT: slot}}
    schema = write_fields(event.properties, plain_schema(event.name, event.description, own), kept.get("schema", {}))
    whole["data"] = schema if "schema" in kept else as_draft4(schema)
    style = kept.get("style", YAML_STYLE)
    content = write_object(whole, style, whole.layout)
    is_ours = "schema" in kept and SPECIFICATION not in kept
    return event_file(kept if is_ours else {}, (own["vendor"], own["name"]), _PATH, lambda _: content)


FORMAT = Format(
    key=KEY,
    title="snowplow-cli, YAML or JSON",
    fidelity="lossless",
    looked_for="files with “apiVersion” and the “resourceType” data-structure or data-product",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
