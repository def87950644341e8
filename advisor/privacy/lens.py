"""The privacy lens of an advised plan: who receives which personal data, what stays, what is refused, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from advisor.advice.reach.masking import sort_properties
from advisor.advice.reach.network import tool
from advisor.model import Event, Plan, recommendation_of
from advisor.privacy.guesses import GuessedKind, guesses
from advisor.privacy.open_points import OpenPoint, open_points
from advisor.privacy.receivers import CallsByReceiver, Receiver, passing_calls
from advisor.privacy.values import PersonalValue, event_values, personal_value


class HeldValue(Struct, frozen=True, kw_only=True, gc=False):
    """A property that a client call leaves out, although it belongs to the event.

    ``value`` is null if the property is left out only because the server alone knows it, and nothing says that it is
    personal. ``by_server`` says whether a server call of the same event carries it.
    """

    event: int
    name: str
    library: str
    path: str
    value: PersonalValue | None
    by_server: bool


class RefusedEvent(Struct, frozen=True, kw_only=True, gc=False):
    """A sensitive event that a wanted destination does not receive because it is sensitive. ``message`` says why.

    ``from_either_side`` is true for advertising tools and tag managers, which no call may tell that the event happened;
    other tools are refused only because they are reached from the device alone.
    """

    event: int
    name: str
    destination: str
    from_either_side: bool
    message: str


class LensSummary(Struct, frozen=True, kw_only=True, gc=False):
    """The totals of a plan: its events, those of them that send personal data or are sensitive, and to how many receivers.

    ``destinations`` counts the plan's destinations, ``receiving`` those that receive any of it. ``from_device`` counts
    the events whose client call carries some of it. ``held`` counts the properties that client calls leave out.
    """

    events: int
    carrying: int
    from_device: int
    destinations: int
    receiving: int
    held: int


class Lens(Struct, frozen=True, kw_only=True, gc=False):
    """All that a plan says about privacy. It states what the plan says, and is no legal opinion."""

    summary: LensSummary
    points: tuple[OpenPoint, ...]
    receivers: tuple[Receiver, ...]
    held: tuple[HeldValue, ...]
    refused: tuple[RefusedEvent, ...]
    guesses: tuple[GuessedKind, ...]


def privacy_lens(plan: Plan) -> Lens:
    """Return the privacy lens of a plan. Raises `TypeError` if the plan was not advised."""
    calls = CallsByReceiver(plan)
    held: list[HeldValue] = []
    refused: list[RefusedEvent] = []
    for index, event in enumerate(plan.events):
        calls.add(index, event, event_values(plan, event))
        held += _held(plan, index, event)
        refused += _refused(plan, index, event)
    receivers, guessed = calls.receivers(), guesses(plan)
    return Lens(
        summary=_summary(plan, receivers, held),
        points=open_points(plan, receivers, guessed),
        receivers=receivers,
        held=tuple(held),
        refused=tuple(refused),
        guesses=guessed,
    )


def _held(plan: Plan, index: int, event: Event) -> Iterator[HeldValue]:
    advice = recommendation_of(event)
    calls = [call for call in advice.calls if call.library and call.withheld]
    if not calls:
        return
    by_server = any(call.side == "server" and call.library for call in advice.calls)
    masked = sort_properties(event.properties, plan.common).masked
    for call in calls:
        for path, place in zip(call.withheld, masked, strict=True):
            yield HeldValue(
                event=index,
                name=event.name,
                library=call.library or "",
                path=path,
                value=personal_value(place.property, path),
                by_server=by_server,
            )


def _refused(plan: Plan, index: int, event: Event) -> Iterator[RefusedEvent]:
    missed = {item.destination: item for item in recommendation_of(event).unreachable if item.reason == "sensitive"}
    for destination in plan.destinations if missed else ():
        if item := missed.get(destination.key):
            yield RefusedEvent(
                event=index,
                name=event.name,
                destination=item.destination,
                from_either_side=tool(destination).is_refused_if_sensitive,
                message=item.message,
            )


def _summary(plan: Plan, receivers: tuple[Receiver, ...], held: list[HeldValue]) -> LensSummary:
    passing = passing_calls(receivers)
    reached = [item for item in receivers if item.kind in ("destination", "storage") and item.calls]
    return LensSummary(
        events=len(plan.events),
        carrying=len({call.event for call in passing}),
        from_device=len({call.event for call in passing if call.side == "client"}),
        destinations=len(plan.destinations),
        receiving=len(reached),
        held=len({item.path for item in held}),
    )
