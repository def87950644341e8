"""Plans to start from: the events of one of Segment's specs, with usual answers, libraries and destinations.

To add one, add an entry to ``starters.json``. Every answer of a template is a suggestion (`Event.suggested`): it counts
in the advice, and is marked until somebody accepts it. Properties whose names suggest a sensitive value are marked
sensitive.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.event_specs import EventSpec, event_specs, spec_of
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.model import Answer, CallType, Destination, Event, Plan, Property, Sources


class Template(Struct, frozen=True, kw_only=True):
    """One template. ``plan`` is the name of the new plan; ``destinations`` has the events that each destination gets.

    ``identify_on_client`` is the name of the identify call that tells client libraries, but no destination, who the user
    is.
    """

    key: str
    name: str
    about: str
    plan: str
    client: tuple[str, ...]
    server: str
    calls: dict[str, CallType]
    identify_on_client: str
    specs: tuple[str, ...]
    destinations: dict[str, Literal["all"] | tuple[str, ...]]


_OF_IDENTIFY_ON_CLIENT: dict[str, Answer] = {
    **dict.fromkeys(QUESTION_KEYS[:-1], "no"),
    "needs_cookies": "yes",
}


@cache
def templates() -> dict[str, Template]:
    """Return every template by its key, in the order of the file."""
    data = files("advisor.knowledge").joinpath("starters.json").read_bytes()
    return {each.key: each for each in msgspec.json.decode(data, type=tuple[Template, ...])}


@cache
def template_plan(key: str) -> Plan:
    """Return the plan that a template makes. Raises `KeyError` if there is no such template."""
    template = templates()[key]
    return Plan(
        name=template.plan,
        description=template.about,
        sources=Sources(client=template.client, server=template.server),
        destinations=tuple(Destination(key=name) for name in template.destinations),
        warehouse=True,
        events=tuple(_events(template)),
    )


def with_sensitive_marked(item: Property) -> Property:
    """Return the property, marked sensitive if its name suggests it. The properties inside are marked likewise."""
    marked = item.sensitive or sensitive_kind(item.name) is not None
    return replace(item, sensitive=marked, properties=tuple(map(with_sensitive_marked, item.properties)))


def _events(template: Template) -> Iterator[Event]:
    for name, call in template.calls.items():
        spec = spec_of(call, name)
        assert spec is not None, f"starters.json: nothing is known of {call}"
        yield _event(template, name, call, spec)
    yield Event(
        name=template.identify_on_client,
        call="identify",
        description="Tells the library who the user is, and no destination. The other identify call carries the traits.",
        answers=_OF_IDENTIFY_ON_CLIENT,
        suggested=tuple(_OF_IDENTIFY_ON_CLIENT),
        destinations=(),
    )
    for spec in event_specs():
        if spec.spec in template.specs:
            yield _event(template, spec.name, "track", spec)


def _event(template: Template, name: str, call: CallType, spec: EventSpec) -> Event:
    wanted = tuple(key for key, events in template.destinations.items() if events == "all" or name in events)
    return Event(
        name=name,
        call=call,
        answers=spec.answers,
        suggested=tuple(spec.answers),
        destinations="all" if len(wanted) == len(template.destinations) else wanted,
        properties=tuple(map(with_sensitive_marked, spec.properties)),
    )
