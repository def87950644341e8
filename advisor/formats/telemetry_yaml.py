"""``.telemetry/tracking-plan.yaml``, which coding agents leave in a repository: one file with meta, entities, groups and events.

``source: frontend`` or ``backend`` of an event is its practice. Properties are objects, or only names in ``required_properties``.
Category, source, group level and frequency are labels. Traits of users and groups are no events; they come back as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.object_files import YAML_STYLE, ObjectFile, object_file, peeked, write_object
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.event_files import skip
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.labels import read_labels
from advisor.formats.losses import LossList, Written
from advisor.formats.object_lists import apart, is_named, text_of, together
from advisor.formats.own_slot import SLOT, fill_from_beside, fill_from_slot, is_beside, slot_text, slot_value
from advisor.formats.places import Path, refusal, shown
from advisor.formats.plan_losses import add_call_loss, add_label_losses, add_plan_losses, add_version_loss
from advisor.formats.practice import practice_of_labels
from advisor.formats.property_losses import add_property_losses, one_type, types_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.model import UNTITLED, Event, Plan, Property, Scalar, placement_in_force

KEY = "telemetry-yaml"
FILE = "tracking-plan.yaml"
_LABELS = ("category", "source", "group_level", "expected_frequency")
_SOURCES = {"client": "frontend", "server": "backend", "both": "both"}
_WORDS = {word: word for word in ("string", "integer", "number", "boolean", "datetime", "object")} | {
    "array": "string_array"
}
_NAMES_ONLY = "required_properties"
_LISTS = ("values", "enum")
_META = frozenset({"product", "pii_policy", "naming_convention", "cdp"})


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file is such a plan; None if none is."""
    marks: set[str] = set()
    for file in tree.files:
        value = peeked(file)
        if _is_plan(value):
            meta = value.get("meta")
            marks |= {"“meta” with a product"} if isinstance(meta, dict) and not _META.isdisjoint(meta) else set()
            marks |= {"“entities”"} if isinstance(value.get("entities"), dict) else set()
            if any(_NAMES_ONLY in event for event in value["events"] if isinstance(event, dict)):
                marks.add("“required_properties” of an event")
    sure = Confidence.CERTAIN if len(marks) > 1 else Confidence.LIKELY
    return Recognition(sure, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the first file of a tree that has a list of events. Raises `FormatError`."""
    reading = PlanReading(KEY)
    plans = [file for file in tree.files if _is_plan(peeked(file)) and not is_beside(file)]
    if not plans:
        raise tree.first_error() or refusal(tree.place, "There is no list “events” in this file.")
    for other in tree.files:
        if other is not plans[0] and not is_beside(other):
            skip(reading, other)
    file = object_file(plans[0])
    value = file.value
    ours, others = apart(file, value["events"], ("events",), is_named)
    reading.events = [_read_event(reading, file, value["events"][index], ("events", index)) for index in ours]
    for index, _, _ in others:
        reading.leave_out(file.place(("events", index)), "an entry of “events”", "It is no object with a name.")
    for key in ("entities", "groups"):
        if value.get(key):
            reading.leave_out(
                file.place((key,)), key, "Traits of users and groups are no events; they are kept as they are."
            )
    meta = value.get("meta")
    product = meta.get("product") if isinstance(meta, dict) else None
    reading.name = product if isinstance(product, str) and product.strip() else ""
    plain = _plain_plan(reading.name or UNTITLED)
    kept = kept_object(plain, value | {"events": []}, file.layout) | {"others": others}
    reading.extra[KEY] = {name: each for name, each in kept.items() if each} | {"style": file.style}
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one file."""
    lost = LossList(KEY)
    add_plan_losses(plan, lost, named=True)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, KEY)
    events = together([_written_event(event, options, lost) for event in plan.events], kept.get("others", ()))
    whole = written_object(_plain_plan(plan.name), kept, {"events": events})
    return Written({FILE: write_object(whole, kept.get("style", YAML_STYLE), whole.layout)}, tuple(lost.losses))


def _is_plan(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("events"), list)


def _plain_plan(name: str) -> dict[str, Any]:
    return {"meta": {"product": name}, "events": []}


def _read_event(reading: PlanReading, file: ObjectFile, value: dict[str, Any], path: Path) -> EventReading:
    slot = slot_value(value.get(SLOT))
    source = {key: each for key, each in value.items() if key != SLOT or slot is None}
    event = EventReading(value["name"], description=text_of(value.get("description")), place=file.place(path))
    event.labels = read_labels({key: value[key] for key in _LABELS if key in value})
    event.practice = practice_of_labels(event.labels)
    names = [each for each in _listed(value.get(_NAMES_ONLY)) if isinstance(each, str)]
    ours, others = apart(file, value.get("properties"), (*path, "properties"), _is_property)
    fields = [_read_property(file, value["properties"][index], (*path, "properties", index)) for index in ours]
    required = [PropertyReading(name, required=True, extra={KEY: {"name_only": True}}) for name in names]
    keys = [*value]
    names_first = bool(required) and "properties" in keys and keys.index(_NAMES_ONLY) < keys.index("properties")
    event.properties = required + fields if names_first else fields + required
    emptied = source | ({"properties": []} if isinstance(value.get("properties"), list) else {})
    plain = _plain_event(event, names, has_fields=bool(fields))
    kept = kept_object(plain, emptied, file.take(*path)) | {"others": others, "slot": slot is not None}
    if kept := {name: each for name, each in kept.items() if each}:
        event.extra = {KEY: kept}
    if slot is not None:
        fill_from_slot(reading, event, slot)
    return event


def _read_property(file: ObjectFile, value: Any, path: Path) -> PropertyReading:
    if isinstance(value, str):
        layout = file.take(*path)
        return PropertyReading(value, extra={KEY: {"text": True} | ({"layout": layout} if layout else {})})
    form = next((key for key in _LISTS if _scalars(value.get(key))), "enum")
    found = PropertyReading(
        value["name"],
        types_of_word(value.get("type")),
        required=value.get("required") is True,
        values=_scalars(value.get(form)),
        description=text_of(value.get("description")),
    )
    word = found.types[0] if found.types else None
    plain = _plain_property(found, _WORDS.get(word, word) if word else None, form)
    kept = kept_object(plain, value, file.take(*path)) | ({"form": form} if form != "enum" else {})
    found.extra = {KEY: kept} if kept else {}
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_property(value: Any) -> bool:
    return isinstance(value, str) or is_named(value, blank=True)


def _scalars(value: Any) -> tuple[Scalar, ...]:
    entries = _listed(value)
    return () if any(isinstance(each, list | dict) for each in entries) else tuple(entries)


def _plain_event(event: Event | EventReading, names: list[str], *, has_fields: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": event.name}
    labels: Mapping[str, Any] = event.labels
    plain |= {key: _label(labels[key]) for key in _LABELS[:3] if key in labels}
    if event.description:
        plain["description"] = event.description
    plain |= {key: _label(labels[key]) for key in _LABELS[3:] if key in labels}
    plain |= {_NAMES_ONLY: names} if names else {}
    return plain | ({"properties": []} if has_fields else {})


def _label(value: Any) -> Any:
    return value if isinstance(value, str) else list(value)


def _plain_property(prop: Property | PropertyReading, word: str | None, form: str) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": prop.name}
    if word:
        plain["type"] = word
    if prop.values:
        plain[form] = list(prop.values)
    plain |= {"required": True} if prop.required else {}
    return plain | ({"description": prop.description} if prop.description else {})


def _written_event(event: Event, options: WriteOptions, lost: LossList) -> Any:
    kept = format_extra(event, KEY)
    has_slot = options.advisor_data or "slot" in kept
    if not has_slot:
        lost.add_event(event)
    add_call_loss(event, lost)
    add_version_loss(event, lost)
    add_label_losses(event, lost, _LABELS)
    add_property_losses(event, event.properties, lost, ("properties", "null"))
    if options.verdict:
        event = _with_source(event)
    names_only = _names_only(event.properties)
    names = [each.name for each in names_only]
    fields = [_written_property(each, event, lost) for each in event.properties if each not in names_only]
    children = together(fields, kept.get("others", ()))
    plain = _plain_event(event, names, has_fields=bool(children))
    whole = written_object(plain, kept, {"properties": children} if children else None)
    slot = slot_text(event) if has_slot else None
    if slot:
        whole[SLOT] = slot
    return whole


def _with_source(event: Event) -> Event:
    return replace(event, labels=dict(event.labels) | {"source": _SOURCES[placement_in_force(event)]})


def _names_only(properties: Iterable[Property]) -> list[Property]:
    """Return the properties that are written as a name among the required ones: all that came so, if all still can be."""
    came = [each for each in properties if "name_only" in format_extra(each, KEY)]
    plain = [Property(name=each.name, required=True, extra=each.extra) for each in came]
    return came if came == plain else []


def _written_property(prop: Property, event: Event, lost: LossList) -> Any:
    kept = format_extra(prop, KEY)
    if "text" in kept and prop == Property(name=prop.name, extra=prop.extra):
        return prop.name
    word = one_type(prop, _WORDS, event, lost)
    form = kept.get("form", "enum")
    if prop.type == "null":
        lost.add(event.name, f"property {shown(prop.name)}: the type null")
    return written_object(_plain_property(prop, word, form), kept)


FORMAT = Format(
    key=KEY,
    title="Telemetry plan of coding agents, YAML",
    fidelity="lossless",
    looked_for="YAML with “meta”, “entities” and a list “events”",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
