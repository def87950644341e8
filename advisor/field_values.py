"""The values of fields in words. `advisor.event_fields` uses it: a value is shown in lines, or split into facts.

A fact is a small piece of a value with its own label, such as one property or one label of an event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import UNSET

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import library_name
from advisor.model import Answer, Decision, Destination, Dismissal, LabelValue, Naming, Placement, Practice, Property

Lines = tuple[str, ...]
Fact = tuple[str, Lines]
"""The label of a fact, and its text in lines."""
Facts = Iterable[Fact]

ANSWER_WORDS: dict[str, str] = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
ALL_WANTED = "All of the plan’s"
FOLLOW_THE_ADVICE = "Follow the advice"
_SENT: dict[Placement, str] = {"client": "the client", "server": "the server", "both": "both sides"}
_EMPTY, _NONE = ("–",), ("None",)
_NAMELESS = "(no name)"


def lines_of(facts: Callable[[Any], Facts], empty: Lines = _NONE) -> Callable[[Any], Lines]:
    """Return the function that shows a value with one line for each of its facts."""
    return lambda value: tuple(f"{label}: {', '.join(lines)}" for label, lines in facts(value)) or empty


def show_text(text: str) -> Lines:
    """Return the lines of a text."""
    return tuple(text.splitlines()) or _EMPTY


def text_facts(label: str) -> Callable[[str], Facts]:
    """Return the function that splits a text: into itself, or nothing if it is empty."""
    return lambda text: ((label, tuple(text.split("\n"))),) if text else ()


def show_yes_or_no(holds: bool) -> Lines:
    """Return whether something holds."""
    return ("Yes" if holds else "No",)


def label_texts(value: LabelValue) -> tuple[str, ...]:
    """Return the texts of a label, which holds one text or a list of texts."""
    return (value,) if isinstance(value, str) else value


def label_text(value: LabelValue) -> str:
    """Return a label on one line: its text, or the texts of its list."""
    return ", ".join(label_texts(value))


def typed_label(text: str, before: LabelValue) -> LabelValue:
    """Return the label that a text means which was typed in the place of `label_text`.

    The label stays as it is if the text does. A label with a list stays a list: its texts are separated by commas.
    """
    if text == label_text(before):
        return before
    if isinstance(before, str):
        return text
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def label_facts(labels: dict[str, LabelValue]) -> Facts:
    """Yield the labels of an event. A list of one text differs from the text."""
    for key, value in labels.items():
        yield (
            key,
            (value,) if isinstance(value, str) else (f"A list: {', '.join(value)}" if value else "An empty list",),
        )


def show_labels(labels: dict[str, LabelValue]) -> Lines:
    """Return the labels of an event."""
    return tuple(f"{key}: {label_text(value)}" for key, value in labels.items()) or _EMPTY


def show_version(version: int | str | None) -> Lines:
    """Return the version of an event. A text differs from a number."""
    return _NONE if version is None else (json_text(version),)


def show_practice(practice: Practice | None) -> Lines:
    """Return where an event is tracked today, and what says so."""
    if practice is None:
        return ("Not known",)
    evidence = tuple(line for line in practice.evidence.split("\n") if practice.evidence)
    return (f"From {_SENT[practice.placement]}", *evidence)


def optional_facts(label: str, show: Callable[[Any], Lines], default: Any = None) -> Callable[[Any], Facts]:
    """Return the function that splits a value: into itself, or nothing if it has its default."""
    return lambda value: iter([] if value == default else [(label, show(value))])


@cache
def show_answer(value: tuple[Answer | None, bool]) -> Lines:
    """Return an answer, and whether it is a suggestion."""
    answer, is_suggested = value
    return (ANSWER_WORDS[answer or "unsure"] + (", suggested" if is_suggested else ""),)


def show_wanted(keys: Any) -> Lines:
    """Return the destinations that want an event."""
    return (ALL_WANTED,) if keys == "all" else tuple(map(destination_name, keys)) or _NONE


def wanted_facts(keys: Any) -> Facts:
    """Yield the destinations that want an event."""
    yield from _chosen(keys, destination_name)


def show_where(keys: Any) -> Lines:
    """Return the client libraries on which an event happens."""
    return ("On every client library",) if keys == "all" else tuple(map(library_name, keys)) or _NONE


def where_facts(keys: Any) -> Facts:
    """Yield the client libraries on which an event happens."""
    yield from _chosen(keys, library_name)


def _chosen(keys: Any, name_of: Callable[[str], str]) -> Facts:
    if keys == "all":
        yield "Which", (ALL_WANTED,)
    elif not keys:
        yield "Which", ("None of them",)
    else:
        yield from ((name_of(key), ("chosen",) if name_of(key) == key else ("chosen", key)) for key in keys)


def flat_properties(properties: Sequence[Property], above: str = "") -> Iterator[tuple[str, Property]]:
    """Yield every property, also those inside others, with the names of the properties that contain it."""
    for item in properties:
        yield above, item
        yield from flat_properties(item.properties, f"{above}{item.name} › ")


def property_facts(properties: Sequence[Property]) -> Facts:
    """Yield every property, also those inside others."""
    for above, item in flat_properties(properties):
        yield f"{above}{item.name if item.name.strip() else _NAMELESS}", tuple(_property(item))


show_properties = lines_of(property_facts)


def _property(item: Property) -> Iterator[str]:
    known = "" if item.known_by == "either" else f"known by the {item.known_by}"
    personal = f"personal: {item.personal}" if item.personal else ""
    flags = ("required" if item.required else "", "sensitive" if item.sensitive else "", personal, known)
    yield ", ".join(filter(None, (item.type, *flags)))
    if item.values:
        yield f"One of {', '.join(map(json_text, item.values))}"
    yield from (line for line in item.description.split("\n") if item.description)
    yield from _extra_lines(item.extra)


def show_json_values(values: Sequence[Any]) -> Lines:
    """Return the allowed values of a property."""
    return (", ".join(map(json_text, values)),) if values else _NONE


def show_decision(decision: Decision | None) -> Lines:
    """Return the team's decision."""
    return tuple(_decision(decision)) if decision else (FOLLOW_THE_ADVICE,)


def decision_facts(label: str) -> Callable[[Decision | None], Facts]:
    """Return the function that splits a decision: into itself, or nothing if there is none."""
    return lambda decision: ((label, show_decision(decision)),) if decision else ()


def _decision(decision: Decision) -> Iterator[str]:
    yield f"Send it from {_SENT[decision.placement]}"
    yield from (line for line in decision.reason.split("\n") if decision.reason)
    if decision.author or decision.date:
        yield f"Decided{f' by {decision.author}' if decision.author else ''}{f' on {decision.date}' if decision.date else ''}"
    if decision.against:
        ruleset = f", rules {decision.against.ruleset}" if decision.against.ruleset else ""
        yield f"The advice was then: {decision.against.placement}{ruleset}"
    yield from _extra_lines(decision.extra)


def dismissed_facts(dismissed: Sequence[Dismissal]) -> Facts:
    """Yield the dismissed findings."""
    for item in dismissed:
        who = ", ".join(filter(None, (item.author, item.date)))
        yield item.code, tuple(filter(None, (item.reason, who))) or ("Dismissed",)


def extra_facts(extra: Any) -> Facts:
    """Yield the fields that the document has and we do not know."""
    yield from ((key, (json_text(value),)) for key, value in _items(extra))


def show_server(key: str | None) -> Lines:
    """Return the server library of a plan."""
    return (library_name(key),) if key else _NONE


def client_facts(keys: Sequence[str]) -> Facts:
    """Yield the client libraries of a plan."""
    yield from ((library_name(key), ("in the plan",)) for key in keys)


def server_facts(key: str | None) -> Facts:
    """Yield the server library of a plan."""
    if key:
        yield "Library", (library_name(key),)


def show_destinations(destinations: Sequence[Destination]) -> Lines:
    """Return the destinations of a plan, with their modes."""
    return tuple(map(_destination_line, destinations)) or _NONE


def _destination_line(item: Destination) -> str:
    modes = [f"{source} {mode}" for source, mode in _modes(item) if mode]
    extra = ", ".join([*(["your own"] if item.custom else []), *modes])
    return destination_name(item.key) + (f" ({extra})" if extra else "")


def destination_facts(destinations: Sequence[Destination]) -> Facts:
    """Yield the destinations of a plan, with their modes and reach."""
    for item in destinations:
        name = destination_name(item.key)
        yield name if name == item.key else f"{name} ({item.key})", tuple(_destination(item))


def _destination(item: Destination) -> Iterator[str]:
    yield ", ".join(["in the plan", *(f"{mode} mode from the {source}" for source, mode in _modes(item) if mode)])
    if item.custom:
        reach = (("web", item.custom.web), ("app", item.custom.mobile), ("server", item.custom.server))
        yield f"Your own: {', '.join(f'{source} {mode}' for source, mode in reach)}"
    if item.consent:
        yield f"Consent category: {item.consent}"
    yield from (f"Contract: {line}" for line in item.contract.split("\n") if item.contract)
    yield from _extra_lines(item.extra)


def _modes(item: Destination) -> tuple[tuple[str, str | None], ...]:
    return ("web", item.web_mode), ("app", item.mobile_mode)


def show_warehouse(loads: bool) -> Lines:
    """Return whether a plan has a warehouse."""
    return ("Loaded from these sources",) if loads else _NONE


def warehouse_facts(loads: bool) -> Facts:
    """Yield whether a plan has a warehouse."""
    yield "Loaded from these sources", show_yes_or_no(loads)


def naming_facts(naming: Naming | None) -> Facts:
    """Yield the naming conventions of a plan."""
    if naming:
        yield "Events", (naming.events,)
        yield "Properties", (naming.properties,)


def json_text(value: Any) -> str:
    """Return a value of a document as JSON on one line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()


def _extra_lines(extra: Any) -> Iterator[str]:
    return (f"{key}: {json_text(value)}" for key, value in _items(extra))


def _items(extra: Any) -> Iterator[tuple[str, Any]]:
    return iter(() if extra is UNSET else extra.items())
