"""The ``integrations`` object of each call as text to copy, its meaning, and the properties that the call leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Event, Integrations, IntegrationValue, Property, Recommendation, Side

_OPEN = "Empty: whatever is enabled for this source receives the call, also destinations added later."
_ALLOW = "An allow-list: a destination added later won’t receive this by accident."
_DENY = "A deny-list: everything else that is enabled receives the call, also destinations added later."
_NAMED = "Destinations set to false are named because this library would start them in spite of All."
_NO_SECOND_COPY = "Warehouses keeps a second copy out of your warehouse."
_STORED = "Warehouses keeps the call in your warehouse."


@dataclass(frozen=True)
class Token:
    """A piece of code. ``css`` is the class that colours true and false."""

    text: str
    css: str = ""


@dataclass(frozen=True)
class Withheld:
    """A property that a call must not carry, and the reason."""

    name: str
    why: str


@dataclass(frozen=True)
class CallSheet:
    """One call to implement. ``what`` is its name for people who can't see the colour."""

    side: Side
    library: str | None
    what: str
    code: tuple[Token, ...]
    meaning: str
    withheld: tuple[Withheld, ...]


def call_sheets(event: Event, advice: Recommendation) -> tuple[CallSheet, ...]:
    """Return a sheet for each call of the advice, in the order of the calls."""
    return tuple(_sheet(event, call) for call in advice.calls)


def _sheet(event: Event, call: Call) -> CallSheet:
    known = LIBRARIES.get(call.library or "")
    library = known.name if known else None
    properties = {item.name: item for item in event.properties}
    return CallSheet(
        side=call.side,
        library=library,
        what=f"integrations object of the {call.side} call" + (f", {library}" if library else ""),
        code=tuple(_code(call.integrations)),
        meaning=" ".join(_meaning(call.integrations)),
        withheld=tuple(Withheld(name, _why(properties.get(name))) for name in call.withheld),
    )


def _why(item: Property | None) -> str:
    if item is None or item.sensitive:
        return "sensitive"
    return "only the server knows it"


def _meaning(integrations: Integrations) -> Iterator[str]:
    closed = integrations.get("All") is False
    if not integrations:
        yield _OPEN
    else:
        yield _ALLOW if closed else _DENY
    if closed and any(value is False for key, value in integrations.items() if key != "All"):
        yield _NAMED
    warehouses = integrations.get("Warehouses")
    if isinstance(warehouses, dict):
        yield _STORED if warehouses["all"] else _NO_SECOND_COPY


def _code(integrations: Integrations) -> Iterator[Token]:
    if not integrations:
        yield Token("{}")
        return
    yield Token("{\n")
    for place, (key, value) in enumerate(integrations.items()):
        yield Token(f"  {_quote_json(key)}: ")
        yield from _value(value)
        yield Token(",\n" if place < len(integrations) - 1 else "\n")
    yield Token("}")


def _value(value: IntegrationValue) -> Iterator[Token]:
    if isinstance(value, bool):
        yield Token("true", "k-t") if value else Token("false", "k-f")
        return
    yield Token("{ ")
    for place, (key, inner) in enumerate(value.items()):
        yield Token(f"{', ' if place else ''}{_quote_json(key)}: ")
        yield from _value(inner)
    yield Token(" }")


def _quote_json(key: str) -> str:
    return msgspec.json.encode(key).decode()
