"""Reasons and trade-offs for the advice panel, with links to the answers that caused them and with sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice import Derived
from advisor.advice.reach.masking import COMMON
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.questions import QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.model import Event, Reason, Recommendation, Side, Strength, Tradeoff
from advisor.web.forms.property_rows import row_of

_QUESTIONS_OF = {rule.key: rule.questions for rule in RULES}
_LABELS = {question.key: question.label for question in QUESTIONS}


@dataclass(frozen=True)
class Cause:
    """The origin of a rule's fact: a text, and the id of a control of the event's form or None."""

    text: str
    anchor: str | None


@dataclass(frozen=True)
class Argument:
    """A reason or trade-off as it is shown. The ``remedy`` of a reason is empty."""

    side: Side
    strength: Strength
    text: str
    remedy: str
    causes: tuple[Cause, ...]
    citation: str
    source: str


def reasons(event: Event, advice: Recommendation, facts: tuple[Derived, ...]) -> tuple[Argument, ...]:
    """Return the reasons for the recommendation."""
    return tuple(_argument(item, "", event, facts) for item in advice.reasons)


def tradeoffs(event: Event, advice: Recommendation, facts: tuple[Derived, ...]) -> tuple[Argument, ...]:
    """Return the arguments that the reasons outweigh."""
    return tuple(_argument(item, item.remedy, event, facts) for item in advice.tradeoffs)


def sources(advice: Recommendation) -> tuple[tuple[str, str], ...]:
    """Return the address and title of each page that the advice cites, without duplicates."""
    arguments: tuple[Reason | Tradeoff, ...] = (*advice.reasons, *advice.tradeoffs)
    addresses = dict.fromkeys(item.citation for item in arguments)
    return tuple((address, CITATIONS[address]) for address in addresses)


def _argument(item: Reason | Tradeoff, remedy: str, event: Event, facts: tuple[Derived, ...]) -> Argument:
    causes = tuple(_causes(item.rule, event, facts))
    return Argument(item.side, item.strength, item.text, remedy, causes, item.citation, CITATIONS[item.citation])


def _causes(rule: str, event: Event, facts: tuple[Derived, ...]) -> Iterator[Cause]:
    if rule == "server-only-destination":
        yield Cause("From this event’s destinations", None)
    for key in _QUESTIONS_OF[rule]:
        fact = next((fact for fact in facts if fact.question == key), None)
        if fact:
            yield _derived_cause(fact, event)
        elif key in event.answers:
            yield Cause(f"Your answer: {_LABELS[key].lower()}", f"{key}-{event.answers[key]}")


def _derived_cause(fact: Derived, event: Event) -> Cause:
    if fact.pointer is None:
        return Cause("From this event’s destinations", None)
    if fact.pointer.startswith(COMMON):
        return Cause("From the plan’s common properties", None)
    return Cause("From the properties", f"properties-{row_of(event.properties, fact.pointer)}-name")
