"""The content of an event's picture: its calls as lanes, with the destinations that each call reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.wording import event_wording
from advisor.model import Call, Delivery, Event, Plan, Recommendation, Side, recommendation_of
from advisor.presentation.receivers import Receivers

MOST_BOXES = 8
"""Maximum number of boxes that a lane shows at once. The rest is folded."""
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
    """One destination, or a few words if the call reaches no named destination. ``note`` says how, or why not."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Lane:
    """One call with the destinations it reaches, or a path without a call (``kind`` relay or refused) and the reason.

    ``code`` is the key of the call's library, and empty without one.
    """

    kind: Literal["client", "server", "relay", "refused"]
    title: str
    note: str
    code: str
    boxes: tuple[Box, ...]

    @property
    def shown(self) -> tuple[Box, ...]:
        """Return the boxes that are shown at once."""
        return self.boxes if len(self.boxes) <= MOST_BOXES else self.boxes[: MOST_BOXES - 1]

    @property
    def folded(self) -> tuple[Box, ...]:
        """Return the other boxes."""
        return self.boxes[len(self.shown) :]


@dataclass(frozen=True)
class Aside:
    """Destinations that no call is made for, and what becomes of them."""

    words: str
    names: tuple[str, ...]


def lanes(plan: Plan, event: Event, advice: Recommendation) -> tuple[Lane, ...]:
    """Return the lanes of an advised event: paths without a call first, then its calls in order."""
    return tuple(_lanes(plan, event, advice))


def asides(plan: Plan, event: Event) -> tuple[Aside, ...]:
    """Return the destinations of the plan that only load, and those that the event leaves out."""
    receivers = Receivers(plan.destinations)
    found = (
        ("Loaded, without a call", receivers.loading_only(event)),
        ("Left out on purpose", receivers.unwanted(event)),
    )
    return tuple(Aside(words, tuple(map(destination_name, keys))) for words, keys in found if keys)


def _lanes(plan: Plan, event: Event, advice: Recommendation) -> Iterator[Lane]:
    if advice.unreachable:
        boxes = (Box(destination_name(item.destination), _REASONS.get(item.reason, "")) for item in advice.unreachable)
        yield Lane("refused", "Not reached", "", "", tuple(boxes))
    if advice.relay and not any(call.side == "client" for call in advice.calls):
        told = f"The {event_wording(plan.sources, event).place} tells your server"
        yield Lane("relay", told, "It makes no Segment call.", "", ())
    for call in advice.calls:
        note = "" if call.library else "no library yet"
        yield Lane(call.side, _TITLES[call.side], note, call.library or "", tuple(_boxes(plan, event, call)))


def _boxes(plan: Plan, event: Event, call: Call) -> list[Box]:
    fed, stored = _deliveries_of(plan, event, call)
    boxes = [_box(item) for item in (*fed, *stored)]
    if fed:
        return boxes
    named = Receivers(plan.destinations).takes_calls
    if not named and call.integrations.get("All") is None:
        return [*boxes, Box("every destination", "also those you add later")]
    if not named and call.side == "client":
        return [*boxes, Box("the tool that needs the client")]
    keeps = plan.warehouse and call.integrations.get("Warehouses") != {"all": False}
    if boxes and not keeps:
        return boxes
    return [*boxes, Box("your warehouse" if keeps else "no destination")]


def _box(item: Delivery) -> Box:
    """Return the box of a delivery. Servers always send in cloud mode, so that only a client's mode is worth a word."""
    return Box(destination_name(item.destination), item.mode if LIBRARIES[item.library].side == "client" else "")


def _deliveries_of(plan: Plan, event: Event, call: Call) -> tuple[list[Delivery], list[Delivery]]:
    """Return the call's deliveries, and those to storage that receives every call."""
    everything = (recommendation_of(event).deliveries, Receivers(plan.destinations).storage_deliveries(event))
    fed, stored = (
        [item for item in some if (item.side, item.library) == (call.side, call.library)] for some in everything
    )
    return fed, stored
