"""Finds out why a placement flipped: looks for one change that would have flipped it without the others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from advisor.comparison.compare_events import EventComparison, advise_events
from advisor.document import fitted
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.questions import questions_in, with_answer
from advisor.knowledge.wording import event_wording
from advisor.model import Event, Plan, Sources, placement_in_force, recommendation_of
from advisor.text import plural

_SEVERAL = "Several changes together moved it."
_SIDES = {"client": "the client", "server": "the server", "both": "both sides"}
Candidate = tuple[str, Plan, Event]
"""A change in words, and the earlier plan and event with only that change made."""


def cause(plan_before: Plan, plan_after: Plan, comparison: EventComparison) -> str:
    """Return one or two sentences that say why the event is now sent from another side.

    Raises `ValueError` if its placement did not flip.
    """
    before, after = comparison.before, comparison.after
    if before is None or after is None or not comparison.flipped:
        raise ValueError("the placement of this event did not flip")
    for words, plan, event in _candidates(plan_before, plan_after, before, after):
        alone = advise_events(plan, {"": fitted(plan, event)})[""]
        if placement_in_force(alone) == placement_in_force(after):
            return " ".join(filter(None, (words, _because(before, after))))
    return " ".join(filter(None, (_SEVERAL, _because(before, after))))


def _because(before: Event, after: Event) -> str:
    """Return the first reason that the advice has now and did not have before; empty if either stage has a decision."""
    if after.decision or before.decision:
        return ""
    known = {reason.rule for reason in recommendation_of(before).reasons}
    return next((reason.text for reason in recommendation_of(after).reasons if reason.rule not in known), "")


def _candidates(plan_before: Plan, plan_after: Plan, before: Event, after: Event) -> Iterator[Candidate]:
    yield from ((words, plan_before, event) for words, event in _changed_event(plan_after, before, after))
    yield from ((words, plan, before) for words, plan in _changed_plan(plan_before, plan_after))


def _changed_event(plan: Plan, before: Event, after: Event) -> Iterator[tuple[str, Event]]:
    if before.decision != after.decision:
        yield _decision_words(after), replace(before, decision=after.decision)
    for question in questions_in(event_wording(plan.sources, after)):
        answer = after.answers.get(question.key, "unsure")
        if before.answers.get(question.key, "unsure") != answer:
            yield f"“{question.asks}” {_answer_words(answer)}", with_answer(before, question.key, answer)
    if before.destinations != after.destinations:
        yield _other_destinations(before, after), replace(before, destinations=after.destinations)
    if before.properties != after.properties:
        yield "Its properties changed.", replace(before, properties=after.properties)
    if before.sources != after.sources:
        yield "It happens on other client libraries now.", replace(before, sources=after.sources)
    if before.call != after.call:
        yield f"It is a {after.call} call now.", replace(before, call=after.call)


def _changed_plan(before: Plan, after: Plan) -> Iterator[tuple[str, Plan]]:
    old, new = ({item.key: item for item in plan.destinations} for plan in (before, after))
    for key in [key for key in new if key not in old]:
        added = replace(before, destinations=(*before.destinations, new[key]))
        yield f"{destination_name(key)} was added to the plan.", added
    for key in [key for key in old if key not in new]:
        rest = tuple(item for item in before.destinations if item.key != key)
        yield f"{destination_name(key)} was removed from the plan.", replace(before, destinations=rest)
    if before.destinations != after.destinations:
        yield "The plan’s destinations changed.", replace(before, destinations=after.destinations)
    if before.sources.client != after.sources.client:
        sources = Sources(client=after.sources.client, server=before.sources.server)
        yield "The plan’s client libraries changed.", replace(before, sources=sources)
    if before.sources.server != after.sources.server:
        sources = Sources(client=before.sources.client, server=after.sources.server)
        yield "The plan’s server library changed.", replace(before, sources=sources)
    if before.warehouse != after.warehouse:
        words = "The plan has a warehouse now." if after.warehouse else "The plan has no warehouse any more."
        yield words, replace(before, warehouse=after.warehouse)
    if before.common != after.common:
        yield "The plan’s common properties changed.", replace(before, common=after.common)


def _decision_words(after: Event) -> str:
    if after.decision is None:
        return "The team follows the advice again."
    return f"The team decided to send it from {_SIDES[after.decision.placement]}."


def _answer_words(answer: str) -> str:
    return "is open again." if answer == "unsure" else f"was answered with {answer}."


def _other_destinations(before: Event, after: Event) -> str:
    if before.destinations == "all" or after.destinations == "all":
        return "Other destinations want it now."
    added = [destination_name(key) for key in after.destinations if key not in before.destinations]
    removed = [destination_name(key) for key in before.destinations if key not in after.destinations]
    want = f"{', '.join(added)} {plural(len(added), 'wants', 'want')} it now" if added else ""
    verb = plural(len(removed), "does", "do")
    leave = f"{', '.join(removed)} {verb} not want it any more" if removed else ""
    return f"{'; '.join(filter(None, (want, leave)))}."
