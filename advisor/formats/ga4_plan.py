"""Plans for Google Analytics 4 that agents write (``ga4-tracking-plan``): events, parameters, and paths into the data layer.

Parameters are a flat list. One whose path lies inside that of a parameter before it (``ecommerce.items[].item_id``) is read as
a property inside that one.
"""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import EVERYTHING, Confidence, Format, Recognition, WriteOptions
from advisor.formats.ga4_parameters import read_parameters, types_not_held, write_parameters
from advisor.formats.json_paths import at_path, filled, with_others
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, is_beside, with_beside
from advisor.formats.places import Place, pointer, refusal, shown
from advisor.formats.reading import EventReading, PlanReading, Practice, PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.unheld import add_unheld
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import UNTITLED, Event, Plan, Property, placement_in_force

KEY = "ga4-plan"
FILE = "ga4-tracking-plan.json"
CARRIES = EVERYTHING - {"common", "calls", "versions", "labels", "owners", "sensitive"}
_PUSH = ("data_layer", "push")
_PUSHED_NAME = (*_PUSH, "event")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the file is such a plan; None if it is none."""
    marks: set[str] = set()
    own = False
    for _, value in tree.json_values():
        events = [each for each in _events(value) if "event_name" in each and isinstance(each.get("parameters"), list)]
        if events:
            marks.add("a list “events” of objects with “event_name” and “parameters”")
            parameters = [each for event in events for each in event["parameters"] if isinstance(each, dict)]
            own = own or "data_layer_convention" in value or any("data_layer_path" in each for each in parameters)
    if own:
        marks.add("paths in a data layer")
    return Recognition(Confidence.CERTAIN if own else Confidence.LIKELY, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan. Raises `FormatError`."""
    reading = PlanReading(KEY)
    place = 0
    for number, file in enumerate(each for each in tree.files if len(tree.files) == 1 or not is_beside(each)):
        value = file.json.value
        if not isinstance(at_path(value, ("events",)), list):
            raise refusal(file.place, "There is no list “events” in this file.")
        if number == 0:
            reading.name, reading.description = (
                _text(value, "title").strip() and _text(value, "title"),
                _text(value, "scope"),
            )
            plain = _plain_around(reading.name or UNTITLED, reading.description)
            kept = {"around": remainder(plain, value | {"events": []}), "text": to_builtins(file.json.style)}
            reading.extra[KEY] = kept
        for index, source in enumerate(value["events"]):
            _read_event(reading, source, Place(file.path, pointer=pointer(("events", index))), place)
            place += 1
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one JSON file."""
    lost = LossList(KEY)
    add_unheld(lost, plan, CARRIES, done_about(options))
    for event in plan.events:
        for name, kind in types_not_held(event.properties):
            lost.add(event.name, f"property {shown(name)}: type {kind}", "written as it is; parameters have one type")
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, KEY)
    events = [_event(event, options) for event in plan.events if _has_place(event, lost)]
    whole = joined(_plain_around(plan.name, plan.description), kept.get("around"))
    whole |= {"events": with_others(events, kept.get("others", ()))}
    return Written(
        with_beside({FILE: write_json(whole, json_style(kept.get("text")))}, plan, options), tuple(lost.losses)
    )


def _events(value: Any) -> list[dict[str, Any]]:
    events = at_path(value, ("events",))
    return [each for each in events if isinstance(each, dict)] if isinstance(events, list) else []


def _text(value: Any, key: str) -> str:
    found = at_path(value, ("document", key))
    return found if isinstance(found, str) else ""


def _plain_around(name: str, description: str) -> dict[str, Any]:
    document = {"title": name} | ({"scope": description} if description else {})
    return {"schema_version": "5.0.0", "document": document, "events": []}


def _read_event(reading: PlanReading, source: Any, at: Place, place: int) -> None:
    name = source.get("event_name") if isinstance(source, dict) else None
    if not isinstance(name, str) or not name.strip():
        reading.extra[KEY].setdefault("others", []).append([place, source])
        reading.leave_out(at, "an entry of “events”", "It has no “event_name”.")
        return
    description = source.get("definition")
    event = EventReading(name, description=description if isinstance(description, str) else "", place=at)
    event.practice = practice_of_description(event.description)
    if event.practice is None and isinstance(at_path(source, _PUSH), dict):
        event.practice = Practice("client", "data_layer.push")
    kept: dict[str, Any] = {}
    parameters = source.get("parameters")
    found = read_parameters(parameters, KEY)
    if found is None and isinstance(parameters, list) and all(isinstance(each, str) for each in parameters):
        found = [PropertyReading(each) for each in parameters]
        kept["names"] = True
    if found is not None:
        event.properties, source = found, source | {"parameters": []}
    elif "parameters" in source:
        reading.warn(at, f"The parameters of {name} were not understood, and are only kept.")
    if at_path(source, _PUSHED_NAME) == name:
        kept["pushed"] = True
        source = filled(source, _PUSHED_NAME, None)
    kept["event"] = remainder(_plain(event), source)
    event.extra = {KEY: given} if (given := {key: value for key, value in kept.items() if value}) else {}
    reading.events.append(event)


def _plain(event: Event | EventReading) -> dict[str, Any]:
    """Return an event, with the place of its parameters empty."""
    described = {"definition": event.description} if event.description else {}
    return {"event_name": event.name, "classification": "custom", **described, "parameters": []}


def _event(event: Event, options: WriteOptions) -> dict[str, Any]:
    kept = format_extra(event, KEY)
    whole = joined(_plain(event), kept.get("event"))
    if event.properties:
        names = [each.name for each in event.properties]
        is_list = kept.get("names") and event.properties == tuple(Property(name=name) for name in names)
        whole |= {"parameters": names if is_list else write_parameters(event.properties, KEY)}
    if options.verdict:
        whole |= {"definition": with_verdict_line(event.description, placement_in_force(event))}
    return filled(whole, _PUSHED_NAME, event.name) if kept.get("pushed") else whole


def _has_place(event: Event, lost: LossList) -> bool:
    if event.call == "track":
        return True
    lost.add(event.name, f"the event: such a plan has no {event.call} calls")
    return False


FORMAT = Format(
    key=KEY,
    title="GA4 tracking plan, JSON",
    fidelity="lossless",
    looked_for="an object with a list “events” of objects with “event_name” and “parameters”",
    recognise=recognise,
    read=read,
    write=write,
    carries=CARRIES,
)
