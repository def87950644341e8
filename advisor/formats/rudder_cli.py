"""A project of rudder-cli: YAML files that define events, properties and types, and plans that refer to them (0.1 and v1).

A definition may be used by several events. An event of the plan is a rule, or a definition that no rule uses; a property is an
entry of a rule with the definition it refers to. All files are kept as they are read, and an export edits the definitions and
rules that the plan has changed: see `advisor.formats.rudder_writing`.
"""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.yaml_layout import take, yaml_layout, yaml_style
from advisor.formats.event_files import skip
from advisor.formats.format import Confidence, Format, Recognition, every_file
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Path, Place, refusal, shown
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.remainder import remainder
from advisor.formats.rudder_definitions import definition_reading, entry_reference, unknown_types
from advisor.formats.rudder_project import EVENTS, PLANS, RudderDocument, RudderProject, is_document
from advisor.formats.rudder_rules import NAMESPACE, event_in_definition, plain_entry, plain_rule, plan_texts
from advisor.formats.rudder_writing import write
from advisor.formats.verdict_line import practice_of_description

KEY = "rudder-cli"


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are of rudder-cli; None if they are not."""
    kinds = [value["kind"] for _, value in tree.yaml_values() if is_document(value)]
    marks = ["a “version” that begins with rudder/ and a “kind”", *(f"kind {kind}" for kind in sorted(set(kinds)))]
    return Recognition(Confidence.CERTAIN, tuple(marks)) if kinds else None


def read(tree: FileTree) -> PlanReading:
    """Return the events of all plans of a project, and those that no plan uses before them. Raises `FormatError`."""
    reading = PlanReading(KEY)
    files = [file for file in tree.files if _belongs(reading, file, tree)]
    if not files:
        raise refusal(tree.place, "There is no file with a “version” that begins with rudder/ and a “kind”.")
    documents = [
        RudderDocument(file.path, file.yaml.value, yaml_layout(file.yaml), yaml_style(file.yaml)) for file in files
    ]
    project = RudderProject(documents)
    rules = _RuleReader(reading, project, files)
    found = [rules.read_plan(number) for number, document in enumerate(documents) if document.kind in PLANS]
    used = {id(project.at(event.extra[NAMESPACE]["event"])) for events in found for event in events}
    reading.events = rules.unused_events(used) + [event for events in found for event in events]
    kept = {"documents": [_kept(document) for document in documents], "others": rules.others}
    reading.extra[NAMESPACE] = {key: each for key, each in kept.items() if each}
    fill_from_beside(reading, tree)
    return reading


def _belongs(reading: PlanReading, file: SourceFile, tree: FileTree) -> bool:
    """Return whether a file is part of the project; all other files are left out."""
    if len(tree.files) > 1 and is_beside(file):
        return False
    if len(tree.files) == 1 and file.peek_yaml() is None:
        _ = file.yaml  # says why it can't be read
    if not is_document(file.peek_yaml()):
        skip(reading, file)
        return False
    return True


def _kept(document: RudderDocument) -> dict[str, Any]:
    """Return a file to be kept: of a plan, without the rules that became events."""
    kept = {"layout": document.layout, "style": to_builtins(document.style)}
    return {"path": document.path, "value": document.value} | {key: each for key, each in kept.items() if each}


class _RuleReader:
    """Reads the rules of plans, and cuts each off its file."""

    def __init__(self, reading: PlanReading, project: RudderProject, files: list[SourceFile]) -> None:
        self._reading = reading
        self._project = project
        self._files = files
        self._warned: set[int] = set()
        self._has_plan = False
        self.others: list[Any] = []
        """Rules that became no events: each with the number of its file, its place there, and its layout."""

    def read_plan(self, number: int) -> list[EventReading]:
        """Return the events of the rules of a plan; rules that are none stay in the file."""
        document = self._project.documents[number]
        spec = document.spec
        if not self._has_plan:
            self._reading.name, self._reading.description = plan_texts(spec)
            self._has_plan = True
        events, others = [], []
        for index, rule in enumerate(document.items):
            event = self._event(number, index, rule)
            if event is None:
                others.append([number, index, rule, take(document.layout, ("spec", "rules", index))])
            else:
                events.append(event)
        if isinstance(spec.get("rules"), list):
            document.value = document.value | {"spec": spec | {"rules": []}}
        self.others += others
        return events

    def unused_events(self, used: set[int]) -> list[EventReading]:
        """Return the events that are defined and that no rule uses."""
        events = []
        for document, index, definition in self._project.definitions(EVENTS):
            if id(definition) in used:
                continue
            place = self._place(document, ("spec", EVENTS, index))
            event = event_in_definition(definition, place)
            if event is None:
                reason = "It has no type of event that is known, or no name."
                self._reading.leave_out(place, f"event {shown(definition['id'])}", reason)
                continue
            event.practice = practice_of_description(event.description)
            event.extra = {NAMESPACE: {"event": document.reference(definition["id"])}}
            events.append(event)
        return events

    def _event(self, number: int, index: int, rule: Any) -> EventReading | None:
        """Return the event of a rule; None if it refers to none."""
        document = self._project.documents[number]
        path: Path = ("spec", "rules", index)
        place = self._place(document, path)
        written = rule.get("event") if isinstance(rule, dict) else None
        reference = written.get("$ref") if isinstance(written, dict) else written
        definition = self._project.at(reference)
        event = event_in_definition(definition, place) if definition else None
        if event is None or not isinstance(reference, str) or not isinstance(rule.get("id"), str):
            why = (
                "It names no event."
                if reference is None
                else f"It refers to {shown(str(reference))}, which is no event in these files, or it has no id."
            )
            self._reading.leave_out(place, "a rule", why)
            return None
        event.practice = practice_of_description(event.description)
        entries = rule.get("properties")
        entries = entries if self._are_entries(entries, place) else []
        event.properties = [
            self._property(document, each, (*path, "properties", at)) for at, each in enumerate(entries)
        ]
        source = rule | ({"properties": []} if entries else {})
        own: dict[str, Any] = {"event": reference, "plan": number, "rule_id": rule["id"]}
        own["rule"] = remainder(plain_rule(reference, rule["id"], event, is_old=document.is_old), source)
        own["layout"] = take(document.layout, path)
        event.extra = {NAMESPACE: {key: each for key, each in own.items() if each or key == "plan"}}
        return event

    def _are_entries(self, entries: Any, place: Place) -> bool:
        """Return whether all entries of a list, and those inside them, lead to definitions; a warning says if not."""
        if not isinstance(entries, list):
            return False
        for entry in entries:
            reference = entry_reference(entry) if isinstance(entry, dict) else None
            if self._project.at(reference) is None:
                self._reading.warn(
                    place,
                    f"The rule refers to {shown(str(reference))}, which is not in these files; its properties are kept.",
                )
                return False
            if "properties" in entry and not self._are_entries(entry["properties"], place):
                return False
        return True

    def _property(self, document: RudderDocument, entry: dict[str, Any], path: Path) -> PropertyReading:
        reference = str(entry_reference(entry))
        definition = self._project.at(reference) or {}
        if id(definition) not in self._warned and (words := unknown_types(self._project, definition)):
            self._warned.add(id(definition))
            listed = ", ".join(map(shown, words))
            self._reading.warn(self._place(document, path), f"{listed} is no type in these files; it may be any.")
        prop = definition_reading(self._project, definition, required=entry.get("required") is True)
        inner = entry.get("properties") or []
        if inner:
            prop.properties = [
                self._property(document, each, (*path, "properties", at)) for at, each in enumerate(inner)
            ]
        own: dict[str, Any] = {"ref": reference}
        source = entry | ({"properties": []} if inner else {})
        own["entry"] = remainder(plain_entry(reference, prop, is_old=document.is_old, nested=bool(inner)), source)
        own["layout"] = take(document.layout, path)
        prop.extra = prop.extra | {NAMESPACE: {key: each for key, each in own.items() if each}}
        return prop

    def _place(self, document: RudderDocument, path: Path) -> Place:
        file = next(file for file in self._files if file.path == document.path)
        return file.yaml.place(path)


FORMAT = Format(
    key=KEY,
    title="RudderStack rudder-cli, YAML",
    fidelity="stable",
    looked_for="YAML files with a “version” that begins with rudder/ and a “kind”",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
    takes=every_file,
)
