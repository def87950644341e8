"""Words follow the client libraries of the plan: an app has no pages and cookies, a website has no app (law, part 3, point 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, product

import pytest
from msgspec.structs import replace

from advisor.advice import advise, derived
from advisor.advice.losses import losses
from advisor.formats import decision_record, html_report
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.fields import match_field
from advisor.knowledge.handed_values import UNREAD_CONTEXT, VALUES
from advisor.knowledge.presets import presets
from advisor.knowledge.questions import QUESTION_KEYS, questions_in
from advisor.knowledge.setup_steps import steps_of
from advisor.knowledge.wording import GENERAL, MOBILE, WEB, Wording, event_wording, plan_wording
from advisor.model import (
    CALL_TYPES, Answer, CallType, Decision, Destination, Event, Plan, Property, Recommendation, Sources,
)  # fmt: skip
from advisor.presentation.record import event_record
from advisor.snippets import setup, snippet
from advisor.snippets.handoff_code import handoff_code
from advisor.web.code_handoff import handoff_sheet
from advisor.web.code_chosen import Chosen
from advisor.web.panel import advice_panel

from .archetypes import ANSWERS, DESTINATIONS

KINDS: dict[str, tuple[Sources, ...]] = {
    "web": (
        Sources(client=("analytics.js",), server="analytics-node"),
        Sources(client=("analytics.js",), server="analytics-python"),
        Sources(client=("analytics.js",), server=None),
    ),
    "mobile": (
        Sources(client=("swift", "kotlin"), server="analytics-node"),
        Sources(client=("react-native",), server="analytics-python"),
        Sources(client=("flutter", "ios"), server=None),
    ),
    "both": (Sources(client=("analytics.js", "kotlin"), server="analytics-node"),),
    "none": (Sources(client=(), server="analytics-node"), Sources()),
}
FORBIDDEN = {
    "web": re.compile(r"\b(apps?|device[ -]ids?|installations?)\b", re.IGNORECASE),
    "mobile": re.compile(r"\b(browsers?|(web)?pages?|cookies?|extensions?|websites?|tabs?|mouse)\b", re.IGNORECASE),
}
ABSENCE = re.compile(r"\b(user|nobody|visitor)\b[^.]{0,12}\b(isn.t|is not|absent)( there)?\b(?! logged)", re.IGNORECASE)
"""What the question no longer asks: whether somebody is there."""
PROPERTIES = (
    Property(name="total", type="number", required=True, known_by="server"),
    Property(name="email", type="string", sensitive=True),
    Property(name="depth", type="integer", known_by="client"),
)
DECISIONS = (None, Decision(placement="client"), Decision(placement="server"), Decision(placement="both"))


def _each_answer() -> Iterator[dict[str, Answer]]:
    """Every question answered alone, every two with yes, and the archetypes."""
    yield {}
    for key, answer in product(QUESTION_KEYS, ("yes", "no")):
        yield {key: answer}
    for pair in combinations(QUESTION_KEYS, 2):
        yield dict.fromkeys(pair, "yes")
    yield from ANSWERS


def _events(call: CallType, decisions: Iterable[Decision | None] = DECISIONS[:1]) -> tuple[Event, ...]:
    return tuple(
        Event(name="Order Completed", call=call, answers=answers, decision=decision, properties=properties)
        for answers, decision in product(_each_answer(), decisions)
        for properties in ((), PROPERTIES)
    )


def _sample_plans(sources: Sources, call: CallType) -> Iterator[Plan]:
    """Plans with the archetypes of destinations, a few at a time, decided every way; and one without any."""
    once = {item.key: item for item in DESTINATIONS}.values()
    groups = [tuple(group) for group in _by(7, once)]
    for group in ((), *groups):
        yield advise(Plan(sources=sources, destinations=group, warehouse=True, events=_events(call, DECISIONS)))


def _by(size: int, items: Iterable[Destination]) -> Iterator[list[Destination]]:
    chunk: list[Destination] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _of_advice(advice: Recommendation) -> Iterator[str]:
    yield from (item.text for item in advice.reasons)
    for tradeoff in advice.tradeoffs:
        yield from (tradeoff.text, tradeoff.remedy)
    for value in advice.handoff:
        yield from (value.from_, value.why)
    yield from (missed.message for missed in advice.unreachable)
    for step in advice.setup:
        yield from (step.value, step.why)
    yield from (item.message for item in advice.findings)


def _of_document(plan: Plan) -> Iterator[str]:
    assert not isinstance(plan.findings, type(None))
    yield from (item.message for item in plan.findings)
    for event in plan.events:
        yield from _of_advice(event.recommendation)


@cache
def _names() -> re.Pattern[str]:
    """Names that hold a word which a kind of plan has not: of destinations, presets, settings and pages that we cite."""
    names = {text for row in CATALOGUE.values() for text in (row.key, row.name)} | set(CITATIONS.values())
    names |= {item.key for item in DESTINATIONS}
    for key in CATALOGUE:
        names |= {text for each in presets(key) or () for text in (each.name, *each.events)}
        names |= {step.setting for step in steps_of(key)} | {step.default for step in steps_of(key)}
    told = [name for name in names if any(pattern.search(name) for pattern in FORBIDDEN.values())]
    return re.compile("|".join(map(re.escape, sorted(told, key=len, reverse=True))))


def _our_words(text: str, call: CallType) -> str:
    """The text without names, addresses, places in a call and the call type, which is a name too."""
    text = re.sub(r"https?://\S+|\$\.[\w.]+", "", text)
    text = re.sub(rf"\b{call} calls?\b", "", text)
    return _names().sub("", text)


def _breaches(kind: str, texts: Iterable[str], call: CallType) -> list[str]:
    forbidden = FORBIDDEN.get(kind)
    return [
        text
        for text in sorted(set(texts))
        if ABSENCE.search(text) or (forbidden and forbidden.search(_our_words(text, call)))
    ]
