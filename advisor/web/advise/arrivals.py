"""Which tools get an event, for each way to send it and each thing that can be in the way, and why a tool does not.

The first page lets visitors try these cases. What is delivered comes from the advice for the event with that placement,
and what a blocker stops from its losses. Nothing about reach is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from msgspec.structs import replace

from advisor.advice import advise_event
from advisor.advice.losses import losses
from advisor.knowledge import citations as cite
from advisor.knowledge.questions import with_answer
from advisor.model import Decision, Delivery, Event, HandoffValue, Placement, Plan, Side, recommendation_of

BLOCKED, REFUSED, NOBODY_THERE = "blocked", "refused", "user-absent"
"""Why a call or a tool gets nothing. The last is also a reason code of the law, which adds its own others."""
CONSENT = "context.consent.categoryPreferences"
"""Where a call carries the visitor's consent."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One case: the sides that send the event, and whether there is a blocker, a refusal of all consent, or nobody there."""

    sides: Placement
    blocker: bool = False
    refusal: bool = False
    away: bool = False

    @property
    def key(self) -> str:
        """The case as a short word: the first letter of the sides, then ``k``, ``r``, ``a`` for what is in the way."""
        flags = {"k": self.blocker, "r": self.refusal, "a": self.away}
        return self.sides[0] + "".join(letter for letter, is_on in flags.items() if is_on)


SIDES: tuple[Placement, ...] = ("both", "client", "server")
TRIPS = tuple(Trip(sides, *flags) for sides in SIDES for flags in product((False, True), repeat=3))
"""All cases that the switches of the page can show."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a wanted destination gets in a case: the delivery that the advice has for it, and the cause if nothing arrives.

    ``delivery`` is None, and ``cause`` is a reason code of the law, if no call is meant to reach it.
    """

    key: str
    delivery: Delivery | None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the event in a case.

    ``calls`` are the sides that make a call, ``stopped`` is why the client's call does not arrive, or empty. ``cost`` is what
    blockers cost and ``remedy`` what the advice does about it; both are empty if the client makes no call.
    """

    trip: Trip
    calls: frozenset[Side]
    stopped: str
    cost: str
    remedy: str
    handoff: tuple[HandoffValue, ...]
    arrivals: tuple[Arrival, ...]

    @property
    def arrived(self) -> tuple[Arrival, ...]:
        """The destinations that get the event."""
        return tuple(each for each in self.arrivals if not each.cause)


def outcome(plan: Plan, trip: Trip) -> Outcome:
    """Return what becomes of the only event of a plan in this case."""
    plan, event = _sent(plan, trip)
    advice = recommendation_of(event)
    blockers = [
        each for each in losses(plan, event) if each.side == "client" and each.citation == cite.ADVERTISING_FUNNEL
    ]
    stopped = NOBODY_THERE if trip.away else BLOCKED if trip.blocker and blockers else ""
    carried: dict[str, Delivery] = {}
    for delivery in advice.deliveries:
        carried.setdefault(delivery.destination, delivery)
    missed = {each.destination: each.reason for each in advice.unreachable}
    refusing = {item.key for item in plan.destinations if item.consent} if trip.refusal else set()
    calls = frozenset(call.side for call in advice.calls if call.library)
    return Outcome(
        trip=trip,
        calls=calls - {"client"} if trip.away else calls,
        stopped=stopped,
        cost=blockers[0].cost if blockers else "",
        remedy=blockers[0].answer if blockers else "",
        handoff=advice.handoff,
        arrivals=tuple(
            Arrival(key, carried.get(key), missed.get(key) or _cause(carried[key], stopped, refusing))
            for key in (item.key for item in plan.destinations)
            if key in carried or key in missed
        ),
    )


def _sent(plan: Plan, trip: Trip) -> tuple[Plan, Event]:
    """Return the plan and its event, advised as if the team had decided for the sides of this case."""
    event = replace(plan.events[0], decision=Decision(placement=trip.sides))
    if trip.away:
        event = with_answer(event, "user_absent", "yes")
    plan = replace(plan, events=(event,))
    return plan, advise_event(plan, 0)


def _cause(delivery: Delivery, stopped: str, refusing: set[str]) -> str:
    """Return why a delivery that the advice has does not happen; empty if it does."""
    if delivery.side == "client" and stopped:
        return stopped
    return REFUSED if delivery.destination in refusing else ""
