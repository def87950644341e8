"""OpenTrackPlan: ``opentp.yaml`` and one YAML file per event, whose payload is a schema, or one per target or version.

The name of the event is the value of its field ``event_name``, as it is sent; without one it is the key (``area::event``). A
field without a type takes it from ``spec.payload.schema``. Texts of the taxonomy are labels, and the verdict is ``tracked`` among
them; it has to be declared in ``opentp.yaml``, which an export does. The targets that an event names are its practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.object_files import YAML_STYLE, ObjectFile, object_file, write_object
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.event_files import EventFile, event_file, event_sources, keep_beside, written_files
from advisor.formats.extra import format_extra
from advisor.formats.file_names import all_different, file_stem, path_template, snake
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.labels import plain_labels, read_labels
from advisor.formats.losses import LossList, Written
from advisor.formats.object_lists import text_of
from advisor.formats.opentrackplan_fields import (
    NAMESPACE,
    SENT_NAME,
    Payload,
    add_field_losses,
    payload_of,
    read_fields,
    sent_name,
    without_fields,
    written_payload,
)
from advisor.formats.own_slot import SLOT, fill_from_beside, fill_from_slot, slot_text, slot_value
from advisor.formats.places import refusal
from advisor.formats.plan_losses import add_call_loss, add_plan_losses, add_twin_losses, add_version_loss
from advisor.formats.practice import practice_of_labels, side_of_words
from advisor.formats.reading import EventReading, PlanReading, Practice
from advisor.model import UNTITLED, Event, Plan, placement_in_force

KEY = NAMESPACE
_VERDICT = "tracked"
_SPEC_VERSION = "2026-01"
_SPEC_PATH = ("opentp.yaml",)
_EVENT_PATH = ("events/", 0, ".yaml")
_DECLARED = {
    _VERDICT: {"title": "Tracked on", "type": "string", "required": False},
    SLOT: {"title": "Tracking Advisor", "type": "string", "required": False},
}


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are in OpenTrackPlan; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.values():
        if isinstance(value, dict) and "opentp" in value:
            marks |= {"a file with “opentp” and “spec”"} if isinstance(value.get("spec"), dict) else set()
            marks |= {"a file with “opentp” and “event”"} if _is_event(value) else set()
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the files of a folder. Raises `FormatError`."""
    reading = PlanReading(KEY, extra={KEY: {"folder": True}})
    sources = event_sources(tree, reading)
    spec_file = next(
        (file for file, value in sources if "opentp" in value and isinstance(value.get("spec"), dict)), None
    )
    spec: dict[str, Any] = {}
    for file, value in sources:
        if file is spec_file:
            spec = value["spec"]
            _read_spec(reading, object_file(file))
    for file, value in sources:
        if _is_event(value):
            reading.events.append(_read_event(reading, object_file(file), spec))
        elif file is not spec_file:
            keep_beside(reading, file, "It is no event, and is kept as it is.")
    if tree.files and not reading.events and spec_file is None:
        raise tree.first_error() or refusal(tree.place, "There is no file with “opentp” and “event” in these files.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one file for each event, in the paths that they came in, and ``opentp.yaml``."""
    lost = LossList(NAMESPACE)
    kept = format_extra(plan, KEY)
    add_plan_losses(plan, lost, named="spec" in kept or not kept, described="spec" in kept or not kept)
    if options.verdict:
        plan = advised(plan)
    came = ["key" in format_extra(event, KEY) for event in plan.events]
    keys = all_different([_event_key(event) for event in plan.events], came, lambda key, number: f"{key}_{number}")
    files = [_event_file(event, key, options, lost) for event, key in zip(plan.events, keys, strict=True)]
    if "spec" in kept or not kept:
        files.insert(0, _spec_file(plan, kept.get("spec", {}), options))
    return Written(written_files(files, kept), tuple(lost.losses))


def _is_event(value: Mapping[str, Any]) -> bool:
    event = value.get("event")
    return "opentp" in value and isinstance(event, dict) and bool(text_of(event.get("key")).strip())


def _read_spec(reading: PlanReading, file: ObjectFile) -> None:
    info = file.value.get("info")
    about = info if isinstance(info, dict) else {}
    title = text_of(about.get("title"))
    reading.name = title if title.strip() else ""
    reading.description = text_of(about.get("description"))
    kept = kept_object(_plain_spec(reading.name or UNTITLED, reading.description), file.value, file.layout)
    reading.extra[KEY]["spec"] = kept | {"path": [file.file.path], "style": file.style}


def _plain_spec(name: str, description: str) -> dict[str, Any]:
    described = {"description": description} if description else {}
    return {"opentp": _SPEC_VERSION, "info": {"title": name} | described}


def _spec_file(plan: Plan, kept: Mapping[str, Any], options: WriteOptions) -> EventFile:
    plain = _plain_spec(plan.name, plan.description)
    if not kept:
        plain["info"]["version"] = "1.0.0"
        plain["spec"] = {
            "paths": {"events": {"root": "/events", "template": "{event}.yaml"}},
            "events": {"key": {"pattern": "^[a-z0-9_]+::[a-z0-9_]+$"}, "taxonomy": {}, "payload": {}},
        }
        plain["spec"]["events"]["payload"]["schema"] = {SENT_NAME: {"type": "string", "required": True}}
    whole = written_object(plain, kept)
    wanted = [key for key, wants in ((_VERDICT, options.verdict), (SLOT, options.advisor_data)) if wants]
    for key in wanted:
        _declare(whole, key)
    return event_file(kept, (), _SPEC_PATH, lambda _: write_object(whole, kept.get("style", YAML_STYLE), whole.layout))


def _declare(whole: dict[str, Any], key: str) -> None:
    """Declare a field of the taxonomy in ``opentp.yaml``, unless it is there; the objects of the plan stay as they are."""
    around = whole
    for step in ("spec", "events", "taxonomy"):
        inner = around.get(step)
        around[step] = dict(inner) if isinstance(inner, dict) else {}
        around = around[step]
    around.setdefault(key, _DECLARED[key])


def _read_event(reading: PlanReading, file: ObjectFile, spec: Mapping[str, Any]) -> EventReading:
    value, source = file.value, file.value["event"]
    taxonomy = source.get("taxonomy")
    slot = slot_value(taxonomy.get(SLOT)) if isinstance(taxonomy, dict) else None
    if slot is not None:
        taxonomy = {key: each for key, each in taxonomy.items() if key != SLOT}
        source = source | {"taxonomy": taxonomy}
    payload = payload_of(source.get("payload"), spec)
    name = sent_name(payload) or source["key"]
    labels = read_labels(taxonomy)
    action = labels.pop("action", "")
    event = EventReading(name, description=action if isinstance(action, str) else "", place=file.place(("event",)))
    event.labels = labels if isinstance(action, str) else labels | {"action": action}
    event.practice = practice_of_labels(labels) or _practice(payload)
    event.properties = read_fields(payload)
    emptied = without_fields(payload, source)
    plain = _plain_event(source["key"], event.description, event.labels)
    kept = kept_object(plain, value | {"event": emptied}, file.layout)
    path = file.file.path
    stem = path.rpartition("/")[2].partition(".")[0]
    where = {"path": path_template(path, (stem,)), "stem": [name, stem], "key": [name, source["key"]]}
    event.extra = {KEY: kept | where | {"style": file.style, "at": payload.kept()}}
    if inherited := [each.name for each in event.properties if "inherited" in each.extra[KEY]]:
        event.extra[KEY]["inherited"] = inherited
    if slot is not None:
        event.extra[KEY]["slot"] = True
        fill_from_slot(reading, event, slot)
    return event


def _practice(payload: Payload) -> Practice | None:
    words = [word for target in payload.targets for word in target.replace("_", "-").split("-")]
    side = side_of_words(words)
    return Practice(side, f"payload = {', '.join(payload.targets)}") if side else None


def _plain_event(key: str, description: str, labels: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file of an event, without its payload. Its description is the action of the taxonomy."""
    taxonomy = ({"action": description} if description else {}) | plain_labels(labels)
    return {"opentp": _SPEC_VERSION, "event": {"key": key} | ({"taxonomy": taxonomy} if taxonomy else {})}


def _event_key(event: Event) -> str:
    """Return the key of an event: the one that it came with, unless the event was renamed."""
    came, key = format_extra(event, KEY).get("key", (None, "events"))
    if came == event.name:
        return str(key)
    return f"{str(key).rpartition('::')[0] or 'events'}::{snake(event.name.rpartition('::')[2])}"


def _event_file(event: Event, key: str, options: WriteOptions, lost: LossList) -> EventFile:
    kept = format_extra(event, KEY)
    has_slot = options.advisor_data or "slot" in kept
    if not has_slot:
        lost.add_event(event, held=("personal",))
    add_call_loss(event, lost)
    add_version_loss(event, lost)
    add_twin_losses(event, lost)
    add_field_losses(event, lost)
    labels: dict[str, Any] = dict(event.labels) | ({_VERDICT: placement_in_force(event)} if options.verdict else {})
    slot = slot_text(event) if has_slot else None
    whole = written_object(_plain_event(key, event.description, labels), kept)
    inner = whole.get("event")
    own: dict[str, Any] = dict(inner) if isinstance(inner, dict) else {}
    if slot:
        taxonomy = own.get("taxonomy")
        own["taxonomy"] = (taxonomy if isinstance(taxonomy, dict) else {}) | {SLOT: slot}
    whole["event"] = written_payload(own, event, kept.get("at"))
    came, stem = kept.get("stem", (None, ""))
    stem = stem if came == event.name else file_stem(event.name).lower()
    style = kept.get("style", YAML_STYLE)
    return event_file(kept, (stem,), _EVENT_PATH, lambda _: write_object(whole, style, whole.layout))


FORMAT = Format(
    key=KEY,
    title="OpenTrackPlan, YAML",
    fidelity="lossless",
    looked_for="YAML files with “opentp”, and “spec” or “event”",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
