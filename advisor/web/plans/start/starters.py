"""The pages that start a plan from a template: a list of all that the template contains, and a button to make the plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from advisor.advice import advise
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.knowledge.starters import Template, template_plan, templates
from advisor.model import Event, Property
from advisor.presentation.matrix import Column, columns
from advisor.presentation.states import Tally, place_of, tally
from advisor.presentation.words import Place, listed
from advisor.web.app.current import the_store
from advisor.web.app.security import claim_owner
from advisor.web.app.send_once import fresh, made, made_before
from advisor.web.plans.summary.words import PlanWords, plan_in_words

blueprint = Blueprint("templates", __name__)
_LABELS = {question.key: question.label for question in QUESTIONS}


@dataclass(frozen=True)
class TemplateSheet:
    """A template in a list, with the number of its properties, and how many events go where."""

    template: Template
    properties: int
    places: Tally


@dataclass(frozen=True)
class TemplateEvent:
    """An event of a template. ``yes`` lists the labels of the questions with the suggested answer yes."""

    name: str
    call: str
    place: Place
    yes: str
    properties: tuple[Property, ...]
    wanted: int


@cache
def template_sheets() -> tuple[TemplateSheet, ...]:
    """Return all templates, in order."""
    return tuple(map(_sheet, templates()))


@blueprint.get("/plans/templates/<key>")
def show(key: str) -> str:
    """Show everything that the template contains. Nothing is stored."""
    if key not in templates():
        abort(404)
    shown, events, says = _contents(key)
    return render_template(
        "plans/start/starter.html",
        template=templates()[key],
        sheet=_sheet(key),
        others=[sheet for sheet in template_sheets() if sheet.template.key != key],
        columns=shown,
        events=events,
        says=says,
    )


@blueprint.post("/plans/templates/<key>")
def start(key: str) -> ResponseReturnValue:
    """Make a plan from the template for the visitor, and go to it."""
    if key not in templates():
        abort(404)
    if before := made_before():
        return before
    plan_id = the_store().create(claim_owner(), template_plan(key))
    return made(url_for("plans.show", plan_id=plan_id))


@blueprint.app_context_processor
def _offer() -> dict[str, object]:
    """Return the values for ``starting/list.html``, which pages of other blueprints include, too."""
    return {"template_sheets": template_sheets}


@blueprint.context_processor
def _offer_once() -> dict[str, object]:
    return {"once": fresh}


@cache
def _sheet(key: str) -> TemplateSheet:
    plan = advise(template_plan(key))
    properties = sum(len(event.properties) for event in plan.events)
    return TemplateSheet(templates()[key], properties, tally(plan.events))


@cache
def _contents(key: str) -> tuple[tuple[Column, ...], tuple[TemplateEvent, ...], PlanWords]:
    plan = advise(template_plan(key))
    events = tuple(_event(event, len(plan.destinations)) for event in plan.events)
    return columns(plan), events, plan_in_words(plan)


def _event(event: Event, destinations: int) -> TemplateEvent:
    yes = [_LABELS[key] for key in QUESTION_KEYS if event.answers.get(key) == "yes"]
    return TemplateEvent(
        name=event.name,
        call=event.call,
        place=place_of(event),
        yes=listed(yes) or "none",
        properties=event.properties,
        wanted=destinations if event.destinations == "all" else len(event.destinations),
    )
