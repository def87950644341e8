"""The record of one advised event, for the exported files: answers, verdict, reasons, alternatives and decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from advisor.advice import derived
from advisor.advice.losses import Loss, losses
from advisor.event_fields import EVENT_FIELD
from advisor.field_values import flat_properties
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.questions import questions_in
from advisor.knowledge.wording import event_wording
from advisor.model import (
    Decision,
    Event,
    Finding,
    HandoffValue,
    Placement,
    Plan,
    Property,
    Reason,
    Recommendation,
    SetupStep,
    SharedId,
    Side,
    Strength,
    Tradeoff,
    Unreachable,
    recommendation_of,
    with_all_properties,
)
from advisor.presentation.calls import CallSheet, call_sheets
from advisor.presentation.receivers import Receivers, wants
from advisor.presentation.states import place_of, state_of, suggested_answers
from advisor.presentation.verdict import Verdict, is_decided_otherwise, verdict
from advisor.presentation.words import Place
from advisor.text import plural, quantity, spell_number

_SPOKEN: dict[Placement, str] = {"client": "the client", "server": "the server", "both": "both sides"}


@dataclass(frozen=True)
class Answered:
    """A question with its answer. ``note`` says where the answer comes from if the team did not give it."""

    asks: str
    answer: str
    note: str


_ABOUT = ("version", "practice", "status", "owner")
_PLAIN = Event(name="-")


@dataclass(frozen=True)
class Argued:
    """A reason, or a trade-off with its remedy. ``citation`` is the address of the source and ``source`` its title."""

    side: Side
    strength: Strength
    text: str
    remedy: str
    citation: str
    source: str


@dataclass(frozen=True)
class Alternative:
    """Another placement. ``text`` says what speaks for it, and which answer would make it the advice."""

    placement: str
    text: str


@dataclass(frozen=True)
class EventRecord:
    """The record of one event. ``number`` counts from 1; ``status`` says whether the advice is settled or decided on.

    ``about`` are the labels and values of the fields in `_ABOUT` that somebody filled in. ``properties`` are all that the
    event carries, the plan's common ones included.
    """

    number: int
    event: Event
    place: Place
    verdict: Verdict
    advised: str
    status: str
    about: tuple[tuple[str, str], ...]
    answers: tuple[Answered, ...]
    reasons: tuple[Argued, ...]
    tradeoffs: tuple[Argued, ...]
    losses: tuple[Loss, ...]
    alternatives: tuple[Alternative, ...]
    decision: Decision | None
    calls: tuple[CallSheet, ...]
    delivered: tuple[tuple[str, str], ...]
    missed: tuple[Unreachable, ...]
    handoff: tuple[HandoffValue, ...]
    shared: tuple[SharedId, ...]
    setup: tuple[SetupStep, ...]
    properties: tuple[tuple[str, Property], ...]
    findings: tuple[Finding, ...]

    @property
    def verdict_text(self) -> str:
        """Return the verdict as plain text."""
        return "".join(piece.text for piece in self.verdict.line)


def event_record(plan: Plan, index: int) -> EventRecord:
    """Return the record of an event of an advised plan. Raises `TypeError` if the event was not advised."""
    event = plan.events[index]
    advice = recommendation_of(event)
    carried = with_all_properties(plan, event)
    dismissed = {item.code for item in event.dismissed}
    return EventRecord(
        number=index + 1,
        event=event,
        place=place_of(event),
        verdict=verdict(plan, event, advice),
        advised=_SPOKEN[advice.placement],
        status=_status(event, advice),
        about=tuple(_about(event)),
        answers=tuple(_answers(plan, event)),
        reasons=tuple(_argument(item, "") for item in advice.reasons),
        tradeoffs=tuple(_argument(item, item.remedy) for item in advice.tradeoffs),
        losses=losses(plan, event),
        alternatives=tuple(_alternatives(advice)),
        decision=event.decision,
        calls=call_sheets(carried, advice),
        delivered=tuple(_deliveries(Receivers(plan.destinations), event, advice)),
        missed=advice.unreachable,
        handoff=advice.handoff,
        shared=advice.shared_ids,
        setup=advice.setup,
        properties=tuple(flat_properties(carried.properties)),
        findings=tuple(item for item in advice.findings if item.code not in dismissed),
    )


def _about(event: Event) -> Iterator[tuple[str, str]]:
    for field in (EVENT_FIELD[key] for key in _ABOUT):
        value = field.get(event)
        if value != field.get(_PLAIN):
            yield field.label, "\n".join(field.show(value))


def _status(event: Event, advice: Recommendation) -> str:
    if is_decided_otherwise(event, advice):
        return f"Decided otherwise: we advise {_SPOKEN[advice.placement]}."
    if event.decision:
        return "Decided, as advised."
    if advice.settled:
        return "Follows the advice. Settled: no open question can change it."
    if state_of(event) == "suggested":
        answers = quantity(len(suggested_answers(event)), "suggested answer")
        return f"Follows the advice, if the suggestions hold: {answers} to accept or change."
    number = len(advice.decisive)
    matters = plural(number, "question matters", "questions matter")
    return f"Follows the advice. Not settled: {spell_number(number)} open {matters}."


def _answers(plan: Plan, event: Event) -> Iterator[Answered]:
    outranked = {fact.question: fact for fact in derived(plan, event)}
    for question in questions_in(event_wording(plan.sources, event)):
        given = event.answers.get(question.key, "unsure")
        fact = outranked.get(question.key)
        if fact:
            yield Answered(question.asks, fact.answer, fact.text)
        else:
            yield Answered(question.asks, given, "suggested" if question.key in event.suggested else "")


def _argument(item: Reason | Tradeoff, remedy: str) -> Argued:
    return Argued(item.side, item.strength, item.text, remedy, item.citation, CITATIONS[item.citation])


def _alternatives(advice: Recommendation) -> Iterator[Alternative]:
    for placement in get_args(Placement):
        if placement != advice.placement:
            yield Alternative(_SPOKEN[placement], " ".join(_case_for(placement, advice)))


def _case_for(placement: Placement, advice: Recommendation) -> Iterator[str]:
    arguments: tuple[Reason | Tradeoff, ...] = (*advice.reasons, *advice.tradeoffs)
    speaking = [item for item in arguments if item.side == placement]
    if speaking:
        yield f"For it: {' '.join(item.text for item in speaking)}"
    elif placement != "both":
        yield "Nothing among the answers speaks for it."
    flips = [flip for flip in advice.flips if flip.placement == placement]
    if flips:
        answers = ", or ".join(f"“{EVENT_FIELD[flip.question].heading}” were answered {flip.answer}" for flip in flips)
        yield f"It would be the advice if {answers}."
    else:
        yield "No single answer would make it the advice."


def _deliveries(receivers: Receivers, event: Event, advice: Recommendation) -> Iterator[tuple[str, str]]:
    """Yield each destination that gets the event, and how.

    Storage that gets it although the event doesn't want it, and wanted tools that only load, are included.
    """
    ways: dict[str, dict[str, None]] = {}
    for item in (*advice.deliveries, *receivers.storage_deliveries(event)):
        ways.setdefault(item.destination, {})[f"{item.mode}, from the {item.side}"] = None
    for key, said in ways.items():
        unwanted = "" if wants(event, key) else " (not wanted, but it stores every call)"
        yield destination_name(key), " and ".join(said) + unwanted
    for key in receivers.loading_only(event):
        yield destination_name(key), "loads only, and takes no calls"


def plan_size(plan: Plan) -> str:
    """Return the number of events and destinations of the plan in words."""
    events, destinations = len(plan.events), len(plan.destinations)
    return f"{quantity(events, 'event')}, {quantity(destinations, 'destination')}"
