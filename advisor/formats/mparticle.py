"""mParticle's data plan as its API and its download have it: one version, or a plan with its versions.

An entry of ``data_points`` names what it matches (``match``) and has a JSON Schema (``validator``). Fields of events are under
``custom_attributes``; those of users are in the schema itself. Other sections, such as products, are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import EVERYTHING, Confidence, Format, Recognition, WriteOptions
from advisor.formats.json_paths import at_path, filled, with_others
from advisor.formats.losses import LossList, Written
from advisor.formats.mparticle_points import Point, default_point, has_section, point_of, read_fields, write_fields
from advisor.formats.own_slot import done_about, fill_from_beside, is_beside, with_beside
from advisor.formats.places import Path, Place, pointer, refusal
from advisor.formats.plan_losses import add_twin_losses
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.unheld import add_unheld
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import UNTITLED, Event, Plan, placement_in_force

KEY = "mparticle"
FILE = "data-plan.json"
CARRIES = EVERYTHING - {"common", "versions", "labels", "owners", "sensitive"}
MAX_POINTS = 1_000
"""The most points of a plan in mParticle."""
_VERSION: Path = ("version_document", "data_points")
_VERSIONS = "data_plan_versions"


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are mParticle's; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        points = at_path(value, _points_path(value) or ())
        if isinstance(points, list) and any(point_of(each) for each in points):
            marks.add("a list “data_points” whose entries have “match”")
            marks |= {f"the key “{key}”" for key in ("data_plan_id", "activated_environment") if key in value}
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan; of several versions the latest. Raises `FormatError`."""
    reading = PlanReading(KEY)
    place = 0
    for number, file in enumerate(each for each in tree.files if len(tree.files) == 1 or not is_beside(each)):
        value = file.json.value
        path = _points_path(value)
        if path is None:
            raise refusal(file.place, "There is no list “data_points” in this file.")
        if number == 0:
            reading.name, reading.description = _texts(value, path)
            around = {"around": filled(value, path, []), "path": list(path)}
            reading.extra[KEY] = around | {"text": to_builtins(file.json.style)}
        _warn_of_other_versions(reading, value, path, file.path)
        for index, point in enumerate(at_path(value, path)):
            _read_point(reading, point, file.path, (*path, index), place)
            place += 1
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one JSON file: in what it came in, else as one version."""
    lost = LossList(KEY)
    add_unheld(lost, plan, CARRIES, done_about(options))
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, KEY)
    points = [point for event in plan.events if (point := _point(event, options, lost)) is not None]
    points = with_others(points, kept.get("others", ()))
    if len(points) > MAX_POINTS:
        lost.add("", f"{len(points):,} data points: mParticle takes {MAX_POINTS:,}", "written all the same")
    path: Path = tuple(kept.get("path", _VERSION))
    whole = filled(_around(plan, kept.get("around"), path, lost), path, points)
    return Written(
        with_beside({FILE: write_json(whole, json_style(kept.get("text")))}, plan, options), tuple(lost.losses)
    )


def _points_path(value: Any) -> Path | None:
    """Return where the points are: in the version that a file holds, or in the latest of its versions."""
    for path in (_VERSION, ("data_points",)):
        if isinstance(at_path(value, path), list):
            return path
    versions = value.get(_VERSIONS) if isinstance(value, dict) else None
    numbered = [
        (_number(version), index)
        for index, version in enumerate(versions if isinstance(versions, list) else ())
        if isinstance(at_path(version, _VERSION), list)
    ]
    return (_VERSIONS, max(numbered)[1], *_VERSION) if numbered else None


def _number(version: Mapping[str, Any]) -> int:
    number = version.get("version")
    return number if isinstance(number, int) else 0


def _warn_of_other_versions(reading: PlanReading, value: Any, path: Path, file: str) -> None:
    versions = value[_VERSIONS] if path[0] == _VERSIONS else ()
    if len(versions) > 1:
        at = Place(file, pointer=pointer(path[:2]))
        reading.warn(at, f"The plan has {len(versions):,} versions. The latest is read; the others are only kept.")


def _texts(around: Any, path: Path) -> tuple[str, str]:
    """Return the name and the description of a plan."""
    name = next((text for key in ("data_plan_name", "data_plan_id") if (text := _text(around, key)).strip()), "")
    return name, _text(around, _description_key(path))


def _description_key(path: Path) -> str:
    return "data_plan_description" if path[0] == _VERSIONS else "version_description"


def _text(value: Any, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _around(plan: Plan, around: Any, path: Path, lost: LossList) -> dict[str, Any]:
    """Return what is around the points, with the plan's name and description where they were changed."""
    if around is None:
        identifier = re.sub(r"[^a-z0-9]+", "_", plan.name.casefold()).strip("_")
        around = {"version": 1, "data_plan_id": identifier or "plan", "version_description": plan.description}
        around |= {"activated_environment": "none", "version_document": {"data_points": []}}
    name, description = _texts(around, path)
    changes: dict[str, Any] = {}
    if plan.description != description:
        changes[_description_key(path)] = plan.description
    if plan.name not in (name, UNTITLED) and "data_plan_name" in around:
        changes["data_plan_name"] = plan.name
    elif plan.name not in (name, UNTITLED):
        lost.add("", "the name of the plan: a version has only an id")
    whole: dict[str, Any] = around | changes
    return whole


def _read_point(reading: PlanReading, source: Any, file: str, path: Path, place: int) -> None:
    at = Place(file, pointer=pointer(path))
    point = point_of(source)
    if point is None:
        reading.extra[KEY].setdefault("others", []).append([place, source])
        reading.leave_out(at, "an entry of “data_points”", "It does not say what it matches.")
        return
    found = read_fields(source, point, (*path, "validator", "definition"))
    description = _text(source, "description")
    event = EventReading(point.name, point.call, description=description, properties=found.properties, place=at)
    event.practice = practice_of_description(description)
    for where, reference in found.unresolved:
        reading.warn(Place(file, pointer=pointer(where)), f"The reference {reference} was not followed.")
    kept = {
        "type": None if point == default_point(event) else point.kind,
        "section": has_section(found.source, point) and not event.properties,
        "fields": found.kept,
        "point": remainder(_plain(event, point, section=has_section(found.source, point)), found.source),
    }
    event.extra = {KEY: given} if (given := {key: value for key, value in kept.items() if value}) else {}
    reading.events.append(event)


def _point(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any] | None:
    """Return the entry of an event; None if mParticle has none for its call."""
    kept = format_extra(event, KEY)
    usual = default_point(event)
    point = Point.of_kind(kept["type"], event.name) if "type" in kept else usual
    if point is None or point.call != event.call:
        point = usual
    if point is None:
        lost.add(event.name, f"the event: there are no data points for {event.call} calls")
        return None
    if event.call == "page":
        lost.add(event.name, "that it is a page", "written as a screen view")
    if not point.criterion and point.name != event.name:
        lost.add(event.name, "its name: a data point of users has none")
    add_twin_losses(event, lost)
    section = bool(event.properties or kept.get("section"))
    written = joined(_plain(event, point, section=section), kept.get("point"))
    if options.verdict:
        written |= {"description": with_verdict_line(event.description, placement_in_force(event))}
    return write_fields(written, point, event.properties, kept) if section else written


def _plain(event: Event | EventReading, point: Point, *, section: bool) -> dict[str, Any]:
    """Return the entry of an event, with the place of its fields empty."""
    definition = point.definition(any(each.required for each in event.properties), section=section)
    return {
        "description": event.description,
        "match": {"type": point.kind, "criteria": point.criteria},
        "validator": {"type": "json_schema", "definition": definition},
    }


FORMAT = Format(
    key=KEY,
    title="mParticle data plan, JSON",
    fidelity="lossless",
    looked_for="an object with a list “data_points” under “version_document”, whose entries have “match”",
    recognise=recognise,
    read=read,
    write=write,
    carries=CARRIES,
)
