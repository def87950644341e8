"""The templates that a plan can start from, as their pages show them: what each contains, and how many events go where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from advisor.advice import advise
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.knowledge.starters import Starter, starter_plan, starters
from advisor.model import Event, Property
from advisor.presentation.matrix import Column, columns
from advisor.presentation.states import Tally, place_of, tally
from advisor.presentation.words import Place
from advisor.text import join_names
from advisor.web.plans.summary.words import PlanWords, plan_in_words

_LABELS = {question.key: question.label for question in QUESTIONS}


@dataclass(frozen=True)
class StarterSheet:
    """A template in a list, with the number of its properties, and how many events go where."""

    template: Starter
    properties: int
    places: Tally


@dataclass(frozen=True)
class StarterEvent:
    """An event of a template. ``yes`` lists the labels of the questions with the suggested answer yes."""

    name: str
    call: str
    place: Place
    yes: str
    properties: tuple[Property, ...]
    wanted: int


@cache
def starter_sheets() -> tuple[StarterSheet, ...]:
    """Return all templates, in order."""
    return tuple(map(starter_sheet, starters()))


@cache
def starter_sheet(key: str) -> StarterSheet:
    """Return a template with the number of its properties, and how many of its events go where."""
    plan = advise(starter_plan(key))
    properties = sum(len(event.properties) for event in plan.events)
    return StarterSheet(starters()[key], properties, tally(plan.events))


@cache
def starter_contents(key: str) -> tuple[tuple[Column, ...], tuple[StarterEvent, ...], PlanWords]:
    """Return the destinations of a template as columns, its events, and its sources and destinations in sentences."""
    plan = advise(starter_plan(key))
    events = tuple(_event(event, len(plan.destinations)) for event in plan.events)
    return columns(plan), events, plan_in_words(plan)


def _event(event: Event, destinations: int) -> StarterEvent:
    yes = [_LABELS[key] for key in QUESTION_KEYS if event.answers.get(key) == "yes"]
    return StarterEvent(
        name=event.name,
        call=event.call,
        place=place_of(event),
        yes=join_names(yes) or "none",
        properties=event.properties,
        wanted=destinations if event.destinations == "all" else len(event.destinations),
    )
