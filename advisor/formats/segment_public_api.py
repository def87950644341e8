"""Segment's tracking plan as its Public API has it: the whole plan, a bare list of rules, or a reply of the API.

`advisor.formats.typewriter` uses `read_rules` and `write_rules` for the same file with flat schemas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from advisor.formats.pointer_files import only_points
from advisor.formats.reading import PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.segment_rules import (
    CALLS,
    COMMON,
    NAMESPACE,
    TYPES,
    RuleText,
    event_name,
    read_event,
    read_schema,
    read_version,
    rule_key,
)
from advisor.formats.segment_writing import (
    ALL_CALLS,
    add_name_loss,
    has_place,
    insert_all,
    is_flat,
    schema_of,
    schema_of_every_event,
    text_of,
    version_of,
)
from advisor.model import UNTITLED, Event, Plan

KEY = "segment-public-api"
FILE = "plan.json"


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Segment's; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        rules = [rule for rule in rules_of(value) if isinstance(rule, dict) and "jsonSchema" in rule and "type" in rule]
        if rules:
            marks.add("a list “rules” of objects with “type” and “jsonSchema”")
        if any(rule["type"] in (*CALLS, COMMON) for rule in rules):
            marks.add("rules of Segment’s types, such as TRACK")
        if rules and str(value.get("id", "")).startswith("tp_"):
            marks.add("an id that begins with tp_")
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in all files of a tree; the first one's wrapping is kept. Raises `FormatError`."""
    reading = PlanReading(KEY)
    beside = {file for file in tree.files if len(tree.files) > 1 and (is_beside(file) or only_points(file))}
    read_rules(reading, [file for file in tree.files if file not in beside])
    fill_from_beside(reading, tree)
    return reading


def read_rules(reading: PlanReading, files: Sequence[SourceFile]) -> None:
    """Add the rules in all files to a reading. Raises `FormatError`."""
    count = 0
    if not files:
        raise refusal(Place(), "There is no list “rules” in these files.")
    for number, file in enumerate(files):
        value = file.json.value
        where = _rules_path(value)
        if where is None:
            raise refusal(file.place, "There is no list “rules” in this file, neither at the top nor under “data”.")
        if number == 0:
            _read_wrapper(reading, file, where)
        for index, rule in enumerate(rules_of(value)):
            _read_rule(reading, rule, file, (*where, index), count)
            count += 1
    _warn_of_more_pages(reading, files[0], count)


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one JSON file, in the wrapping that it came in. Schemas of Typewriter are wrapped again."""
    return write_rules(plan, options, flat=False)


def write_rules(plan: Plan, options: WriteOptions, *, flat: bool) -> Written:
    """Return the plan as one JSON file, with flat schemas or without."""
    lost = LossList(NAMESPACE)
    lost.add_plan(plan)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, NAMESPACE)
    rules = [_event_rule(event, options, lost, flat=flat) for event in plan.events if has_place(event, ALL_CALLS, lost)]
    others = [(place, other) for place, other in kept.get("others", ())]
    if plan.common or "common" in kept:
        others.append((kept.get("common_at"), _rule_of_every_event(plan, kept.get("common", {}))))
    insert_all(rules, others)
    wrapping = kept.get("wrapping", "plan")
    if wrapping != "plan" and plan.name != UNTITLED:
        lost.add("", "the name of the plan")
    whole = joined(_plain_wrapper(wrapping, plan.name, plan.description), kept.get("kept"))
    whole |= {"data": whole["data"] | {"rules": rules}} if wrapping == "reply" else {"rules": rules}
    return Written({FILE: write_json(whole, json_style(kept.get("text")))}, tuple(lost.losses))


def _rules_path(value: Any) -> Path | None:
    if isinstance(value, dict):
        if isinstance(value.get("rules"), list):
            return ("rules",)
        inner = value.get("data")
        if isinstance(inner, dict) and isinstance(inner.get("rules"), list):
            return ("data", "rules")
    return None


def rules_of(value: Any) -> list[Any]:
    """Return the rules in the value of a file, wherever its wrapping has them; none if it has no list of rules."""
    where = _rules_path(value)
    if where is None:
        return []
    found: list[Any] = value["rules"] if where == ("rules",) else value["data"]["rules"]
    return found


def _read_wrapper(reading: PlanReading, file: SourceFile, where: Path) -> None:
    value = file.json.value
    wrapping = "reply" if len(where) > 1 else "plan" if "name" in value else "rules"
    source = value | ({"data": value["data"] | {"rules": []}} if wrapping == "reply" else {"rules": []})
    if wrapping == "plan":
        reading.name = value["name"] if isinstance(value["name"], str) and value["name"].strip() else ""
        reading.description = value["description"] if isinstance(value.get("description"), str) else ""
    kept = {
        "wrapping": wrapping,
        "kept": remainder(_plain_wrapper(wrapping, reading.name or UNTITLED, reading.description), source),
        "text": to_builtins(file.json.style),
    }
    reading.extra[NAMESPACE] = {key: each for key, each in kept.items() if each}


def _plain_wrapper(wrapping: str, name: str, description: str) -> dict[str, Any]:
    if wrapping == "reply":
        return {"data": {"rules": []}}
    if wrapping == "rules":
        return {"rules": []}
    return {"name": name, "description": description, "type": "LIVE", "rules": []}


def _read_rule(reading: PlanReading, rule: Any, file: SourceFile, path: Path, place: int) -> None:
    at = Place(file.path, pointer=pointer(path))
    schema = rule.get("jsonSchema") if isinstance(rule, dict) else None
    kind = rule.get("type") if isinstance(rule, dict) else None
    call = CALLS.get(kind) if isinstance(kind, str) else None
    if isinstance(schema, dict) and kind == COMMON and "common" not in reading.extra[NAMESPACE]:
        found = read_schema(reading, schema, RuleText(COMMON), file.path, (*path, "jsonSchema"))
        reading.common = found.properties
        kept = found.kept | {"rule": remainder(_plain_rule(None, COMMON, 1), rule | {"jsonSchema": {}})}
        reading.extra[NAMESPACE] |= {"common": kept, "common_at": place}
    elif isinstance(schema, dict) and call and event_name(call, rule.get("key"), schema):
        event = read_event(reading, call, rule.get("key"), schema, at, (*path, "jsonSchema"))
        event.version = read_version(rule.get("version"))
        kept = event.extra.get(NAMESPACE, {})
        plain = _plain_rule(rule_key(event, flat="flat" in kept), TYPES[call], event.version)
        if kept_rule := remainder(plain, rule | {"jsonSchema": {}}):
            event.extra = {NAMESPACE: kept | {"rule": kept_rule}}
        reading.events.append(event)
    else:
        reading.extra[NAMESPACE].setdefault("others", []).append([place, rule])
        reading.leave_out(at, _rule_in_words(rule), _why_left_out(rule, schema, call))


def _plain_rule(key: str | None, kind: str, version: int | str | None) -> dict[str, Any]:
    """Return a rule, with the place of its schema empty."""
    return {"key": key, "type": kind, "version": 1 if version is None else version, "jsonSchema": {}}


def _event_rule(event: Event, options: WriteOptions, lost: LossList, *, flat: bool) -> dict[str, Any]:
    kept = format_extra(event, NAMESPACE)
    flat = is_flat(kept, flat=flat)
    rule = joined(_plain_rule(rule_key(event, flat=flat), TYPES[event.call], version_of(event, lost)), kept.get("rule"))
    schema = schema_of(event, text_of(event, options, lost), options, lost, flat=flat)
    add_name_loss(event, rule.get("key"), schema, lost)
    return rule | {"jsonSchema": schema}


def _rule_of_every_event(plan: Plan, kept: Mapping[str, Any]) -> dict[str, Any]:
    rule = joined(_plain_rule(None, COMMON, 1), kept.get("rule"))
    return rule | {"jsonSchema": schema_of_every_event(plan, kept)}


def _rule_in_words(rule: Any) -> str:
    if not isinstance(rule, dict):
        return "an entry of “rules”"
    key = rule.get("key")
    return f"rule {shown(key)}" if isinstance(key, str) and key else "a rule without a name"


def _why_left_out(rule: Any, schema: Any, call: str | None) -> str:
    if not isinstance(rule, dict):
        return "It is no object."
    if not isinstance(schema, dict):
        return "It has no “jsonSchema” that is an object."
    if rule.get("type") == COMMON:
        return "There is another COMMON rule before it; a plan has one list of common properties."
    if call is None:
        return f"Its type {shown(str(rule.get('type')))} is no call of an event."
    return "It has no name."


def _warn_of_more_pages(reading: PlanReading, file: SourceFile, count: int) -> None:
    data = file.json.value.get("data")
    pages = data.get("pagination") if isinstance(data, dict) else None
    total = pages.get("totalEntries") if isinstance(pages, dict) else None
    if isinstance(total, int) and total > count:
        at = Place(file.path, pointer="/data/pagination")
        reading.warn(
            at, f"The plan has {total:,} rules, and these files hold {count:,}. Bring the other pages of the reply too."
        )


FORMAT = Format(
    key=KEY,
    title="Segment Public API, JSON",
    fidelity="lossless",
    looked_for="an object with a list “rules”, or one under “data”, whose entries have “type” and “jsonSchema”",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
)
