"""The picture of one event on its way: two lanes with their tools, the wires between them, and the words of every case.

Each part says in which cases it is shown or crossed out, as a list of `Trip` keys. The page's stylesheet has one selector
for each case and knows nothing about tools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Plan, Side
from advisor.web.advise.arrivals import TRIPS, Arrival, Outcome, Trip, outcome
from advisor.web.advise.example_plan import PLAN
from advisor.web.advise.trip_words import CAUSES, sentences
from advisor.web.advise.wires import Wire, height_of_lane, wires_from_event, wires_to_tools

_MODES = {"device": "in the page", "cloud": "via Segment"}


@dataclass(frozen=True, slots=True)
class CaseText:
    """A text, and the cases in which it is shown."""

    text: str
    cases: str


@dataclass(frozen=True, slots=True)
class StageTool:
    """A tool in a lane. ``off`` are the cases in which it gets nothing, ``causes`` says why in each of them."""

    key: str
    name: str
    mode: str
    off: str
    causes: tuple[CaseText, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The tools that one side feeds if both send. ``silent`` are the cases in which no call feeds this lane."""

    side: Side
    library: str
    tools: tuple[StageTool, ...]
    silent: str
    wires: tuple[Wire, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Stage:
    """The whole picture. ``wires`` lead from the event to the lanes; ``says`` are the sentences of all cases."""

    event: str
    call: str
    tools: int
    lanes: tuple[Lane, ...]
    wires: tuple[Wire, ...]
    height: int
    says: tuple[CaseText, ...]


@cache
def example_stage() -> Stage:
    """Return the picture of the example event."""
    return stage(PLAN)


def stage(plan: Plan) -> Stage:
    """Return the picture of the only event of a plan."""
    outcomes = [outcome(plan, trip) for trip in TRIPS]
    lanes = tuple(_lane(plan, side, outcomes) for side in ("client", "server"))
    heights = [lane.height for lane in lanes]
    wires, height = wires_from_event(heights)
    said: dict[str, list[Trip]] = {}
    for each in outcomes:
        for text in sentences(plan, each):
            said.setdefault(text, []).append(each.trip)
    return Stage(
        event=plan.events[0].name,
        call=plan.events[0].call,
        tools=len(outcomes[0].arrivals),
        lanes=lanes,
        wires=wires,
        height=height,
        says=tuple(CaseText(text, _keys(trips)) for text, trips in _in_order(said, outcomes, plan)),
    )


def _in_order(said: dict[str, list[Trip]], outcomes: list[Outcome], plan: Plan) -> list[tuple[str, list[Trip]]]:
    """Return the sentences with their cases, so that those of every case keep their order."""
    told = [sentences(plan, each) for each in outcomes]
    places = {text: max(texts.index(text) for texts in told if text in texts) for text in said}
    return sorted(said.items(), key=lambda item: places[item[0]])


def _lane(plan: Plan, side: Side, outcomes: list[Outcome]) -> Lane:
    both = outcomes[0]
    keys = [each.key for each in both.arrivals if each.delivery and each.delivery.side == side]
    tools = tuple(_tool(key, outcomes) for key in keys)
    library = plan.sources.client[0] if side == "client" else plan.sources.server or ""

    def is_silent(each: Outcome) -> bool:
        """Return whether no call is made that feeds a tool of this lane."""
        return not any(arrival.delivery and arrival.delivery.side in each.calls for arrival in _of(keys, each))

    return Lane(
        side=side,
        library=LIBRARIES[library].key,
        tools=tools,
        silent=_cases(outcomes, is_silent),
        wires=wires_to_tools(len(tools)),
        height=height_of_lane(len(tools)),
    )


def _tool(key: str, outcomes: list[Outcome]) -> StageTool:
    causes: dict[str, list[Trip]] = {}
    for each in outcomes:
        for arrival in _of([key], each):
            if arrival.cause:
                causes.setdefault(arrival.cause, []).append(each.trip)
    delivery = next(arrival.delivery for arrival in _of([key], outcomes[0]))
    return StageTool(
        key=key,
        name=destination_name(key),
        mode=_MODES[delivery.mode] if delivery else "",
        off=_keys(trip for trips in causes.values() for trip in trips),
        causes=tuple(CaseText(CAUSES[cause], _keys(trips)) for cause, trips in causes.items()),
    )


def _of(keys: list[str], result: Outcome) -> list[Arrival]:
    return [arrival for arrival in result.arrivals if arrival.key in keys]


def _cases(outcomes: list[Outcome], holds: Callable[[Outcome], bool]) -> str:
    return _keys(each.trip for each in outcomes if holds(each))


def _keys(trips: Iterable[Trip]) -> str:
    return " ".join(trip.key for trip in trips)
