"""Puts the events of a document in canonical form: answers, labels, properties, decision, and the names they use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, combinations
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.document.names import NameList
from advisor.document.nearest import nearest_of
from advisor.document.parse import as_json, depth
from advisor.document.problems import Path, Remarks
from advisor.document.unknown_keys import keep_unknown, refuse_keys, refuse_unknown
from advisor.document_limits import MAX_DEPTH, MAX_EVENTS, MAX_PROPERTIES
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import PROPERTY_TYPES, Against, Decision, Dismissal, Event, Property
from advisor.text import quote

_QUESTIONS = ", ".join(QUESTION_KEYS)
_TYPES = ", ".join(PROPERTY_TYPES)
_PLAIN_TYPES = frozenset(PROPERTY_TYPES)
_PLAIN_LEVELS = 10
"""How deep properties may be inside each other before their depth has to be counted; `MAX_DEPTH` is reached later."""


class UnsettledError(Exception):
    """Raised for an event that has to be read from its JSON value."""


_Reader = Callable[[Any, Path, Remarks], Any]


class EventReader:
    """Reads the events of one plan. It gets the readers for names of sources and destinations, and collects remarks."""

    def __init__(self, sources: NameList, destinations: NameList, remarks: Remarks) -> None:
        self._remarks = remarks
        self._readers: dict[str, _Reader] = {
            "labels": read_labels,
            "answers": read_answers,
            "suggested": read_suggested,
            "sources": sources.read,
            "destinations": destinations.read,
            "properties": read_own_properties,
            "decision": read_decision,
            "dismissed": read_dismissed,
        }

    def read_all(self, value: Any) -> Any:
        """Return all events in canonical form.

        A value that is not a list of at most `MAX_EVENTS` is returned as it is; `shape` refuses it.
        """
        if type(value) is not list or len(value) > MAX_EVENTS:
            return value
        return [self.read(event, ("events", index)) for index, event in enumerate(value)]

    def settle(self, event: Event, path: Path) -> Event:
        """Return a decoded event in canonical form, without its recommendation. The same as `read`, but faster.

        Only what may change or be refused is read: most members of an event are plain. Raises `UnsettledError` if it is
        nested too deep.
        """
        if event.extra is not UNSET or not all_plain(event.properties):
            return self._reread(event, path)
        changed: dict[str, Any] = {} if event.recommendation is UNSET else {"recommendation": UNSET}
        for key, reader in self._readers.items():
            value = getattr(event, key)
            if not value or type(value) is str or key == "properties":
                continue
            if type(value) is dict:
                read = reader(value, (*path, key), self._remarks)
                if read is not value and tuple(read) != tuple(value):
                    changed[key] = read
            else:
                read = reader(as_json(value), (*path, key), self._remarks)
                if msgspec.json.encode(read) != msgspec.json.encode(value):  # which tells the order of keys, too
                    return self._reread(event, path)
        return replace(event, **changed) if changed else event

    def _reread(self, event: Event, path: Path) -> Event:
        """Return the event in canonical form, read from its JSON value."""
        tree = as_json(replace(event, recommendation=UNSET))
        if len(path) + depth(tree) > MAX_DEPTH:
            raise UnsettledError
        return msgspec.convert(self.read(tree, path), Event)

    def read(self, value: Any, path: Path) -> Any:
        """Return one event in canonical form."""
        event = keep_unknown(value, Event, path, self._remarks)
        if type(event) is dict:
            for key, member in event.items():
                if reader := self._readers.get(key):
                    event[key] = reader(member, (*path, key), self._remarks)
        return event


def read_labels(value: Any, path: Path, remarks: Remarks) -> Any:  # noqa: ARG001 - one of the readers of an event
    """Return the labels sorted by key."""
    return dict(sorted(value.items())) if type(value) is dict else value


def read_answers(value: Any, path: Path, remarks: Remarks) -> Any:
    """Return the given answers in the order of the questions; unsure ones are left out."""
    if type(value) is not dict or (tuple(value) in _orders() and "unsure" not in value.values()):
        return value
    refuse_keys(value, QUESTION_KEYS, path, remarks)
    return {key: value[key] for key in QUESTION_KEYS if key in value and value[key] != "unsure"}


@cache
def _orders() -> frozenset[tuple[str, ...]]:
    """Return every choice of questions, in their order: the keys of answers in canonical form."""
    choices = range(len(QUESTION_KEYS) + 1)
    return frozenset(chain.from_iterable(combinations(QUESTION_KEYS, count) for count in choices))


def read_suggested(value: Any, path: Path, remarks: Remarks) -> Any:
    """Return the keys of questions with a suggested answer as they are; a key that is no question is a problem."""
    for index, key in enumerate(value if type(value) is list else ()):
        if type(key) is str and key not in QUESTION_KEYS:
            message = f"There is no question {quote(key)}.{nearest_of(key, QUESTION_KEYS)} The questions: {_QUESTIONS}."
            remarks.problem((*path, index), "unknown-question", message)
    return value


def read_own_properties(value: Any, path: Path, remarks: Remarks) -> Any:
    """Return the properties of an event, or those of a plan, in canonical form; more than `MAX_PROPERTIES` are a problem."""
    properties = read_properties(value, path, remarks)
    count = _count(properties)
    # If the list itself is too long, `shape` reports it.
    if count > MAX_PROPERTIES and len(properties) <= MAX_PROPERTIES:
        message = f"Has {count:,} properties, those inside objects included; at most {MAX_PROPERTIES} are allowed."
        remarks.problem(path, "limit", message)
    return properties


def all_plain(properties: tuple[Property, ...]) -> bool:
    """Return whether these properties and those inside them are certainly in canonical form, and neither many nor deep."""
    level: Sequence[Property] = properties
    count = 0
    for _ in range(_PLAIN_LEVELS):
        count += len(level)
        if count > MAX_PROPERTIES:
            return False
        below: list[Property] = []
        for item in level:
            if item.extra is not UNSET or item.type not in _PLAIN_TYPES:
                return False
            if item.properties:
                below += item.properties
        level = below
        if not level:
            return True
    return False


def read_properties(value: Any, path: Path, remarks: Remarks) -> Any:
    """Return properties, and those inside them, in canonical form."""
    if type(value) is not list:
        return value
    properties = []
    for index, each in enumerate(value):
        prop = keep_unknown(each, Property, (*path, index), remarks)
        if type(prop) is dict:
            _check_type(prop.get("type"), (*path, index, "type"), remarks)
            if "properties" in prop:
                prop["properties"] = read_properties(prop["properties"], (*path, index, "properties"), remarks)
        properties.append(prop)
    return properties


def read_decision(value: Any, path: Path, remarks: Remarks) -> Any:
    """Return the team's decision in canonical form."""
    decision = keep_unknown(value, Decision, path, remarks)
    if type(decision) is dict:
        refuse_unknown(decision.get("against"), Against, (*path, "against"), remarks)
        _check_date(decision.get("date"), (*path, "date"), remarks)
    return decision


def read_dismissed(value: Any, path: Path, remarks: Remarks) -> Any:
    """Return the dismissed findings as they are; what is wrong with them is a problem."""
    for index, each in enumerate(value if type(value) is list else ()):
        if type(each) is dict:
            refuse_unknown(each, Dismissal, (*path, index), remarks)
            _check_date(each.get("date"), (*path, index, "date"), remarks)
    return value


def _count(properties: Any) -> int:
    if type(properties) is not list:
        return 0
    return len(properties) + sum(_count(each.get("properties")) for each in properties if type(each) is dict)


def _check_type(value: Any, path: Path, remarks: Remarks) -> None:
    if type(value) is not str or value in PROPERTY_TYPES:
        return
    for name in value.split("|"):
        if name not in PROPERTY_TYPES:
            message = f"{quote(name)} is not a type.{nearest_of(name, PROPERTY_TYPES)} Types: {_TYPES}; several are joined by |."
            remarks.problem(path, "property-type", message)
            return


def _check_date(value: Any, path: Path, remarks: Remarks) -> None:
    if type(value) is not str:
        return
    try:
        datetime.fromisoformat(value)
    except ValueError:
        remarks.problem(path, "date", f"{quote(value)} is not an ISO date such as 2026-11-24.")
