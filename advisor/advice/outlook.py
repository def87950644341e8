"""What answers can still do for events: whether an event needs any, and where each answer would lead it.

Used by the page that asks one question about many events. Everything is computed from the law, nothing is sampled; events
with the same answers and circumstances share one result.
"""

from __future__ import annotations

from msgspec import Struct

from advisor.advice.advisor import verdict_for
from advisor.advice.placement.facts import gather
from advisor.advice.reach.masking import SortedProperties, sort_properties
from advisor.advice.reach.network import Network, Scope
from advisor.knowledge.questions import QUESTION_KEYS, with_answer
from advisor.model import Answer, Event, Placement, Plan

_ANSWERS: tuple[Answer, ...] = ("yes", "no")


class Outcome(Struct, frozen=True, gc=False):
    """The result of one more answer: the placement, and the number of questions that can still change it."""

    placement: Placement
    left: int

    @property
    def settled(self) -> bool:
        """Whether no other question can change the placement."""
        return self.left == 0


class Outlook(Struct, frozen=True, kw_only=True):
    """What answers can do for an event.

    ``needs_answers``: without any answer, some question would decide where it goes. ``settled``: no open question does
    any more. ``outcomes`` has each open question that decides, those that decide most first, with both answers to it.
    """

    needs_answers: bool
    settled: bool
    outcomes: dict[str, dict[Answer, Outcome]] = {}


_DECIDED = Outlook(needs_answers=False, settled=True)


class Outlooks:
    """Finds the outlook of the events of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._network = Network(plan)
        self._known: dict[tuple[object, ...], Outlook] = {}

    def of(self, event: Event) -> Outlook:
        """Return the outlook of an event. Where the team decided, no answer matters."""
        if event.decision:
            return _DECIDED
        scope = self._network.scope(event)
        properties = sort_properties(event.properties, self._network.common)
        key = (scope, tuple(event.answers.items()), event.suggested, properties.computed is None)
        outlook = self._known.get(key)
        if outlook is None:
            outlook = self._known[key] = _outlook(event, properties, scope)
        return outlook


def _outlook(event: Event, properties: SortedProperties, scope: Scope) -> Outlook:
    facts = gather(event, properties, scope)
    verdict = verdict_for(event, facts)
    unanswered = event
    for key in QUESTION_KEYS:
        unanswered = with_answer(unanswered, key, "unsure")
    outcomes: dict[str, dict[Answer, Outcome]] = {}
    for question in verdict.decisive:
        outcomes[question] = {}
        for answer in _ANSWERS:
            changed = with_answer(event, question, answer)
            then = verdict_for(changed, gather(changed, properties, scope))
            outcomes[question][answer] = Outcome(then.placement, len(then.decisive))
    return Outlook(
        needs_answers=not verdict_for(unanswered, gather(unanswered, properties, scope)).settled,
        settled=verdict.settled,
        outcomes=outcomes,
    )
