"""What the picture of an event shows: the sides as lanes, and the destinations that each call feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Delivery, Event, Mode, Plan, Recommendation, Side
from advisor.presentation.verdict import Kind, Piece, shortened, teller
from advisor.presentation.words import destination_name

MOST_BOXES = 6
"""A lane shows at most so many boxes: of more destinations one fewer, and "+ n more"."""
_TITLES: dict[Side, str] = {"client": "Client", "server": "Server"}
_REASONS = {
    "user-absent": "the user isn’t there",
    "sensitive": "a client could be read",
    "call-type": "it doesn’t take this call",
    "no-source": "no library reaches it",
    "not-a-stream": "it takes no events",
    "mode": "not in the mode chosen",
}


@dataclass(frozen=True)
class Box:
    """One destination, or a few words where a call feeds none that has a name."""

    text: str
    mode: Mode | Literal[""] = ""
    faint: bool = False


@dataclass(frozen=True)
class Lane:
    """One call with what it feeds; or a path that is not taken (``kind`` relay or refused), with why."""

    kind: Literal["client", "server", "relay", "refused"]
    title: str
    note: str
    boxes: tuple[Box, ...]


def lanes(plan: Plan, advice: Recommendation) -> tuple[Lane, ...]:
    """The lanes of an advised event, in the order of its calls."""
    return tuple(_lanes(plan, advice))


def _lanes(plan: Plan, advice: Recommendation) -> Iterator[Lane]:
    if advice.unreachable:
        codes = {item.reason for item in advice.unreachable}
        why = _REASONS.get(codes.pop(), "") if len(codes) == 1 else "for the reasons below"
        names = [destination_name(item.destination) for item in advice.unreachable]
        yield Lane("refused", "Not reached", why, _most([Box(name, faint=True) for name in names]))
    if advice.relay and not any(call.side == "client" for call in advice.calls):
        yield Lane("relay", f"The {teller(advice)} tells your server;", "it makes no Segment call", ())
    for call in advice.calls:
        title = _TITLES[call.side]
        yield Lane(call.side, title, call.library or "no library yet", _most(_boxes(plan, advice, call)))


def _boxes(plan: Plan, advice: Recommendation, call: Call) -> list[Box]:
    if fed := _fed(advice, call):
        return [Box(destination_name(item.destination), item.mode) for item in fed]
    if not plan.destinations and call.integrations.get("All") is None:
        return [Box("every destination")]
    if not plan.destinations and call.side == "client":
        return [Box("the tool that needs the client")]
    keeps = plan.warehouse and call.integrations.get("Warehouses") != {"all": False}
    return [Box("your warehouse" if keeps else "no destination", faint=not keeps)]


def _most(boxes: list[Box]) -> tuple[Box, ...]:
    if len(boxes) <= MOST_BOXES:
        return tuple(boxes)
    shown = boxes[: MOST_BOXES - 1]
    return (*shown, Box(f"+ {len(boxes) - len(shown)} more", faint=boxes[0].faint))


def caption(plan: Plan, event: Event, advice: Recommendation) -> tuple[Piece, ...]:
    """What the picture shows, in sentences: names in bold."""
    return tuple(_caption(plan, event, advice))


def _caption(plan: Plan, event: Event, advice: Recommendation) -> Iterator[Piece]:
    if advice.relay and not any(call.side == "client" for call in advice.calls):
        yield Piece(f"The {teller(advice)} tells your server, and makes no Segment call. ")
    for call in advice.calls:
        names = [destination_name(item.destination) for item in _fed(advice, call)]
        yield Piece(f"{_call_name(call, advice)} {'reaches ' if names else _reaches(plan, advice, call)}")
        yield from _names(names, "strong")
        yield Piece(". ")
    unreachable = [destination_name(item.destination) for item in advice.unreachable]
    if unreachable:
        yield Piece("Not reached: ")
        yield from _names(unreachable, "name")
        yield Piece(". ")
    unwanted = [destination_name(item.key) for item in plan.destinations if _is_unwanted(item.key, event)]
    if unwanted:
        yield Piece("Left out on purpose: ")
        yield from _names(unwanted, "name")
        yield Piece(".")


def _fed(advice: Recommendation, call: Call) -> list[Delivery]:
    return [item for item in advice.deliveries if (item.side, item.library) == (call.side, call.library)]


def _is_unwanted(key: str, event: Event) -> bool:
    return event.destinations != "all" and key not in event.destinations


def _reaches(plan: Plan, advice: Recommendation, call: Call) -> str:
    (box,) = _boxes(plan, advice, call)
    if box.text == "every destination":
        return "reaches every destination, also those you add later"
    return f"reaches {box.text}"


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
        yield Piece(shortened(name), kind)
