"""Buffer's tracking-plan-kit: a folder of YAML, one file per event, one for the plan, and two for traits.

``plan.yaml`` has ``display_name``; ``events/**.yaml`` has name, description, area and properties; ``identify_traits.yaml`` and
``group_traits.yaml`` have a list ``traits`` and become an identify and a group call. The area is a label.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.object_files import YAML_STYLE, ObjectFile, object_file, peeked, write_object
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.event_files import EventFile, event_file, keep_beside, skip, written_files
from advisor.formats.extra import format_extra
from advisor.formats.file_names import file_stem, path_template, snake
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.losses import LossList, Written
from advisor.formats.object_lists import is_named, read_fields_list, text_of, together
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Path, refusal, shown
from advisor.formats.plan_losses import add_call_loss, add_label_losses, add_plan_losses, add_version_loss
from advisor.formats.property_losses import add_property_losses, one_type, types_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import CallType, Event, Plan, Property, placement_in_force

KEY = "tracking-plan-kit"
_PLAN_FILE = "plan.yaml"
_WORDS = {word: word for word in ("string", "integer", "number", "boolean", "datetime", "object", "array")}
_TRAITS: dict[str, CallType] = {"identify": "identify", "group": "group"}
_NAMES = {"identify": "Identify", "group": "Group"}
_PATHS: dict[str, tuple[str | int, ...]] = {"identify": ("identify_traits.yaml",), "group": ("group_traits.yaml",)}
_EVENT_PATH = ("events/", 0, ".yaml")
_OF_OTHERS = frozenset({"kind", "apiVersion", "resourceType", "rules", "events", "opentp", "$schema", "metadata"})


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are in tracking-plan-kit; None if they are not."""
    marks: set[str] = set()
    for file in tree.files:
        value = peeked(file)
        if _is_plan(value):
            marks.add("“display_name” of a plan")
        elif _is_event(value):
            marks.add("a file per event with a list of properties")
            marks |= {"the area of an event"} if "area" in value else set()
            marks |= {"allowNull"} if any("allowNull" in each for each in _objects(value["properties"])) else set()
        elif _is_traits(value):
            marks.add("a list of traits")
    if "a file per event with a list of properties" not in marks:
        return None
    sure = [Confidence.POSSIBLE, Confidence.LIKELY, Confidence.CERTAIN][min(len(marks), 3) - 1]
    return Recognition(sure, tuple(sorted(marks)))


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the files of a folder. Raises `FormatError`."""
    reading = PlanReading(KEY, extra={KEY: {"folder": True}})
    for source in tree.files:
        value = peeked(source)
        if _is_plan(value) and "plan" not in reading.extra[KEY]:
            _read_plan(reading, object_file(source))
        elif _is_event(value):
            reading.events.append(_read_event(object_file(source)))
        elif _is_traits(value):
            reading.events.append(_read_traits(object_file(source)))
        elif value is None:
            skip(reading, source)
        elif not is_beside(source):
            keep_beside(reading, source, "It is no event, and is kept as it is.")
    if tree.files and not reading.events and "plan" not in reading.extra[KEY]:
        raise tree.first_error() or refusal(tree.place, "There is no file of an event in these files.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one file for each event, in the paths that they came in."""
    lost = LossList(KEY)
    add_plan_losses(plan, lost, named=True)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, KEY)
    files = [_event_file(event, options, lost) for event in plan.events]
    if "plan" in kept or not kept:
        files.insert(0, _plan_file(plan, kept.get("plan", {})))
    return Written(written_files(files, kept), tuple(lost.losses))


def _is_plan(value: Any) -> bool:
    return is_named(value, "display_name") and _OF_OTHERS.isdisjoint(value)


def _is_event(value: Any) -> bool:
    return is_named(value) and isinstance(value.get("properties"), list) and _OF_OTHERS.isdisjoint(value)


def _is_traits(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("traits"), list) and _OF_OTHERS.isdisjoint(value)


def _objects(values: list[Any]) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)]


def _read_plan(reading: PlanReading, file: ObjectFile) -> None:
    reading.name = file.value["display_name"]
    kept = kept_object({"display_name": reading.name}, file.value, file.layout)
    reading.extra[KEY]["plan"] = kept | {"path": [file.file.path], "style": file.style}


def _plan_file(plan: Plan, kept: Mapping[str, Any]) -> EventFile:
    plain = {"display_name": plan.name} | ({} if kept else {"name": snake(plan.name)})
    whole = written_object(plain, kept)
    return event_file(
        kept, (), (_PLAN_FILE,), lambda _: write_object(whole, kept.get("style", YAML_STYLE), whole.layout)
    )


def _read_event(file: ObjectFile) -> EventReading:
    value, path = file.value, file.file.path
    area = value.get("area")
    event = EventReading(value["name"], description=text_of(value.get("description")), place=file.place())
    event.labels = {"area": area} if isinstance(area, str) and 0 < len(area) <= 200 else {}
    event.practice = practice_of_description(event.description)
    event.properties, others = read_fields_list(file, value["properties"], ("properties",), _reader(file))
    plain = _plain_event(event.name, event.description, event.labels.get("area"))
    kept = kept_object(plain, value | {"properties": []}, file.layout) | {"others": others}
    where = {"path": path_template(path, (_stem(path),)), "stem": [event.name, _stem(path)]}
    event.extra = {KEY: {name: each for name, each in kept.items() if each} | where | {"style": file.style}}
    return event


def _read_traits(file: ObjectFile) -> EventReading:
    kind = "group" if "group" in file.file.name.casefold() else "identify"
    event = EventReading(_NAMES[kind], _TRAITS[kind], place=file.place())
    event.properties, others = read_fields_list(file, file.value["traits"], ("traits",), _reader(file))
    kept = kept_object({"traits": []}, file.value | {"traits": []}, file.layout) | {"others": others}
    where = {"path": [file.file.path], "style": file.style}
    event.extra = {KEY: {name: each for name, each in kept.items() if each} | where}
    return event


def _reader(file: ObjectFile) -> Any:
    def read_one(value: dict[str, Any], path: Path) -> PropertyReading:
        types = types_of_word(value.get("type"))
        found = PropertyReading(
            value["name"],
            (*types, "null") if types and value.get("allowNull") is True else types,
            required=value.get("required") is True,
            description=text_of(value.get("description")),
        )
        plain = _plain_property(found, types[0] if types else None, nullable="null" in found.types)
        if kept := kept_object(plain, value, file.take(*path)):
            found.extra = {KEY: kept}
        return found

    return read_one


def _plain_event(name: str, description: str, area: Any) -> dict[str, Any]:
    plain = {"name": name} | ({"description": description} if description else {})
    return plain | ({"area": area} if area else {}) | {"properties": []}


def _plain_property(prop: Property | PropertyReading, word: str | None, *, nullable: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": prop.name}
    if prop.description:
        plain["description"] = prop.description
    plain |= {"type": word or "any", "required": prop.required}
    return plain | ({"allowNull": True} if nullable else {})


def _event_file(event: Event, options: WriteOptions, lost: LossList) -> EventFile:
    kept = format_extra(event, KEY)
    lost.add_event(event)
    add_version_loss(event, lost)
    add_property_losses(event, event.properties, lost, ("values", "properties"))
    fields = [_written_property(each, event, lost) for each in event.properties]
    children = together(fields, kept.get("others", ()))
    if event.call in _TRAITS:
        if event.name != _NAMES[event.call]:
            lost.add(event.name, "the name of the call")
        if event.description:
            lost.add(event.name, "the description of the call")
        if options.verdict:
            lost.add(
                event.name,
                f"the placement {placement_in_force(event)}",
                "left out: files of traits have no place for it",
            )
        add_label_losses(event, lost)
        whole = written_object({"traits": []}, kept, {"traits": children})
    else:
        add_call_loss(event, lost)
        add_label_losses(event, lost, {"area"})
        description = (
            with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description
        )
        plain = _plain_event(event.name, description, event.labels.get("area"))
        whole = written_object(plain, kept, {"properties": children})
    came, stem = kept.get("stem", (None, ""))
    stem = stem if came == event.name else file_stem(event.name).lower().replace("_", "-")
    usual = _PATHS.get(event.call, _EVENT_PATH)
    style = kept.get("style", YAML_STYLE)
    return event_file(kept, (stem,), usual, lambda _: write_object(whole, style, whole.layout))


def _written_property(prop: Property, event: Event, lost: LossList) -> Any:
    kept = format_extra(prop, KEY)
    word = one_type(prop, _WORDS, event, lost)
    nullable = "null" in prop.type.split("|")
    if nullable and word is None and prop.type != "null":
        lost.add(event.name, f"property {shown(prop.name)}: null")
    return written_object(_plain_property(prop, word, nullable=nullable and word is not None), kept)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0] or path.rpartition("/")[2]


FORMAT = Format(
    key=KEY,
    title="tracking-plan-kit, YAML",
    fidelity="lossless",
    looked_for="a folder of YAML with “display_name”, and a name and a list “properties” for each event",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
