"""The parts of a plan's settings and of an event, used to compare and merge two versions of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec.structs import replace

from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS, questions_in
from advisor.knowledge.wording import GENERAL, Wording
from advisor.model import Decision, Destination, Event, Plan, Property, Sources
from advisor.presentation.words import destination_name
from advisor.web.plans.conflict.merge import Part, Parts

Lines = tuple[str, ...]
_NOTHING = ("–",)
_ANSWERS = {"yes": "Yes", "no": "No", None: "Not sure"}


def _text(value: str) -> Lines:
    return tuple(value.splitlines()) or _NOTHING


def _labels(value: dict[str, str]) -> Lines:
    return tuple(f"{key}: {text}" for key, text in value.items()) or _NOTHING


def _libraries(value: Any) -> Lines:
    if value == "all":
        return ("On every client library",)
    return tuple(LIBRARIES[key].name if key in LIBRARIES else key for key in value) or ("None",)


def _wanted(value: Any) -> Lines:
    return ("All of the plan’s",) if value == "all" else tuple(map(destination_name, value)) or ("None",)


def _destination(item: Destination) -> str:
    modes = [f"{source} {mode}" for source, mode in (("web", item.web_mode), ("app", item.mobile_mode)) if mode]
    own = ["your own"] if item.custom else []
    extra = ", ".join([*own, *modes])
    return destination_name(item.key) + (f" ({extra})" if extra else "")


def _property(item: Property) -> str:
    flags = [name for name in ("required", "sensitive") if getattr(item, name)]
    known = [] if item.known_by == "either" else [f"known by the {item.known_by}"]
    description = [item.description] if item.description else []
    return f"{item.name}: " + ", ".join([item.type, *flags, *known, *description])


def _decision(value: Decision | None) -> Lines:
    if value is None:
        return ("Follow the advice",)
    author = [f"By {value.author}"] if value.author else []
    return (f"Send it from: {value.placement}", *filter(None, value.reason.splitlines()), *author)


def _listing(show: Callable[[Any], str]) -> Callable[[Any], Lines]:
    return lambda values: tuple(map(show, values)) or ("None",)


def _event_part(field: str, label: str, show: Callable[[Any], Lines]) -> Part[Event]:
    def put(event: Event, value: Any) -> Event:
        changes: dict[str, Any] = {field: value}
        return replace(event, **changes)

    return Part(field, label, lambda event: getattr(event, field), put, show)


def _answer_part(key: str, asks: str) -> Part[Event]:
    def get(event: Event) -> tuple[str | None, bool]:
        return event.answers.get(key), key in event.suggested

    def put(event: Event, value: tuple[Any, bool]) -> Event:
        answer, is_suggested = value
        given = event.answers | {key: answer}
        return replace(
            event,
            answers={each: given[each] for each in QUESTION_KEYS if given.get(each)},
            suggested=tuple(each for each in event.suggested if each != key) + ((key,) if is_suggested else ()),
        )

    def show(value: tuple[Any, bool]) -> Lines:
        return (_ANSWERS[value[0]] + (", suggested" if value[1] else ""),)

    return Part(key, asks, get, put, show)


@cache
def event_parts(wording: Wording) -> Parts[Event]:
    """Return the parts of an event, with its questions in the wording of its plan."""
    return (
        _event_part("name", "Event name", _text),
        _event_part("call", "Call type", _text),
        _event_part("labels", "Team and other labels", _labels),
        _event_part("description", "Description", _text),
        *(_answer_part(question.key, question.asks) for question in questions_in(wording)),
        _event_part("destinations", "Destinations that want it", _wanted),
        _event_part("sources", "Where it happens", _libraries),
        _event_part("properties", "Properties", _listing(_property)),
        _event_part("decision", "Our decision", _decision),
    )


EVENT_PARTS = event_parts(GENERAL)


def _plan_part(field: str, label: str, show: Callable[[Any], Lines]) -> Part[Plan]:
    def put(plan: Plan, value: Any) -> Plan:
        changes: dict[str, Any] = {field: value}
        return replace(plan, **changes)

    return Part(field, label, lambda plan: getattr(plan, field), put, show)


def _put_client(plan: Plan, value: tuple[str, ...]) -> Plan:
    return replace(plan, sources=Sources(client=value, server=plan.sources.server))


def _put_server(plan: Plan, value: str | None) -> Plan:
    return replace(plan, sources=Sources(client=plan.sources.client, server=value))


SETTINGS_PARTS: Parts[Plan] = (
    _plan_part("name", "Name", _text),
    _plan_part("description", "Description", _text),
    Part("client", "Client libraries", lambda plan: plan.sources.client, _put_client, _libraries),
    Part(
        "server",
        "Server library",
        lambda plan: plan.sources.server,
        _put_server,
        lambda key: _libraries((key,) if key else ()),
    ),
    _plan_part("destinations", "Destinations", _listing(_destination)),
    _plan_part("warehouse", "Warehouse", lambda loads: ("Loaded from these sources",) if loads else ("None",)),
)
