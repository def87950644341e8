"""PostHog's plan as its API replies with it: event definitions, and groups of properties that events are joined to.

Three replies belong together: ``event_definitions``, ``schema_property_groups`` and ``event_schemas``, which joins an event and a
group. One alone gives names or groups. The file of the Schema Enforcer app is read as well.
"""

from __future__ import annotations

from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import Carried, Confidence, Format, Recognition, WriteOptions
from advisor.formats.json_paths import filled, with_others
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, is_beside, with_beside
from advisor.formats.places import refusal, shown
from advisor.formats.plan_losses import add_same_event_losses
from advisor.formats.posthog_groups import GroupsToWrite
from advisor.formats.posthog_properties import CALLS, KEY, NOT_TYPED, plain_event, plain_property, written_property
from advisor.formats.posthog_reading import ENFORCER, FILES, ReplyReader, kind_of
from advisor.formats.reading import PlanReading
from advisor.formats.remainder import joined
from advisor.formats.tags import add_other_labels, tags_of, with_verdict
from advisor.formats.unheld import add_unheld
from advisor.model import Event, Plan, placement_in_force

CARRIES: frozenset[Carried] = frozenset({"calls", "labels", "properties", "descriptions", "types", "required"})


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are PostHog's; None if they are not."""
    found = {kind[0] for _, value in tree.json_values() if (kind := kind_of(value))}
    marks = tuple(FILES[kind][1] for kind in FILES if kind in found)
    return Recognition(Confidence.CERTAIN, marks) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the replies of a tree. Raises `FormatError`."""
    files = [file for file in tree.files if len(tree.files) == 1 or not is_beside(file)]
    known = [(file, kind) for file in files if (kind := kind_of(file.json.value))]
    if not known:
        raise refusal(tree.place, "There is no list of event definitions or property groups in this file.")
    reader = ReplyReader(PlanReading(KEY))
    reader.read(known)
    fill_from_beside(reader.reading, tree)
    return reader.reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as the replies that it came in, and those that it needs besides."""
    lost = LossList(KEY)
    done = done_about(options)
    add_unheld(lost, plan, CARRIES, done)
    add_same_event_losses(plan, lost, "written as the same definition")
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, KEY)
    events = [event for event in plan.events if _has_place(event, lost, done)]
    groups = GroupsToWrite(events, kept, lost)
    contents = {
        "definitions": [_definition(event, options, lost) for event in events if _is_defined(event)],
        "groups": groups.groups(),
        "links": groups.links(),
    }
    kinds = {file["kind"] for file in kept.get("files", ())}
    if ENFORCER in kinds:
        _add_enforcer_losses(lost, events, done)
    if kinds != {ENFORCER}:
        _add_type_losses(lost, events)
    files: dict[str, bytes] = {}
    for file in kept.get("files", ()):
        entries: Any = _enforced(events) if file["kind"] == ENFORCER else contents.pop(file["kind"])
        entries = entries if file["kind"] == ENFORCER else with_others(entries, file.get("others", ()))
        whole = filled(file["around"], tuple(file["path"]), entries)
        files[file["file"]] = write_json(whole, json_style(file.get("text")))
    if ENFORCER not in kinds:
        for kind in ("definitions", "links"):
            if contents.get(kind) or (kind == "definitions" and not files):
                files[FILES[kind][0]] = write_json({"results": contents[kind]})
    return Written(with_beside(files, plan, options), tuple(lost.losses))


def _is_defined(event: Event) -> bool:
    """Return whether an event has a definition, or needs one because of what only definitions hold."""
    return "undefined" not in format_extra(event, KEY) or bool(event.description or event.labels)


def _definition(event: Event, options: WriteOptions, lost: LossList) -> dict[str, Any]:
    add_other_labels(lost, event)
    tags = with_verdict(tags_of(event), placement_in_force(event)) if options.verdict else tags_of(event)
    return joined(plain_event(event, tags), format_extra(event, KEY).get("definition"))


def _add_type_losses(lost: LossList, events: list[Event]) -> None:
    for event in events:
        for prop in event.properties:
            word = plain_property(prop)["property_type"]
            if word != NOT_TYPED.get(prop.type, ""):
                lost.add(event.name, f"property {shown(prop.name)}: type {prop.type}", f"written as {word}")


def _enforced(events: list[Event]) -> dict[str, Any]:
    """Return the schemas of the Schema Enforcer."""
    found: dict[str, Any] = {}
    for event in events:
        whole = joined({"schema": {}}, format_extra(event, KEY).get("enforced"))
        if event.properties or "schema" in whole:
            whole |= {"schema": {prop.name: written_property(prop, enforced=True) for prop in event.properties}}
        found[event.name] = whole
    return found


def _add_enforcer_losses(lost: LossList, events: list[Event], done: str) -> None:
    for event in events:
        if event.description or event.labels:
            lost.add(event.name, "its description and tags: the Schema Enforcer has only properties", done)
        for prop in event.properties:
            if prop.description:
                lost.add(event.name, f"property {shown(prop.name)}: description", done)
            if prop.type != "any" and written_property(prop, enforced=True).get("type") != prop.type:
                lost.add(event.name, f"property {shown(prop.name)}: type {prop.type}", done)


def _has_place(event: Event, lost: LossList, done: str) -> bool:
    if event.call == "track" or event.name in CALLS:
        return True
    lost.add(event.name, f"the event: PostHog has only events of its own names for {event.call} calls", done)
    return False


FORMAT = Format(
    key=KEY,
    title="PostHog API replies, JSON",
    fidelity="lossless",
    looked_for="a list “results” of event definitions, property groups or event schemas",
    recognise=recognise,
    read=read,
    write=write,
    carries=CARRIES,
)
