"""Lists of events that wizards and coding agents leave in a repository: a JSON list of names and descriptions.

Shared by the lists of PostHog's and Amplitude's wizards, which differ in the names of their keys. Agents add keys of their own
(a file, a status, names of properties), so an entry keeps all that is not understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import to_builtins

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import json_style, write_json
from advisor.formats.extra import format_extra
from advisor.formats.format import Carried, WriteOptions
from advisor.formats.json_paths import with_others
from advisor.formats.list_properties import property_entries, read_entries, undescribed
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import SLOT, fill_from_beside, fill_from_slot, is_beside, slot_text, slot_value
from advisor.formats.places import Path, Place, pointer, refusal, shown
from advisor.formats.practice import practice_of_paths, practice_of_word
from advisor.formats.reading import EventReading, PlanReading
from advisor.formats.remainder import joined, remainder
from advisor.formats.unheld import add_unheld
from advisor.model import Event, Plan, placement_in_force

_LIST = "events"
"""The key of the list in files where it is not the whole value."""
_PROPERTIES = "properties"
VERDICT = "tracked"
"""The key of an entry that holds the placement."""


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: the names of its keys, the usual one first."""

    key: str
    file: str
    carries: frozenset[Carried]
    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    files: tuple[str, ...] = ()


def entries_of(value: Any) -> list[Any] | None:
    """Return the list of events in a file's value; None if it has none."""
    found = value.get(_LIST) if isinstance(value, dict) else value
    return found if isinstance(found, list) else None


def named_entries(value: Any, kind: ListKind) -> list[dict[str, Any]]:
    """Return the objects of a list if more than half of its entries are objects with a name, else none."""
    entries = entries_of(value) or []
    named = [each for each in entries if isinstance(each, dict) and _key_of(each, kind.names)]
    return [each for each in entries if isinstance(each, dict)] if 2 * len(named) > len(entries) else []


def read_list(tree: FileTree, kind: ListKind) -> PlanReading:
    """Return the events of all lists in a tree; the layout of the first is kept. Raises `FormatError`."""
    reading = PlanReading(kind.key)
    place = 0
    for number, file in enumerate(each for each in tree.files if len(tree.files) == 1 or not is_beside(each)):
        value = file.json.value
        entries = entries_of(value)
        if entries is None:
            raise refusal(file.place, "This is no list of events.")
        if number == 0:
            reading.extra[kind.key] = _kept_of_file(file, value)
        at: Path = (_LIST,) if isinstance(value, dict) else ()
        for index, entry in enumerate(entries):
            _read_entry(reading, kind, entry, Place(file.path, pointer=pointer((*at, index))), place)
            place += 1
    fill_from_beside(reading, tree)
    return reading


def write_list(plan: Plan, options: WriteOptions, kind: ListKind) -> Written:
    """Return the plan as one list."""
    lost = LossList(kind.key)
    # Which descriptions of properties have a place follows from how each is written.
    add_unheld(lost, plan, {*kind.carries, "descriptions"})
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, kind.key)
    entries = [_entry(event, options, kind, lost) for event in plan.events if _has_place(event, lost)]
    entries = with_others(entries, kept.get("others", ()))
    value = joined({_LIST: []}, kept.get("around")) | {_LIST: entries} if "around" in kept else entries
    return Written({kind.file: write_json(value, json_style(kept.get("text")))}, tuple(lost.losses))


def _kept_of_file(file: SourceFile, value: Any) -> dict[str, Any]:
    around = {"around": remainder({_LIST: []}, value | {_LIST: []}) or {}} if isinstance(value, dict) else {}
    return {"text": to_builtins(file.json.style)} | around


def _key_of(entry: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    """Return the first of these keys under which an entry has a text that is not blank."""
    return next((key for key in keys if isinstance(text := entry.get(key), str) and text.strip()), None)


def _read_entry(reading: PlanReading, kind: ListKind, entry: Any, at: Place, place: int) -> None:
    name_key = _key_of(entry, kind.names) if isinstance(entry, dict) else None
    if name_key is None:
        reading.extra[kind.key].setdefault("others", []).append([place, entry])
        reading.leave_out(
            at, "an entry of the list", "It has no name." if isinstance(entry, dict) else "It is no object."
        )
        return
    description_key = _key_of(entry, kind.descriptions) or kind.descriptions[0]
    description = entry.get(description_key)
    event = EventReading(entry[name_key], description=description if isinstance(description, str) else "", place=at)
    paths = [entry[key] for key in kind.files if isinstance(entry.get(key), str)]
    event.practice = practice_of_paths(paths) or practice_of_word(VERDICT, _text(entry.get(VERDICT)))
    source = dict(entry)
    if (slot := slot_value(source.get(SLOT))) is not None:
        del source[SLOT]
    if "properties" in kind.carries and (found := read_entries(source.get(_PROPERTIES), kind.key)):
        event.properties = found.properties
        source[_PROPERTIES] = found.empty
    keys = {"name": name_key, "description": description_key}
    kept = {
        "keys": None if keys == _usual_keys(kind) else keys,
        "entry": remainder(_plain(event, keys, source.get(_PROPERTIES)), source),
        "slot": slot is not None,
    }
    event.extra = {kind.key: given} if (given := {key: value for key, value in kept.items() if value}) else {}
    if slot is not None:
        fill_from_slot(reading, event, slot)
    reading.events.append(event)


def _usual_keys(kind: ListKind) -> dict[str, str]:
    return {"name": kind.names[0], "description": kind.descriptions[0]}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _plain(event: Event | EventReading, keys: Mapping[str, str], properties: Any) -> dict[str, Any]:
    """Return an entry, with the place of its properties empty."""
    described = {keys["description"]: event.description} if event.description else {}
    return {keys["name"]: event.name} | described | ({_PROPERTIES: properties} if event.properties else {})


def _entry(event: Event, options: WriteOptions, kind: ListKind, lost: LossList) -> dict[str, Any]:
    kept = format_extra(event, kind.key)
    properties = property_entries(event.properties, kind.key) if "properties" in kind.carries else None
    for prop in undescribed(event.properties, properties, kind.key):
        lost.add(event.name, f"property {shown(prop.name)}: description")
    own = event if properties else _without_properties(event)
    empty: Any = {} if isinstance(properties, dict) else []
    entry = joined(_plain(own, kept.get("keys", _usual_keys(kind)), empty), kept.get("entry"))
    if properties:
        entry |= {_PROPERTIES: properties}
    return entry | dict(_ours(event, options, has_slot=kept.get("slot", False)))


def _without_properties(event: Event) -> EventReading:
    return EventReading(event.name, description=event.description)


def _ours(event: Event, options: WriteOptions, *, has_slot: bool) -> Iterator[tuple[str, str]]:
    if options.verdict:
        yield VERDICT, placement_in_force(event)
    if (options.advisor_data or has_slot) and (slot := slot_text(event)):
        yield SLOT, slot


def _has_place(event: Event, lost: LossList) -> bool:
    if event.call == "track":
        return True
    lost.add(event.name, f"the event: a list of events has no {event.call} calls")
    return False
