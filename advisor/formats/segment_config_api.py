"""Segment's tracking plan as the Config API had it, and as Typewriter 7 keeps it: ``rules`` is an object of blocks.

Its events hold the same schemas as the Public API, under ``rules``; identify, group and the rule for every event are blocks of
their own. A description is at the event, in its schema, or in both: the plan has one, and it is written where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Path, Place, pointer, refusal, shown
from advisor.formats.plan_losses import add_version_loss
from advisor.formats.reading import PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.segment_rules import (
    COMMON,
    NAMESPACE,
    RuleText,
    read_event,
    read_schema,
    read_version,
)
from advisor.formats.segment_writing import (
    add_name_loss,
    has_place,
    insert_all,
    schema_of,
    schema_of_every_event,
    text_of,
    version_of,
)
from advisor.model import UNTITLED, CallType, Event, Plan

KEY = "segment-config-api"
FILE = "plan.json"
_OWN = "config"
"""The key of this format's own data under ``extra.segment``."""
_BLOCKS: dict[str, CallType] = {"identify": "identify", "group": "group"}
_EVERY_EVENT = "global"
_ONLY_HERE = ("identify_traits", "group_traits", _EVERY_EVENT, *_BLOCKS)


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are of the Config API; None if they are not."""
    marks: set[str] = set()
    sure = False
    for _, value in tree.json_values():
        rules = value.get("rules") if isinstance(value, dict) else None
        if not isinstance(rules, dict) or not isinstance(rules.get("events"), list):
            continue
        if any(isinstance(event, dict) and ("eventType" in event) for event in rules["events"]):
            continue
        if any(isinstance(event, dict) and isinstance(event.get("rules"), dict) for event in rules["events"]):
            marks.add("a list “rules.events” of objects with “rules”")
        if found := [key for key in _ONLY_HERE if key in rules]:
            marks.add(f"“rules.{found[0]}”")
            sure = True
        if str(value.get("name", "")).startswith("workspaces/") or "display_name" in value:
            marks.add("a “display_name”, or a name that begins with workspaces/")
            sure = True
    return Recognition(Confidence.CERTAIN if sure else Confidence.LIKELY, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in all files of a tree; the first one is taken for the plan as a whole. Raises `FormatError`."""
    reading = PlanReading(KEY)
    files = [file for file in tree.files if len(tree.files) == 1 or not is_beside(file)]
    for number, file in enumerate(files):
        value = file.json.value
        rules = value.get("rules") if isinstance(value, dict) else None
        if not isinstance(rules, dict):
            raise refusal(file.place, "There is no object “rules” in this file.")
        if number == 0:
            _read_plan(reading, file)
        _read_blocks(reading, rules, file)
        _read_events(reading, rules.get("events"), file)
        if number == 0:
            _keep_plan(reading, file)
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one JSON file."""
    lost = LossList(NAMESPACE)
    lost.add_plan(plan)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, NAMESPACE).get(_OWN, {})
    blocks = _written_blocks(plan, options, lost)
    tracked = [event for event in plan.events if event.call not in blocks]
    events = [_written_event(event, options, lost) for event in tracked if has_place(event, ("track",), lost)]
    insert_all(events, kept.get("others", ()))
    whole = joined(_plain_plan(plan.name, plan.description, blocks), kept.get("kept"))
    rules = whole["rules"] | blocks
    if events or isinstance(rules.get("events"), list):
        rules["events"] = events
    whole |= {"rules": rules}
    return Written({FILE: write_json(whole, json_style(kept.get("text")))}, tuple(lost.losses))


def _read_plan(reading: PlanReading, file: SourceFile) -> None:
    value = file.json.value
    name, description = value.get("display_name"), value.get("description")
    reading.name = name if isinstance(name, str) and name.strip() else ""
    reading.description = description if isinstance(description, str) else ""
    reading.extra[NAMESPACE] = {_OWN: {}}


def _keep_plan(reading: PlanReading, file: SourceFile) -> None:
    """Keep what of the plan as a whole has no place, with the place of each block that was read empty."""
    value = file.json.value
    own = reading.extra[NAMESPACE][_OWN]
    read = {event.call for event in reading.events} | (
        {_EVERY_EVENT} if "common" in reading.extra[NAMESPACE] else set()
    )
    blocks: dict[str, Any] = {name: {} for name in (*_BLOCKS, _EVERY_EVENT) if name in read}
    plain = _plain_plan(reading.name or UNTITLED, reading.description, blocks)
    rules = value["rules"] | blocks | ({"events": []} if isinstance(value["rules"].get("events"), list) else {})
    kept = {"kept": remainder(plain, value | {"rules": rules}), "text": to_builtins(file.json.style)}
    own |= {key: each for key, each in kept.items() if each}


def _plain_plan(name: str, description: str, blocks: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plan, with the places of its events and blocks empty."""
    rules: dict[str, Any] = {"events": []} | {name: {} for name in (_EVERY_EVENT, *_BLOCKS) if name in blocks}
    said = {"description": description} if description else {}
    return {"display_name": name, **said, "rules": rules}


def _read_blocks(reading: PlanReading, rules: dict[str, Any], file: SourceFile) -> None:
    """Read identify, group and the rule for every event: they come first, so that events can be added at the end."""
    for name in (_EVERY_EVENT, *_BLOCKS):
        schema = rules.get(name)
        path: Path = ("rules", name)
        at = Place(file.path, pointer=pointer(path))
        taken = "common" in reading.extra[NAMESPACE]
        if isinstance(schema, dict) and name in _BLOCKS:
            reading.events.append(read_event(reading, _BLOCKS[name], None, schema, at, path))
        elif isinstance(schema, dict) and not taken:
            found = read_schema(reading, schema, RuleText(COMMON), file.path, path)
            reading.common = found.properties
            reading.extra[NAMESPACE]["common"] = found.kept
        elif name in rules:
            reason = "It is no object." if not isinstance(schema, dict) else "Another file has one, too."
            reading.leave_out(at, f"the block {shown(name)}", reason)


def _read_events(reading: PlanReading, events: Any, file: SourceFile) -> None:
    others: list[Any] = reading.extra[NAMESPACE][_OWN].setdefault("others", [])
    for index, value in enumerate(events if isinstance(events, list) else ()):
        path: Path = ("rules", "events", index)
        if reason := _why_left_out(value):
            others.append([index, value])
            named = value.get("name") if isinstance(value, dict) else None
            what = f"event {shown(named)}" if isinstance(named, str) and named else "an entry of “rules.events”"
            reading.leave_out(Place(file.path, pointer=pointer(path)), what, reason)
        else:
            _read_event(reading, value, file, path)
    if not others:
        del reading.extra[NAMESPACE][_OWN]["others"]


def _why_left_out(value: Any) -> str:
    if not isinstance(value, dict):
        return "It is no object."
    if not isinstance(value.get("rules"), dict):
        return "It has no “rules” that are an object."
    name = value.get("name")
    return "" if isinstance(name, str) and name.strip() else "It has no name."


def _read_event(reading: PlanReading, value: dict[str, Any], file: SourceFile, path: Path) -> None:
    """Add an event. The schema is read as if it said what the event says, so that it says so in other formats, too."""
    schema = value["rules"]
    own, inner = value.get("description"), schema.get("description")
    places = [where for where, text in (("event", own), ("schema", inner)) if isinstance(text, str) and text.strip()]
    description = own if "event" in places else inner if "schema" in places else ""
    kept: dict[str, Any] = {"described": places} if places != ["event", "schema"] else {}
    if len(places) == 2 and own != inner:
        kept["schema_description"] = inner
    if "event" in places and isinstance(schema.get("description", ""), str):
        schema = _with_description(schema, str(description))
    at = Place(file.path, pointer=pointer(path))
    event = read_event(reading, "track", value["name"], schema, at, (*path, "rules"))
    event.name = value["name"]
    event.description = str(description)
    event.version = read_version(value.get("version"))
    plain = _plain_event(event.name, event.description if "event" in places else "", event.version)
    kept |= {"event": remainder(plain, value | {"rules": {}})}
    if own_data := {key: each for key, each in kept.items() if each or key == "described"}:
        event.extra = {NAMESPACE: event.extra.get(NAMESPACE, {}) | {_OWN: own_data}}
    reading.events.append(event)


def _with_description(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """Return a schema with this description, in the usual place if it had none."""
    if "description" in schema:
        return schema | {"description": description}
    before = next((key for key in ("type", "$id", "$schema") if key in schema), None)
    members: dict[str, Any] = {} if before else {"description": description}
    for key, value in schema.items():
        members[key] = value
        if key == before:
            members["description"] = description
    return members


def _plain_event(name: str, description: str, version: int | None) -> dict[str, Any]:
    """Return an event, with the place of its schema empty."""
    said = {"description": description} if description else {}
    return {"name": name, **said, "version": 1 if version is None else version, "rules": {}}


def _written_event(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    kept = format_extra(event, NAMESPACE).get(_OWN, {})
    places = kept.get("described") or ["event", "schema"]
    version = version_of(event, lost)
    plain = _plain_event(event.name, event.description if "event" in places else "", version)
    text = text_of(event, options, lost)
    if "schema" not in places:
        text = replace(text, description="")
    elif "schema_description" in kept:
        text = replace(text, description=kept["schema_description"])
    return joined(plain, kept.get("event")) | {"rules": schema_of(event, text, options, lost)}


def _written_blocks(plan: Plan, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    """Return the blocks of a plan by name; a second event for a block is lost."""
    blocks: dict[str, Any] = {}
    kept = format_extra(plan, NAMESPACE)
    if plan.common or "common" in kept:
        blocks[_EVERY_EVENT] = schema_of_every_event(plan, kept.get("common", {}))
    for event in plan.events:
        if event.call in _BLOCKS and event.call in blocks:
            lost.add(event.name, f"the event: there is one block for {event.call} calls")
        elif event.call in _BLOCKS:
            schema = schema_of(event, text_of(event, options, lost), options, lost)
            add_name_loss(event, None, schema, lost)
            add_version_loss(event, lost)
            blocks[event.call] = schema
    return blocks


FORMAT = Format(
    key=KEY,
    title="Segment Config API, JSON",
    fidelity="lossless",
    looked_for="an object with “rules.events” whose entries have “rules”",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
)
