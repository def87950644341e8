"""Plans to start from: the events of one of Segment's specs, with usual answers, libraries and destinations.

To add one, add an entry to ``starters.json``. Every answer of a starter is a suggestion (`Event.suggested`): it counts
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


class Starter(Struct, frozen=True, kw_only=True):
    """One starter. ``plan`` is the name of the new plan; ``destinations`` has the events that each destination gets.

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
def starters() -> dict[str, Starter]:
    """Return every starter by its key, in the order of the file."""
    data = files("advisor.knowledge").joinpath("starters.json").read_bytes()
    return {each.key: each for each in msgspec.json.decode(data, type=tuple[Starter, ...])}


@cache
def starter_plan(key: str) -> Plan:
    """Return the plan that a starter makes. Raises `KeyError` if there is no such starter."""
    starter = starters()[key]
    return Plan(
        name=starter.plan,
        description=starter.about,
        sources=Sources(client=starter.client, server=starter.server),
        destinations=tuple(Destination(key=name) for name in starter.destinations),
        warehouse=True,
        events=tuple(_events(starter)),
    )


def with_sensitive_marked(item: Property) -> Property:
    """Return the property, marked sensitive if its name suggests it. The properties inside are marked likewise."""
    marked = item.sensitive or sensitive_kind(item.name) is not None
    return replace(item, sensitive=marked, properties=tuple(map(with_sensitive_marked, item.properties)))


def _events(starter: Starter) -> Iterator[Event]:
    for name, call in starter.calls.items():
        spec = spec_of(call, name)
        assert spec is not None, f"starters.json: nothing is known of {call}"
        yield _event(starter, name, call, spec)
    yield Event(
        name=starter.identify_on_client,
        call="identify",
        description="Tells the library who the user is, and no destination. The other identify call carries the traits.",
        answers=_OF_IDENTIFY_ON_CLIENT,
        suggested=tuple(_OF_IDENTIFY_ON_CLIENT),
        destinations=(),
    )
    for spec in event_specs():
        if spec.spec in starter.specs:
            yield _event(starter, spec.name, "track", spec)


def _event(starter: Starter, name: str, call: CallType, spec: EventSpec) -> Event:
    wanted = tuple(key for key, events in starter.destinations.items() if events == "all" or name in events)
    return Event(
        name=name,
        call=call,
        answers=spec.answers,
        suggested=tuple(spec.answers),
        destinations="all" if len(wanted) == len(starter.destinations) else wanted,
        properties=tuple(map(with_sensitive_marked, spec.properties)),
    )
