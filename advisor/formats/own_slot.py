"""What of an event only we know, as one text for the one slot that a format has for it; and the file beside an export.

Answers, decision, dismissed findings, chosen sources and destinations, and what is sensitive have no place in formats of
other tools. A writer puts `slot_text` where its format keeps unknown data, and its reader gives it to `fill_from_slot`.
Where there is no such place, `beside` makes the file `BESIDE`, and `fill_from_beside` reads it if it is brought along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, get_args

import msgspec

from advisor.document import bare, write
from advisor.document_limits import LONGEST_LABEL, LONGEST_TEXT
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.format import WriteOptions
from advisor.formats.places import Path, pointer, shown
from advisor.formats.reading import EventReading, PlanReading, Practice, PropertyReading
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import FORMAT, Event, Placement, Plan, Property, Status

SLOT = "tracking_advisor"
"""The name of the slot in every format that has one."""
SCHEMA_SLOT = "x-tracking-advisor"
"""Its name in a JSON Schema, where unknown keywords begin with ``x-``."""
BESIDE = "tracking-advisor.json"
"""The name of the file beside an export: our own document."""
_CHOICES = ("sources", "destinations")
_PLACEMENTS: tuple[str, ...] = get_args(Placement)
_STATUSES: tuple[str, ...] = get_args(Status)
_USUAL = {"sources": "all", "destinations": "all", "status": _STATUSES[0]}
"""What needs no place, because every event has it that nobody changed."""
_PROPERTY = {"sensitive": False, "personal": "", "known_by": "either"}
"""What of a property has no place elsewhere, with its default."""


def slot_text(event: Event) -> str | None:
    """Return what of an event only we know, as compact JSON; None if there is nothing."""
    given: dict[str, Any] = {
        "practice": event.practice,
        "status": event.status,
        "owner": event.owner,
        "answers": event.answers,
        "suggested": event.suggested,
        "sources": event.sources,
        "destinations": event.destinations,
        "decision": event.decision,
        "dismissed": event.dismissed,
        "properties": dict(_own_parts(event.properties, ())),
    }
    known = {key: value for key, value in given.items() if value and value != _USUAL.get(key)}
    # An empty choice says something: nowhere.
    known |= {key: given[key] for key in _CHOICES if given[key] == ()}
    return msgspec.json.encode(known).decode() if known else None


def slot_value(text: object) -> dict[str, Any] | None:
    """Return the value of a slot; None for what `slot_text` did not write."""
    value: Any = None
    with suppress(msgspec.DecodeError):
        value = msgspec.json.decode(text) if isinstance(text, str) else None
    return value if isinstance(value, dict) else None


def fill_from_slot(reading: PlanReading, event: EventReading, value: dict[str, Any]) -> None:
    """Fill an event with the value of its slot."""
    _fill(reading, event, value)
    parts = value.get("properties")
    if isinstance(parts, dict):
        for path, prop in _each(event.properties, ()):
            _fill_property(prop, parts.get(path))


def beside(plan: Plan) -> bytes:
    """Return the file beside an export: the plan document without its computed parts."""
    return write(bare(plan))


def done_about(options: WriteOptions) -> str:
    """Return what a format without a slot does about data of ours, for its losses."""
    return f"kept in {BESIDE}" if options.advisor_data else "left out"


def with_beside(files: dict[str, bytes], plan: Plan, options: WriteOptions) -> dict[str, bytes]:
    """Return the files of a format without a slot, with our own document beside them if the options ask for our data."""
    return files | ({BESIDE: beside(plan)} if options.advisor_data else {})


def is_beside(file: SourceFile) -> bool:
    """Return whether a file is a plan document of ours, so that a reader of another format can pass over it."""
    value = file.peek_json()
    named = value.get("format") if isinstance(value, dict) else None
    return isinstance(named, str) and named.split("/")[0] == FORMAT.split("/", maxsplit=1)[0]


def fill_from_beside(reading: PlanReading, tree: FileTree) -> None:
    """Fill a plan and its events with what the document beside them says of events with the same call, name and version."""
    for file in tree.files:
        if is_beside(file):
            value = file.peek_json()
            _fill_plan(reading, value)
            events = value.get("events")
            known = _by_key(events if isinstance(events, list) else [])
            for event in reading.events:
                # A format may give a version to an event that had none.
                if found := known.get((event.call, event.name, event.version)) or known.get(
                    (event.call, event.name, None)
                ):
                    _fill(reading, event, found)
                    parts = dict(_document_parts(found.get("properties"), ()))
                    for path, prop in _each(event.properties, ()):
                        _fill_property(prop, parts.get(path))


def _by_key(events: list[Any]) -> dict[tuple[object, object, object], dict[str, Any]]:
    """Return the events of a document by call, name and version."""
    found: dict[tuple[object, object, object], dict[str, Any]] = {}
    for event in events:
        if isinstance(event, dict):
            version = event.get("version")
            key = (
                str(event.get("call", "track")),
                str(event.get("name")),
                version if isinstance(version, str | int) else None,
            )
            found[key] = event
    return found


def _fill_plan(reading: PlanReading, value: dict[str, Any]) -> None:
    sources = value.get("sources")
    if isinstance(sources, dict) and isinstance(sources.get("client"), list):
        reading.client, reading.server = sources["client"], sources.get("server")
    if isinstance(value.get("destinations"), list):
        reading.destinations = value["destinations"]
    reading.warehouse = value.get("warehouse") is True


def _fill(reading: PlanReading, event: EventReading, value: dict[str, Any]) -> None:
    """Take over what the plan can hold. What does not fit is left out, and a warning says so."""
    _fill_work(event, value)
    answers = value.get("answers")
    if isinstance(answers, dict):
        event.answers = {key: each for key, each in answers.items() if key in QUESTION_KEYS and each in ("yes", "no")}
    if isinstance(value.get("suggested"), list):
        event.suggested = [key for key in value["suggested"] if key in event.answers]
    if isinstance(value.get("decision"), dict):
        event.decision = value["decision"]
    if isinstance(value.get("dismissed"), list):
        event.dismissed = value["dismissed"]
    destinations: list[Any] = reading.destinations
    keys = [each.get("key") for each in destinations if isinstance(each, dict)]
    known: dict[str, list[Any]] = {"sources": reading.client, "destinations": keys}
    for name in _CHOICES:
        chosen = value.get(name)
        if isinstance(chosen, list) and all(each in known[name] for each in chosen):
            setattr(event, name, chosen)
        elif isinstance(chosen, list):
            reading.warn(
                event.place, f"{shown(event.name)} names {name} that this plan does not have; it has all of the plan’s."
            )


def _fill_work(event: EventReading, value: dict[str, Any]) -> None:
    """Take over the state of work; and who is responsible and where it is tracked today, unless the file itself says so."""
    status, owner, practice = value.get("status"), value.get("owner"), value.get("practice")
    if status in _STATUSES:
        event.status = str(status)
    if isinstance(owner, str) and not event.owner:
        event.owner = owner[:LONGEST_LABEL]
    if isinstance(practice, dict) and event.practice is None and practice.get("placement") in _PLACEMENTS:
        event.practice = Practice(practice["placement"], str(practice.get("evidence", ""))[:LONGEST_TEXT])


def _fill_property(prop: PropertyReading, part: object) -> None:
    if isinstance(part, dict):
        for name, usual in _PROPERTY.items():
            if type(part.get(name)) is type(usual):
                setattr(prop, name, part[name])


def _own_parts(properties: Iterable[Property], path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in properties:
        here = (*path, each.name)
        part = {name: getattr(each, name, usual) for name, usual in _PROPERTY.items()}
        if changed := {name: value for name, value in part.items() if value != _PROPERTY[name]}:
            yield pointer(here), changed
        yield from _own_parts(each.properties, here)


def _document_parts(properties: Any, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in properties if isinstance(properties, list) else ():
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            here = (*path, each["name"])
            yield pointer(here), each
            yield from _document_parts(each.get("properties"), here)


def _each(properties: Iterable[PropertyReading], path: Path) -> Iterator[tuple[str, PropertyReading]]:
    for each in properties:
        here = (*path, each.name)
        yield pointer(here), each
        yield from _each(each.properties, here)
