"""Prepares everything that the advice panel shows about one event, for ``templates/advice_panel/panel.html``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.advice import Derived, advise_event, derived
from advisor.advice.losses import losses
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.questions import QUESTION_KEYS, Question, questions_by_key, with_answer
from advisor.knowledge.wording import event_wording
from advisor.model import Event, Finding, Flip, Plan, Recommendation, placement_in_force, recommendation_of
from advisor.presentation.lanes import Aside, Lane, asides, lanes
from advisor.presentation.states import STATE_WORDS, State, place_of, state_of, suggested_answers
from advisor.presentation.verdict import Verdict, has_no_evidence, short_name, verdict
from advisor.presentation.words import Place, place
from advisor.text import join_names, quantity
from advisor.web.advice_panel.handed import DestinationSteps, HandedGroup, destination_steps, handed_groups
from advisor.web.advice_panel.lost import Lost, loss_sources, lost_table
from advisor.web.advice_panel.reasons import Argument, reasons, sources, tradeoffs
from advisor.web.forms.question_list import Change

_SHOWN_ELSEWHERE = frozenset({"unsettled", "unreachable", "shared-event-id"})
_REASONS_AT_ONCE = 3
_NAMES_AT_ONCE = 5
_WARNINGS_AT_ONCE = 2
"""With the destinations that wait for a mapping, the objects of the calls are still in view below them."""


@dataclass(frozen=True)
class AdvicePanel:
    """One advised event as the panel shows it. ``where`` is the place that the event happens in: a page, an app."""

    event: Event
    advice: Recommendation
    derived: tuple[Derived, ...]
    verdict: Verdict
    place: Place
    where: str
    lanes: tuple[Lane, ...]
    asides: tuple[Aside, ...]
    reasons: tuple[Argument, ...]
    lost: Lost
    handed: tuple[HandedGroup, ...]
    steps: tuple[DestinationSteps, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
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
    def first_open(self) -> Question | None:
        """Return the question to answer first, or None if the event's place is settled or the verdict names it itself."""
        is_open = self.state == "unsettled" and not has_no_evidence(self.advice)
        return next((change.question for change in self.changes if change.is_open), None) if is_open else None

    @property
    def main_reasons(self) -> tuple[Argument, ...]:
        """Return the strongest reasons."""
        return self.reasons[:_REASONS_AT_ONCE]

    @property
    def other_reasons(self) -> tuple[Argument, ...]:
        """Return the other reasons."""
        return self.reasons[_REASONS_AT_ONCE:]

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return the findings to act on: errors and warnings. Where steps are shown as missing, they replace their finding."""
        return tuple(item for item in self.findings if item.severity != "info" and not self._is_in_steps(item))

    @property
    def main_warnings(self) -> tuple[Finding, ...]:
        """Return the warnings to show at once: all errors, and the first of the others. One alone is not worth a fold."""
        first = max(_WARNINGS_AT_ONCE, sum(item.severity == "error" for item in self.warnings))
        return self.warnings if len(self.warnings) == first + 1 else self.warnings[:first]

    @property
    def other_warnings(self) -> tuple[Finding, ...]:
        """Return the other warnings."""
        return self.warnings[len(self.main_warnings) :]

    @property
    def other_warning_titles(self) -> str:
        """Return what the other warnings are about."""
        return " · ".join(dict.fromkeys(FINDINGS[item.code].title for item in self.other_warnings))

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Return the other findings: those that only inform, or say more about the missing steps."""
        return tuple(item for item in self.findings if item not in self.warnings)

    def _is_in_steps(self, item: Finding) -> bool:
        return item.code == "not-subscribed" and bool(self.waiting)

    @property
    def waiting(self) -> tuple[DestinationSteps, ...]:
        """Return the destinations that send nothing until their mapping is made."""
        return tuple(item for item in self.steps if item.waits)

    @property
    def waiting_names(self) -> str:
        """Return the names of those destinations as a phrase; of many, only the first are named."""
        names = [item.name for item in self.waiting]
        more = len(names) - _NAMES_AT_ONCE
        return join_names([*names[:_NAMES_AT_ONCE], f"{more} more"] if more > 1 else names)

    @property
    def handed_count(self) -> int:
        """Return the number of values of the hand-off."""
        return len(self.advice.handoff)

    @property
    def announcement(self) -> str:
        """Return the text that screen readers announce after each answer."""
        advice = self.advice
        side = {"both": "Both sides", "client": "Client", "server": "Server by relay" if advice.relay else "Server"}
        settled = STATE_WORDS[self.state]
        for_it, against = quantity(len(advice.reasons), "reason"), quantity(len(advice.tradeoffs), "trade-off")
        return f"{side[placement_in_force(self.event)]}, {advice.strength}, {settled}. {for_it}, {against}."


def advice_panel(plan: Plan, index: int) -> AdvicePanel:
    """Return the panel for one event of a plan, advised or not. Raises the errors of `advisor.advice.advise_event`."""
    event = advise_event(plan, index)
    advice = recommendation_of(event)
    facts = derived(plan, event)
    lost = losses(plan, event)
    wording = event_wording(plan.sources, event)
    words = verdict(plan, event, advice)
    return AdvicePanel(
        event=event,
        advice=advice,
        derived=facts,
        verdict=words,
        place=place_of(event),
        where=wording.place,
        lanes=lanes(plan, event, advice),
        asides=asides(plan, event),
        reasons=reasons(event, advice, facts),
        lost=lost_table(advice, tradeoffs(event, advice, facts), lost),
        handed=handed_groups(advice, wording),
        steps=destination_steps(advice),
        changes=tuple(_changes(event, advice, questions_by_key(wording))),
        findings=tuple(item for item in _findings(event, advice) if item.message not in words.second),
        sources=tuple(dict((*sources(advice), *loss_sources(lost))).items()),
    )


def _changes(event: Event, advice: Recommendation, asked: dict[str, Question]) -> Iterator[Change]:
    """Yield the questions whose answer matters: open ones that move the event, others that do, then the other open ones."""
    moving = [key for key in (*advice.decisive, *QUESTION_KEYS) if any(flip.question == key for flip in advice.flips)]
    for key in dict.fromkeys((*moving, *advice.decisive)):
        yield Change(asked[key], tuple(_outcomes(event, advice.flips, key)), is_open=key in advice.decisive)


def _outcomes(event: Event, flips: Iterable[Flip], key: str) -> Iterator[tuple[str, Place]]:
    for flip in flips:
        if flip.question == key:
            answers = with_answer(event, flip.question, flip.answer).answers
            relay = answers.get("browser_only") == "yes" and answers.get("user_absent") != "yes"
            yield flip.answer, place(flip.placement, relay=relay and flip.placement == "server")


def _findings(event: Event, advice: Recommendation) -> Iterator[Finding]:
    dismissed = {item.code for item in event.dismissed}
    for item in advice.findings:
        if item.code not in _SHOWN_ELSEWHERE and item.code not in dismissed:
            yield item
