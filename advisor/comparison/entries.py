"""Splits an event, its advice or a plan's settings into entries: small facts in words that are compared one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import library_name
from advisor.knowledge.questions import questions_in
from advisor.knowledge.wording import Wording
from advisor.model import Decision, Destination, Dismissal, Event, Plan, Property, Recommendation

Lines = tuple[str, ...]

_ANSWERS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
_ALL = "All of the plan’s"


@dataclass(frozen=True)
class Entry:
    """One fact: the topic that it belongs to, its label, and its text in lines."""

    topic: str
    label: str
    lines: Lines


def event_entries(event: Event, wording: Wording) -> Iterator[Entry]:
    """Yield an entry for everything in an event except its recommendation."""
    yield Entry("Event", "Name", (event.name,))
    yield Entry("Event", "Call type", (event.call,))
    yield from _text("Event", "Description", event.description)
    yield from (Entry("Labels", label, (text,)) for label, text in event.labels.items())
    for question in questions_in(wording):
        answer = _ANSWERS[event.answers.get(question.key, "unsure")]
        suggested = ", suggested" if question.key in event.suggested else ""
        yield Entry("Answers", question.asks, (answer + suggested,))
    yield from _chosen("Destinations", event.destinations, {key: destination_name(key) for key in event.destinations})
    yield from _chosen("Where it happens", event.sources, {key: library_name(key) for key in event.sources})
    yield from _properties(event.properties)
    if event.decision:
        yield Entry("Decision", "Our decision", tuple(_decision(event.decision)))
    yield from _dismissed(event.dismissed)
    yield from _extra("Other fields", event.extra)


def settings_entries(plan: Plan) -> Iterator[Entry]:
    """Yield an entry for everything in a plan except its events and what is computed."""
    yield Entry("Plan", "Name", (plan.name,))
    yield from _text("Plan", "Description", plan.description)
    yield from (Entry("Client libraries", library_name(key), ("in the plan",)) for key in plan.sources.client)
    if plan.sources.server:
        yield Entry("Server library", "Library", (library_name(plan.sources.server),))
    yield from (Entry("Destinations", _titled(item), tuple(_destination(item))) for item in plan.destinations)
    yield Entry("Warehouse", "Loaded from these sources", ("Yes" if plan.warehouse else "No",))
    if plan.naming:
        yield Entry("Naming", "Events", (plan.naming.events,))
        yield Entry("Naming", "Properties", (plan.naming.properties,))
    yield from _dismissed(plan.dismissed)
    yield Entry("Other fields", "Format", (plan.format,))
    yield from _extra("Other fields", plan.extra)


def advice_entries(advice: Recommendation) -> Iterator[Entry]:
    """Yield the calls of a recommendation with their integrations objects, and what they reach or miss."""
    for call in advice.calls:
        library = library_name(call.library) if call.library else "no library yet"
        yield Entry("Calls", f"{call.side.capitalize()}, {library}", (_json(call.integrations),))
    for item in advice.deliveries:
        how = f"from the {item.side}, {library_name(item.library)}, {item.mode} mode"
        yield Entry("Reaches", destination_name(item.destination), (how,))
    for missed in advice.unreachable:
        yield Entry("Reaches", destination_name(missed.destination), (f"unreachable: {missed.message}",))


def _text(topic: str, label: str, text: str) -> Iterator[Entry]:
    if text:
        yield Entry(topic, label, tuple(text.split("\n")))


def _chosen(topic: str, keys: Any, names: dict[str, str]) -> Iterator[Entry]:
    if keys == "all":
        yield Entry(topic, "Which", (_ALL,))
    elif not keys:
        yield Entry(topic, "Which", ("None of them",))
    else:
        yield from (Entry(topic, names[key], ("chosen",) if names[key] == key else ("chosen", key)) for key in keys)


def _properties(properties: Sequence[Property], above: str = "") -> Iterator[Entry]:
    for item in properties:
        name = f"{above}{item.name}"
        yield Entry("Properties", name, tuple(_property(item)))
        yield from _properties(item.properties, f"{name} › ")


def _property(item: Property) -> Iterator[str]:
    known = "" if item.known_by == "either" else f"known by the {item.known_by}"
    flags = ("required" if item.required else "", "sensitive" if item.sensitive else "", known)
    yield ", ".join(filter(None, (item.type, *flags)))
    if item.values:
        yield f"One of {', '.join(map(_json, item.values))}"
    yield from (line for line in item.description.split("\n") if item.description)
    yield from (f"{key}: {_json(value)}" for key, value in _items(item.extra))


def _decision(decision: Decision) -> Iterator[str]:
    yield {"client": "Send it from the client", "server": "Send it from the server"}.get(
        decision.placement, "Send it from both sides"
    )
    yield from (line for line in decision.reason.split("\n") if decision.reason)
    if decision.author or decision.date:
        yield f"Decided{f' by {decision.author}' if decision.author else ''}{f' on {decision.date}' if decision.date else ''}"
    if decision.against:
        ruleset = f", rules {decision.against.ruleset}" if decision.against.ruleset else ""
        yield f"The advice was then: {decision.against.placement}{ruleset}"
    yield from (f"{key}: {_json(value)}" for key, value in _items(decision.extra))


def _titled(item: Destination) -> str:
    name = destination_name(item.key)
    return name if name == item.key else f"{name} ({item.key})"


def _destination(item: Destination) -> Iterator[str]:
    modes = (("web", item.web_mode), ("app", item.mobile_mode))
    yield ", ".join(["in the plan", *(f"{mode} mode from the {source}" for source, mode in modes if mode)])
    if item.custom:
        reach = (("web", item.custom.web), ("app", item.custom.mobile), ("server", item.custom.server))
        yield f"Your own: {', '.join(f'{source} {mode}' for source, mode in reach)}"
    yield from (f"{key}: {_json(value)}" for key, value in _items(item.extra))


def _dismissed(dismissed: Sequence[Dismissal]) -> Iterator[Entry]:
    for item in dismissed:
        who = ", ".join(filter(None, (item.author, item.date)))
        yield Entry("Dismissed findings", item.code, tuple(filter(None, (item.reason, who))) or ("Dismissed",))


def _extra(topic: str, extra: Any) -> Iterator[Entry]:
    return (Entry(topic, key, (_json(value),)) for key, value in _items(extra))


def _items(extra: Any) -> Iterator[tuple[str, Any]]:
    return iter(() if extra is UNSET else extra.items())


def _json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
