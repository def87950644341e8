"""Writes a plan as a project of rudder-cli: edits the files that it came from, or makes three.

First every event and property gets its definition (`advisor.formats.rudder_editing`). Then the rules are written with the
references that were found, in the order of the plan.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.yaml_layout import kept_yaml_style, take
from advisor.formats.carriers.yaml_write import Laid, write_yaml
from advisor.formats.extra import format_extra
from advisor.formats.format import WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, with_beside
from advisor.formats.places import shown
from advisor.formats.remainder import joined, remainder
from advisor.formats.rudder_definitions import lost_constraints
from advisor.formats.rudder_editing import EventDefinitions, PropertyDefinitions
from advisor.formats.rudder_project import EVENTS, PLANS, PROPERTIES, RudderDocument, RudderProject, slug
from advisor.formats.rudder_refusals import add_refusals, add_refused_definitions
from advisor.formats.rudder_rules import CALLS, NAMESPACE, plain_entry, plain_plan, plain_rule, plan_texts
from advisor.formats.verdict_line import with_verdict_line
from advisor.model import UNTITLED, Event, Plan, Property, placement_in_force


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the files of a project."""
    lost = LossList(NAMESPACE)
    lost.add_plan(plan, done_about(options))
    if plan.common:
        lost.add("", "the properties of every event", done_about(options))
    events = [event for event in (advised(plan) if options.verdict else plan).events if _has_type(event, lost)]
    for event in events:
        _add_losses(event, options, lost)
    add_refusals(plan, events, lost)
    project = _project(plan)
    described = {id(event): _description(event, options) for event in events}
    references = EventDefinitions(project, _document(project, plan, EVENTS), lost, described).refer(events)
    properties = PropertyDefinitions(project, _document(project, plan, PROPERTIES), lost)
    properties.refer(events)
    add_refused_definitions((item for _, _, item in project.definitions(PROPERTIES)), lost)
    _write_plan(project, plan)
    _write_rules(project, plan, events, references, properties, lost)
    files = {each.path: write_yaml(each.value, each.style, each.layout) for each in project.documents}
    return Written(with_beside(files, plan, options), tuple(lost.losses))


def _project(plan: Plan) -> RudderProject:
    """Return a copy of the project that a plan came from, in which each definition has its own layout."""
    documents = []
    for kept in copy.deepcopy(format_extra(plan, NAMESPACE).get("documents", [])):
        document = RudderDocument(
            kept["path"], kept["value"], kept.get("layout", {}), kept_yaml_style(kept.get("style"))
        )
        if document.items and document.kind not in PLANS:
            document.spec[document.list_key] = [
                Laid(item, take(document.layout, ("spec", document.list_key, index)))
                if isinstance(item, dict)
                else item
                for index, item in enumerate(document.items)
            ]
        documents.append(document)
    return RudderProject(documents)


def _document(project: RudderProject, plan: Plan, *kinds: str) -> RudderDocument:
    """Return the first file of these kinds; one of the last kind is made if there is none, of the version of the others."""
    for kind in kinds:
        if found := project.document(kind):
            return found
    kind = kinds[-1]
    group = slug(plan.name)
    spec: dict[str, Any] = {kind: []}
    if kind in PLANS:
        spec = {"id": group, **plain_plan(plan.name, plan.description), "rules": []}
    first = project.documents[0] if project.documents else None
    version = first.value["version"] if first else "rudder/v1"
    if kind in PLANS and first and first.is_old:
        kind = "tp"
    value = {"version": version, "kind": kind, "metadata": {"name": first.group if first else group}, "spec": spec}
    made = RudderDocument(_free_path(project, f"{kinds[-1]}.yaml"), value)
    project.documents.append(made)
    return made


def _free_path(project: RudderProject, path: str) -> str:
    taken = {each.path for each in project.documents}
    while path in taken:
        path = f"more-{path}"
    return path


def _description(event: Event, options: WriteOptions) -> str:
    return with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description


def _has_type(event: Event, lost: LossList) -> bool:
    if event.call in CALLS:
        return True
    lost.add(event.name, f"the event: there are no {event.call} events")
    return False


def _add_losses(event: Event, options: WriteOptions, lost: LossList) -> None:
    """Add what of an event has no place in a project."""
    done = done_about(options)
    lost.add_event(event, done)
    if event.version is not None:
        lost.add(event.name, "the version", done)
    if event.labels:
        lost.add(event.name, "labels", done)
    stack = [*event.properties]
    while stack:
        prop = stack.pop()
        stack += prop.properties
        where = f"property {shown(prop.name)}"
        for key in lost_constraints(prop):
            lost.add(event.name, f"{where}: {key}")


def _write_plan(project: RudderProject, plan: Plan) -> None:
    """Write the name and the description of a plan into its file."""
    document = _document(project, plan, *sorted(PLANS))
    name, description = plan_texts(document.spec)
    was = plain_plan(name or UNTITLED, description)
    document.value["spec"] = joined(plain_plan(plan.name, plan.description), remainder(was, document.spec))


def _write_rules(
    project: RudderProject,
    plan: Plan,
    events: Sequence[Event],
    references: Mapping[int, str],
    properties: PropertyDefinitions,
    lost: LossList,
) -> None:
    """Write the rules of all plans; those of events that came from elsewhere go to the first plan."""
    plans = [number for number, each in enumerate(project.documents) if each.kind in PLANS]
    others = format_extra(plan, NAMESPACE).get("others", ())
    taken = {str(other[2].get("id")) for other in others if isinstance(other[2], dict)}
    taken |= {str(format_extra(event, NAMESPACE).get("rule_id")) for event in events}
    rules: dict[int, list[Any]] = {number: [] for number in plans}
    for event in events:
        own = format_extra(event, NAMESPACE)
        if "event" in own and "rule_id" not in own and not event.properties:
            continue  # it is defined, and no rule is for it
        if event.properties and "properties" in own.get("rule", {}).get("rest", {}):
            lost.add(event.name, "references to properties that are not in these files", "replaced by its properties")
        number = own["plan"] if own.get("plan") in rules else plans[0]
        identifier = own.get("rule_id") or _free_rule_id(f"{slug(event.name)}_rule", taken)
        rules[number].append(_rule(event, references[id(event)], identifier, project.documents[number], properties))
    for number, place, rule, layout in others:
        found = rules[number]
        found.insert(min(place, len(found)), Laid(rule, layout) if isinstance(rule, dict) else rule)
    for number, found in rules.items():
        if found or "rules" in project.documents[number].spec:
            project.documents[number].spec["rules"] = found


def _free_rule_id(wanted: str, taken: set[str]) -> str:
    found = wanted
    number = 2
    while found in taken:
        found = f"{wanted}-{number}"
        number += 1
    taken.add(found)
    return found


def _rule(
    event: Event, reference: str, identifier: str, document: RudderDocument, properties: PropertyDefinitions
) -> Laid:
    own = format_extra(event, NAMESPACE)
    plain = plain_rule(reference, identifier, event, is_old=document.is_old)
    if "rule_id" not in own and event.call in ("identify", "group"):
        plain = (
            {key: value for key, value in plain.items() if key != "properties"} | {"identity_section": "traits"} | plain
        )
    rule = joined(plain, own.get("rule"))
    if event.properties:
        rule |= {"properties": [_entry(each, document, properties) for each in event.properties]}
    return Laid(rule, own.get("layout"))


def _entry(prop: Property, document: RudderDocument, properties: PropertyDefinitions) -> Laid:
    own = format_extra(prop, NAMESPACE)
    nested = id(prop) in properties.nested
    entry = joined(
        plain_entry(properties.references[id(prop)], prop, is_old=document.is_old, nested=nested), own.get("entry")
    )
    if nested:
        entry |= {"properties": [_entry(each, document, properties) for each in prop.properties]}
    return Laid(entry, own.get("layout"))
