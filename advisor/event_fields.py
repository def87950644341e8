"""The fields of an event, of a plan's settings and of a property: one list for every page that shows them one by one.

The page for two versions compares and merges fields, the history lists their changes, and the grid edits them. To add a
field to the document, add an entry here: a test fails until every member of `Event`, `Property` and `Plan` has one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from msgspec.structs import replace

from advisor import field_values as words
from advisor.field_values import Facts, Lines
from advisor.knowledge.questions import Question, questions_in, with_answer
from advisor.knowledge.wording import GENERAL, Wording
from advisor.model import Answer, Event, Plan, Property, Sources

T = TypeVar("T")


@dataclass(frozen=True)
class Field(Generic[T]):
    """One field: how to read it, replace it, and show its value.

    ``members`` are the members of the struct that it covers. ``label`` is its name, ``heading`` a shorter name for the
    head of a column, and ``topic`` the name of the group that it belongs to. ``show`` returns a value as lines of text,
    never none; ``facts`` splits it into facts to compare. ``is_edited`` says whether the form of the page contains it.
    """

    key: str
    members: tuple[str, ...]
    topic: str
    label: str
    heading: str
    get: Callable[[T], Any]
    put: Callable[[T, Any], T]
    show: Callable[[Any], Lines]
    facts: Callable[[Any], Facts]
    is_edited: bool = True


Fields = tuple[Field[T], ...]


def _member(
    key: str,
    label: str,
    show: Callable[[Any], Lines],
    facts: Callable[[Any], Facts] | None = None,
    *,
    topic: str = "",
    heading: str = "",
    is_edited: bool = True,
) -> Field[Any]:
    """Return the field for the member with this key. Without ``facts``, its value is one fact with its label."""

    def put(thing: Any, value: Any) -> Any:
        return replace(thing, **{key: value})

    return Field(
        key=key,
        members=(key,),
        topic=topic or label,
        label=label,
        heading=heading or label,
        get=attrgetter(key),
        put=put,
        show=show,
        facts=facts or (lambda value: ((label, show(value)),)),
        is_edited=is_edited,
    )


def _text(key: str, label: str, topic: str, *, heading: str = "", is_edited: bool = True) -> Field[Any]:
    facts = words.text_facts(label)
    return _member(key, label, words.show_text, facts, topic=topic, heading=heading, is_edited=is_edited)


def _optional(key: str, label: str, show: Callable[[Any], Lines]) -> Field[Any]:
    return _member(key, label, show, words.optional_facts(label, show), topic="Event")


def _answer(question: Question) -> Field[Event]:
    """Return the field for the answer to a question. Its value is the answer or None, and whether it is a suggestion."""
    key, asks = question.key, question.asks

    def get(event: Event) -> tuple[Answer | None, bool]:
        answer = event.answers.get(key)
        return answer, answer is not None and key in event.suggested

    def put(event: Event, value: tuple[Answer | None, bool]) -> Event:
        return with_answer(event, key, value[0] or "unsure", is_suggested=value[1])

    def facts(value: tuple[Answer | None, bool]) -> Facts:
        return ((asks, words.show_answer(value)),)

    return Field(key, ("answers", "suggested"), "Answers", asks, question.label, get, put, words.show_answer, facts)


_DISMISSED = _member(
    "dismissed", "Dismissed findings", words.lines_of(words.dismissed_facts), words.dismissed_facts, is_edited=False
)
_EXTRA = _member("extra", "Other fields", words.lines_of(words.extra_facts), words.extra_facts, is_edited=False)


_PROGRESS: Fields[Event] = (
    _optional("version", "Version", words.show_version),
    _optional("practice", "Tracked today", words.show_practice),
    _text("status", "Status", "Event"),
    _text("owner", "Owner", "Event"),
)


@cache
def event_fields(wording: Wording) -> Fields[Event]:
    """Return the fields of an event, with its questions in the wording of its plan."""
    return (
        _text("name", "Name", "Event", heading="Event"),
        _text("call", "Call type", "Event", heading="Call"),
        _text("description", "Description", "Event"),
        _member("labels", "Labels", words.show_labels, words.label_facts),
        *_PROGRESS,
        *map(_answer, questions_in(wording)),
        _member("destinations", "Destinations", words.show_wanted, words.wanted_facts),
        _member("sources", "Where it happens", words.show_where, words.where_facts),
        _member("properties", "Properties", words.show_properties, words.property_facts),
        _member("decision", "Decision", words.show_decision, words.decision_facts("Decision")),
        _DISMISSED,
        _EXTRA,
    )


PROPERTY_FIELDS: Fields[Property] = (
    _text("name", "Name", "Property"),
    _text("type", "Type", "Property"),
    _member("required", "Required", words.show_yes_or_no, topic="Property"),
    _member("sensitive", "Sensitive", words.show_yes_or_no, topic="Property"),
    _text("personal", "Personal data", "Property"),
    _text("known_by", "Known by", "Property"),
    _member("values", "Allowed values", words.show_json_values, topic="Property", heading="Values"),
    _text("description", "Description", "Property"),
    _member("properties", "Properties", words.show_properties, words.property_facts),
    _EXTRA,
)


def _put_client(plan: Plan, keys: tuple[str, ...]) -> Plan:
    return replace(plan, sources=Sources(client=keys, server=plan.sources.server))


def _put_server(plan: Plan, key: str | None) -> Plan:
    return replace(plan, sources=Sources(client=plan.sources.client, server=key))


def _library(
    key: str, label: str, put: Callable[[Plan, Any], Plan], show: Callable[[Any], Lines], facts: Callable[[Any], Facts]
) -> Field[Plan]:
    return Field(key, ("sources",), label, label, label, lambda plan: getattr(plan.sources, key), put, show, facts)


SETTINGS_FIELDS: Fields[Plan] = (
    _text("name", "Name", "Plan"),
    _text("description", "Description", "Plan"),
    _library("client", "Client libraries", _put_client, words.show_where, words.client_facts),
    _library("server", "Server library", _put_server, words.show_server, words.server_facts),
    _member("destinations", "Destinations", words.show_destinations, words.destination_facts),
    _member("warehouse", "Warehouse", words.show_warehouse, words.warehouse_facts),
    _member("naming", "Naming", words.lines_of(words.naming_facts), words.naming_facts, is_edited=False),
    _DISMISSED,
    _member("common", "Common properties", words.show_properties, words.property_facts, is_edited=False),
    _text("format", "Format", "Other fields", is_edited=False),
    _EXTRA,
)


def edited_fields(fields: Fields[T]) -> Fields[T]:
    """Return the fields that the form of the page contains: those that two people can change at the same time."""
    return tuple(field for field in fields if field.is_edited)


EVENT_FIELDS = event_fields(GENERAL)
EVENT_FORM_FIELDS = edited_fields(EVENT_FIELDS)
SETTINGS_FORM_FIELDS = edited_fields(SETTINGS_FIELDS)
EVENT_FIELD: dict[str, Field[Event]] = {field.key: field for field in EVENT_FIELDS}
"""The fields of an event by key: the key of its member in a document, or of the question."""
PROPERTY_FIELD: dict[str, Field[Property]] = {field.key: field for field in PROPERTY_FIELDS}
