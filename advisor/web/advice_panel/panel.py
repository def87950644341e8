"""Prepares everything that the advice panel shows about one event, for ``partials/advice.html``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.advice import Derived, advise_event, derived
from advisor.advice.losses import Loss, losses
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.questions import QUESTION_KEYS, Question, questions_by_key, with_answer
from advisor.knowledge.wording import event_wording
from advisor.model import (
    Event,
    Finding,
    Flip,
    HandoffValue,
    Plan,
    Recommendation,
    SetupStep,
    SharedId,
    placement_in_force,
    recommendation_of,
)
from advisor.presentation import diagram
from advisor.presentation.calls import CallSheet, call_sheets
from advisor.presentation.diagram import Picture
from advisor.presentation.lanes import caption, lanes
from advisor.presentation.states import STATE_WORDS, State, place_of, state_of, suggested_answers
from advisor.presentation.verdict import Piece, Verdict, short_name, verdict
from advisor.presentation.words import Place, place
from advisor.text import quantity
from advisor.web.advice_panel.reasons import Argument, reasons, sources, tradeoffs

_SHOWN_ELSEWHERE = frozenset({"unsettled", "unreachable", "shared-event-id"})


@dataclass(frozen=True)
class Change:
    """A question whose answer matters. ``outcomes`` are the answers that move the event, with the new placement."""

    question: Question
    outcomes: tuple[tuple[str, Place], ...]


@dataclass(frozen=True)
class Missed:
    """A wanted destination that no call reaches, and why. ``alternative`` names one to use instead, if there is one."""

    name: str
    message: str
    alternative: str | None


@dataclass(frozen=True)
class SharedBy:
    """The names of two destinations of one vendor, and the property with the id by which they recognise copies."""

    client: str
    server: str
    property: str


@dataclass(frozen=True)
class AdvicePanel:
    """One advised event as the panel shows it."""

    event: Event
    advice: Recommendation
    derived: tuple[Derived, ...]
    verdict: Verdict
    place: Place
    wide: Picture
    narrow: Picture
    caption: tuple[Piece, ...]
    calls: tuple[CallSheet, ...]
    reasons: tuple[Argument, ...]
    tradeoffs: tuple[Argument, ...]
    losses: tuple[Loss, ...]
    missed: tuple[Missed, ...]
    handoff: tuple[HandoffValue, ...]
    settle: tuple[Change, ...]
    changes: tuple[Change, ...]
    open: tuple[Question, ...]
    findings: tuple[Finding, ...]
    shared: tuple[SharedBy, ...]
    setup: tuple[tuple[str, SetupStep], ...]
    sources: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Return the event's name, cut if it is very long."""
        return short_name(self.event.name)

    @property
    def state(self) -> State:
        """Return how firm the placement in force is."""
        return state_of(self.event)

    @property
    def state_words(self) -> str:
        """Return the state in words."""
        return STATE_WORDS[self.state]

    @property
    def suggested(self) -> int:
        """Return the number of suggested answers that have not been accepted yet."""
        return len(suggested_answers(self.event))

    @property
    def announcement(self) -> str:
        """Return the text that screen readers announce after each answer."""
        advice = self.advice
        side = {"both": "Both sides", "client": "Client", "server": "Server by relay" if advice.relay else "Server"}
        settled = STATE_WORDS[self.state]
        reasons, tradeoffs = quantity(len(advice.reasons), "reason"), quantity(len(advice.tradeoffs), "trade-off")
        return f"{side[placement_in_force(self.event)]}, {advice.strength}, {settled}. {reasons}, {tradeoffs}."


def advice_panel(plan: Plan, index: int) -> AdvicePanel:
    """Return the panel for one event of a plan, advised or not. Raises the errors of `advisor.advice.advise_event`."""
    event = advise_event(plan, index)
    advice = recommendation_of(event)
    facts = derived(plan, event)
    shown = lanes(plan, event, advice)
    lost = losses(plan, event)
    asked = questions_by_key(event_wording(plan.sources, event))
    return AdvicePanel(
        event=event,
        advice=advice,
        derived=facts,
        verdict=verdict(plan, event, advice),
        place=place_of(event),
        wide=diagram.wide(event.name, event.call, shown),
        narrow=diagram.narrow(event.name, event.call, shown),
        caption=caption(plan, event, advice),
        calls=call_sheets(event, advice),
        reasons=reasons(event, advice, facts),
        tradeoffs=tradeoffs(event, advice, facts),
        losses=lost,
        missed=tuple(_missed_destinations(advice)),
        handoff=advice.handoff,
        settle=tuple(_changes(event, advice, [asked[key] for key in advice.decisive])),
        changes=tuple(_changes(event, advice, [asked[key] for key in QUESTION_KEYS if key not in advice.decisive])),
        open=tuple(_open(event, advice, facts, asked.values())),
        findings=tuple(_findings(event, advice)),
        shared=tuple(_shared_id_names(pair) for pair in advice.shared_ids),
        setup=tuple((destination_name(step.destination), step) for step in advice.setup),
        sources=tuple(dict((*sources(advice), *((item.citation, CITATIONS[item.citation]) for item in lost))).items()),
    )


def _missed_destinations(advice: Recommendation) -> Iterator[Missed]:
    for item in advice.unreachable:
        other = destination_name(item.alternative) if item.alternative else None
        yield Missed(destination_name(item.destination), item.message, other)


def _changes(event: Event, advice: Recommendation, questions: Iterable[Question]) -> Iterator[Change]:
    for question in questions:
        outcomes = tuple((flip.answer, _outcome(event, flip)) for flip in advice.flips if flip.question == question.key)
        if outcomes or question.key in advice.decisive:
            yield Change(question, outcomes)


def _outcome(event: Event, flip: Flip) -> Place:
    answers = with_answer(event, flip.question, flip.answer).answers
    relay = answers.get("browser_only") == "yes" and answers.get("user_absent") != "yes"
    return place(flip.placement, relay=relay and flip.placement == "server")


def _open(
    event: Event, advice: Recommendation, facts: tuple[Derived, ...], questions: Iterable[Question]
) -> Iterator[Question]:
    overruled = {fact.question for fact in facts}
    for question in questions:
        answered = question.key in event.answers
        if not answered and question.key not in overruled and question.key not in advice.decisive:
            yield question


def _findings(event: Event, advice: Recommendation) -> Iterator[Finding]:
    dismissed = {item.code for item in event.dismissed}
    for item in advice.findings:
        if item.code not in _SHOWN_ELSEWHERE and item.code not in dismissed:
            yield item


def _shared_id_names(pair: SharedId) -> SharedBy:
    return SharedBy(destination_name(pair.client), destination_name(pair.server), pair.property)
