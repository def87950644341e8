"""The content of an event's diagram: its calls as lanes, with the destinations that each call reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.wording import event_wording
from advisor.model import Call, Delivery, Event, Mode, Plan, Recommendation, Side, recommendation_of
from advisor.presentation.receivers import Receivers
from advisor.presentation.verdict import Kind, Piece, short_name

MOST_BOXES = 6
"""Maximum number of boxes in a lane. With more destinations, the last box is "+ n more"."""
_TITLES: dict[Side, str] = {"client": "Client", "server": "Server"}
_REASONS = {
    "user-absent": "nothing of yours need be running",
    "sensitive": "this event is sensitive",
    "call-type": "it doesn’t take this call",
    "no-source": "no library reaches it",
    "not-a-stream": "it takes no events",
    "mode": "not in the mode chosen",
}


@dataclass(frozen=True)
class Box:
    """One destination, or a few words if the call reaches no named destination."""

    text: str
    mode: Mode | Literal[""] = ""
    faint: bool = False


@dataclass(frozen=True)
class Lane:
    """One call with the destinations it reaches, or a path without a call (``kind`` relay or refused) and the reason."""

    kind: Literal["client", "server", "relay", "refused"]
    title: str
    note: str
    boxes: tuple[Box, ...]


def lanes(plan: Plan, event: Event, advice: Recommendation) -> tuple[Lane, ...]:
    """Return the lanes of an advised event: paths without a call first, then its calls in order."""
    return tuple(_lanes(plan, event, advice))


def _lanes(plan: Plan, event: Event, advice: Recommendation) -> Iterator[Lane]:
    if advice.unreachable:
        codes = {item.reason for item in advice.unreachable}
        why = _REASONS.get(codes.pop(), "") if len(codes) == 1 else "for the reasons below"
        names = [destination_name(item.destination) for item in advice.unreachable]
        yield Lane("refused", "Not reached", why, _most([Box(name, faint=True) for name in names]))
    if advice.relay and not any(call.side == "client" for call in advice.calls):
        yield Lane(
            "relay",
            f"The {event_wording(plan.sources, event).place} tells your server;",
            "it makes no Segment call",
            (),
        )
    for call in advice.calls:
        title = _TITLES[call.side]
        yield Lane(call.side, title, call.library or "no library yet", _most(_boxes(plan, event, call)))


def _boxes(plan: Plan, event: Event, call: Call) -> list[Box]:
    fed, stored = _deliveries_of(plan, event, call)
    boxes = [Box(destination_name(item.destination), item.mode) for item in (*fed, *stored)]
    if fed:
        return boxes
    named = Receivers(plan.destinations).takes_calls
    if not named and call.integrations.get("All") is None:
        return [*boxes, Box("every destination")]
    if not named and call.side == "client":
        return [*boxes, Box("the tool that needs the client")]
    keeps = plan.warehouse and call.integrations.get("Warehouses") != {"all": False}
    if boxes and not keeps:
        return boxes
    return [*boxes, Box("your warehouse" if keeps else "no destination", faint=not keeps)]


def _most(boxes: list[Box]) -> tuple[Box, ...]:
    if len(boxes) <= MOST_BOXES:
        return tuple(boxes)
    shown = boxes[: MOST_BOXES - 1]
    return (*shown, Box(f"+ {len(boxes) - len(shown)} more", faint=boxes[0].faint))


def caption(plan: Plan, event: Event, advice: Recommendation) -> tuple[Piece, ...]:
    """Return the content of the diagram in sentences, with names in bold."""
    return tuple(_caption(plan, event, advice))


def _caption(plan: Plan, event: Event, advice: Recommendation) -> Iterator[Piece]:
    if advice.relay and not any(call.side == "client" for call in advice.calls):
        yield Piece(f"The {event_wording(plan.sources, event).place} tells your server, and makes no Segment call. ")
    for call in advice.calls:
        yield Piece(f"{_call_name(call, advice)} reaches ")
        yield from _reached_names(plan, event, call)
        yield Piece(". ")
    receivers = Receivers(plan.destinations)
    for said, keys in (
        ("Not reached: ", [item.destination for item in advice.unreachable]),
        ("Loaded, without a call: ", receivers.loading_only(event)),
        ("Left out on purpose: ", receivers.unwanted(event)),
    ):
        if keys:
            yield Piece(said)
            yield from _names([destination_name(key) for key in keys], "name")
            yield Piece(". ")


def _deliveries_of(plan: Plan, event: Event, call: Call) -> tuple[list[Delivery], list[Delivery]]:
    """Return the call's deliveries, and those to storage that receives every call."""
    everything = (recommendation_of(event).deliveries, Receivers(plan.destinations).storage_deliveries(event))
    fed, stored = (
        [item for item in some if (item.side, item.library) == (call.side, call.library)] for some in everything
    )
    return fed, stored


def _reached_names(plan: Plan, event: Event, call: Call) -> Iterator[Piece]:
    """Yield the destinations that a call reaches, in bold, or a few words."""
    fed, stored = _deliveries_of(plan, event, call)
    names = [destination_name(item.destination) for item in (*fed, *stored)]
    more = [box.text for box in _boxes(plan, event, call)[len(names) :]]
    if more == ["every destination"]:
        more = ["every destination, also those you add later"]
    yield from _names(names, "strong")
    yield Piece(f"{' and ' if names and more else ''}{''.join(more)}")


def _call_name(call: Call, advice: Recommendation) -> str:
    if call.side == "server":
        return "The server’s call"
    several = sum(item.side == "client" for item in advice.calls) > 1
    library = LIBRARIES.get(call.library or "")
    if library is None or (library.type == "web" and not several):
        return "The browser’s call" if library else "The client’s call"
    return f"The {library.name} call"


def _names(names: list[str], kind: Kind) -> Iterator[Piece]:
    for place, name in enumerate(names):
        if place:
            yield Piece(" and " if place == len(names) - 1 else ", ")
        yield Piece(short_name(name), kind)
