"""Segment's tracking plans as resources of Terraform (``segment_tracking_plan``), as people and Segment's Git Sync write them.

A resource holds at most 200 rules, so that a plan may need several. Comments and layout are not kept; all else is: other
blocks, and expressions that only Terraform can evaluate. ``json_schema`` is written as ``jsonencode({…})``, however it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.hcl import HclBlock, HclCall, HclObject
from advisor.formats.carriers.hcl_json import (
    as_json,
    block_json,
    from_json,
    holds_expression,
    is_expression,
    write_block,
)
from advisor.formats.carriers.json_text import parse_json
from advisor.formats.carriers.text import Text
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import FormatError, Place, refusal, shown
from advisor.formats.reading import PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.segment_rules import (
    CALLS,
    COMMON,
    NAMELESS,
    NAMESPACE,
    TYPES,
    RuleText,
    event_name,
    read_event,
    read_schema,
    read_version,
)
from advisor.formats.segment_writing import (
    ALL_CALLS,
    add_name_loss,
    has_place,
    insert_all,
    schema_of,
    schema_of_every_event,
    text_of,
    version_of,
)
from advisor.formats.terraform_expressions import OWN, unknown_texts
from advisor.model import UNTITLED, Event, Plan

KEY = "segment-terraform"
FILE = "tracking-plan.tf"
MAX_RULES = 200
"""How many rules a resource may have."""
_RESOURCE = "segment_tracking_plan"
_RESOURCE_LINE = re.compile(rf'^\s*resource\s+"?{_RESOURCE}"?\s', re.MULTILINE)


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Terraform's; None if they are not."""
    mark = f"a resource “{_RESOURCE}”"
    found = [_is_readable(file) for file in tree.files if _mentions(file)]
    if not found:
        return None
    return Recognition(Confidence.CERTAIN if any(found) else Confidence.LIKELY, (mark,))


def read(tree: FileTree) -> PlanReading:
    """Return the rules of all resources of a tree as one plan; the first one names it. Raises `FormatError`."""
    reading = PlanReading(KEY)
    own: dict[str, Any] = {"files": [], "resources": []}
    reading.extra[NAMESPACE] = {OWN: own}
    for file in tree.files:
        if len(tree.files) > 1 and not _mentions(file):
            if not is_beside(file):
                reading.leave_out(file.place, f"the file {shown(file.path)}", "It has no tracking plan.")
            continue
        own["files"].append([file.path, [_read_block(reading, block) for block in file.hcl.blocks]])
    if not own["resources"]:
        raise refusal(tree.place, f"There is no resource “{_RESOURCE}” in these files.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as files of Terraform: those that it came from, or one."""
    lost = LossList(NAMESPACE)
    lost.add_plan(plan)
    if options.verdict:
        plan = advised(plan)
    came = dict.fromkeys(unknown_texts(replace(plan, name=UNTITLED, description="")))
    for what in came.keys() - dict.fromkeys(unknown_texts(plan)):
        lost.add("", f"{what}: an expression of Terraform", "replaced by what the plan says")
    own = format_extra(plan, NAMESPACE).get(OWN) or _usual_files(plan)
    rules = _rules_of_resources(plan, options, lost, len(own["resources"]))
    files: dict[str, bytes] = {}
    for path, blocks in own["files"]:
        texts: list[str] = []
        for block in blocks:
            if isinstance(block, int):
                resource = _resource(plan, own["resources"][block], first=block == 0)
                texts += map(write_block, _split(resource, rules[block], lost))
            else:
                texts.append(write_block(block))
        files[path] = "\n".join(texts).encode()
    return Written(files, tuple(lost.losses))


def _mentions(file: SourceFile) -> bool:
    try:
        return not file.begins_like_json() and _RESOURCE_LINE.search(file.text.text) is not None
    except FormatError:
        return False


def _is_readable(file: SourceFile) -> bool:
    try:
        return any(block.labels[:1] == (_RESOURCE,) for block in file.hcl.blocks)
    except FormatError:
        return False


def _read_block(reading: PlanReading, block: HclBlock) -> Any:
    """Return a block to be kept; of a plan's resource, its number, and the rest goes to the reading."""
    if block.type != "resource" or block.labels[:1] != (_RESOURCE,):
        return block_json(block)
    resources: list[Any] = reading.extra[NAMESPACE][OWN]["resources"]
    number = len(resources)
    whole = block_json(block)
    attributes = whole.get("attributes", {})
    rules = block.value("rules")
    at = next((each.place for each in block.attributes if each.name == "rules"), block.place)
    if isinstance(rules, list):
        attributes |= {"rules": []}
    elif rules is not None:
        reading.leave_out(at, "the rules", "They are an expression that only Terraform can evaluate.")
    if number == 0:
        name, description = attributes.get("name"), attributes.get("description")
        reading.name = name if isinstance(name, str) and name.strip() else ""
        reading.description = description if isinstance(description, str) else ""
        for what in ("name", "description"):
            if is_expression(attributes.get(what)):
                reading.warn(
                    at, f"The {what} of the plan is an expression that only Terraform can evaluate; it is kept."
                )
        kept = remainder(_plain_resource(reading.name or UNTITLED, reading.description), attributes)
        whole["attributes"] = kept or {}
    resources.append(whole)
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        _read_rule(reading, rule, at, number, index)
    return number


def _plain_resource(name: str, description: str) -> dict[str, Any]:
    said = {"description": description} if description else {}
    return {"name": name, **said, "type": "LIVE", "rules": []}


def _read_rule(reading: PlanReading, rule: Any, at: Place, resource: int, index: int) -> None:
    value = as_json(rule) if isinstance(rule, dict) else {}
    schema = _schema(rule.get("json_schema")) if isinstance(rule, dict) else None
    kind, key = value.get("type"), value.get("key")
    call = CALLS.get(kind) if isinstance(kind, str) else None
    at = rule.place if isinstance(rule, HclObject) else at
    path = ("rules", index, "json_schema")
    if schema is not None and kind == COMMON and "common" not in reading.extra[NAMESPACE]:
        found = read_schema(reading, schema, RuleText(COMMON), at.file, path)
        reading.common = found.properties
        kept = {
            "rule": remainder(_plain_rule(None, COMMON, 1), value | {"json_schema": {}}),
            "at": index,
            "resource": resource,
        }
        reading.extra[NAMESPACE]["common"] = found.kept | {OWN: kept}
    elif schema is not None and call and event_name(call, key, schema):
        event = read_event(reading, call, key, schema, at, path)
        if holds_expression(schema):
            message = (
                f"The schema of {shown(event.name)} holds expressions that only Terraform can evaluate; they are kept."
            )
            reading.warn(at, message)
        event.version = read_version(value.get("version"))
        plain = _plain_rule(None if call in NAMELESS else event.name, TYPES[call], event.version)
        rest = remainder(plain, value | {"json_schema": {}})
        own = {"resource": resource} | ({"rule": rest} if rest else {})
        event.extra = {NAMESPACE: event.extra.get(NAMESPACE, {}) | {OWN: own}}
        reading.events.append(event)
    else:
        reading.extra[NAMESPACE][OWN].setdefault("others", []).append([resource, index, as_json(rule)])
        what = f"rule {shown(key)}" if isinstance(key, str) and key else "a rule without a name"
        reading.leave_out(at, what, _why_left_out(rule, schema, kind, call))


def _schema(value: Any) -> dict[str, Any] | None:
    """Return the schema of a rule: the argument of ``jsonencode``, or the JSON in a string; None for all else."""
    found: Any = None
    if isinstance(value, HclCall) and value.name == "jsonencode" and len(value.arguments) == 1:
        found = as_json(value.arguments[0])
    elif isinstance(value, str):
        try:
            found = parse_json(Text(value, "utf-8")).value
        except FormatError:
            return None
    return found if isinstance(found, dict) and not is_expression(found) else None


def _why_left_out(rule: Any, schema: Any, kind: Any, call: str | None) -> str:
    if not isinstance(rule, dict):
        return "It is no object."
    if schema is None:
        return "Its “json_schema” is neither an object in jsonencode(…) nor JSON in a string."
    if kind == COMMON:
        return "There is another COMMON rule before it; a plan has one list of common properties."
    return "It has no name." if call else f"Its type {shown(str(kind))} is no call of an event."


def _plain_rule(key: str | None, kind: str, version: int | None) -> dict[str, Any]:
    """Return a rule, with the place of its schema empty."""
    named = {} if key is None else {"key": key}
    return {**named, "type": kind, "version": 1 if version is None else version, "json_schema": {}}


def _encoded(rule: dict[str, Any], schema: dict[str, Any], *, own: bool) -> dict[str, Any]:
    """Return a rule with its schema; only one that came from Terraform can hold expressions."""
    return rule | {"json_schema": HclCall("jsonencode", (from_json(schema) if own else schema,))}


def _rules_of_resources(plan: Plan, options: WriteOptions, lost: LossList, count: int) -> list[list[Any]]:
    """Return the rules of each resource; those of events that came from elsewhere go to the last one."""
    kept = format_extra(plan, NAMESPACE)
    rules: list[list[Any]] = [[] for _ in range(count)]
    for event in plan.events:
        if has_place(event, ALL_CALLS, lost):
            number = format_extra(event, NAMESPACE).get(OWN, {}).get("resource", count - 1)
            rules[min(number, count - 1)].append(_event_rule(event, options, lost))
    others: list[list[tuple[int | None, Any]]] = [[] for _ in range(count)]
    for number, place, other in kept.get(OWN, {}).get("others", ()):
        others[number].append((place, other))
    common = kept.get("common", {})
    if plan.common or common:
        own = common.get(OWN, {})
        rule = joined(_plain_rule(None, COMMON, 1), own.get("rule"))
        encoded = _encoded(rule, schema_of_every_event(plan, common), own=bool(own))
        others[min(own.get("resource", 0), count - 1)].append((own.get("at"), encoded))
    for found, more in zip(rules, others, strict=True):
        insert_all(found, more)
    return rules


def _event_rule(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    own = format_extra(event, NAMESPACE).get(OWN, {})
    key = None if event.call in NAMELESS else event.name
    rule = joined(_plain_rule(key, TYPES[event.call], version_of(event, lost)), own.get("rule"))
    text = text_of(event, options, lost)
    came = format_extra(event, NAMESPACE).get("schema", {}).get("rest", {}).get("labels")
    if text.labels and is_expression(came):
        lost.add(event.name, "labels: an expression of Terraform", "replaced by the labels of the plan")
    schema = schema_of(event, text, options, lost)
    add_name_loss(event, rule.get("key"), schema, lost)
    return _encoded(rule, schema, own=bool(own))


def _usual_files(plan: Plan) -> dict[str, Any]:
    """Return the files of a plan that came from elsewhere: one, with one resource."""
    label = re.sub(r"[^a-z0-9]+", "_", plan.name.lower()).strip("_")
    label = label if label[:1].isalpha() else f"plan_{label}".rstrip("_")
    return {"files": [[FILE, [0]]], "resources": [{"type": "resource", "labels": [_RESOURCE, label]}]}


def _resource(plan: Plan, kept: dict[str, Any], *, first: bool) -> dict[str, Any]:
    if not first:
        return kept
    attributes = joined(_plain_resource(plan.name, plan.description), kept.get("attributes"))
    return kept | {"attributes": attributes}


def _split(resource: dict[str, Any], rules: list[Any], lost: LossList) -> Iterator[dict[str, Any]]:
    """Yield a resource with its rules, and more resources for those above `MAX_RULES`."""
    attributes = resource.get("attributes", {})
    if rules or attributes.get("rules") == []:
        yield resource | {"attributes": attributes | {"rules": rules[:MAX_RULES]}}
    else:
        yield resource
    for number, start in enumerate(range(MAX_RULES, len(rules), MAX_RULES), 2):
        labels = [*resource["labels"][:-1], f"{resource['labels'][-1]}_{number}"]
        attributes = {"name": f"{attributes.get('name', UNTITLED)} ({number})", "type": "LIVE"}
        yield {"type": "resource", "labels": labels, "attributes": attributes | {"rules": rules[start:][:MAX_RULES]}}
    if len(rules) > MAX_RULES:
        count = -(-len(rules) // MAX_RULES)
        lost.add("", f"more than {MAX_RULES} rules in one plan", f"written as {count} plans; common properties in one")


FORMAT = Format(
    key=KEY,
    title="Segment for Terraform",
    fidelity="stable",
    looked_for=f"a resource “{_RESOURCE}” in HCL",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
    takes=every_file,
)
