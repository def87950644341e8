"""Stored plans in the HTTP API, read-only: a program needs the cookie of a visitor who can view them."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from msgspec import Struct
from werkzeug.exceptions import Conflict
from werkzeug.exceptions import NotFound as NoSuchAddress

from advisor import document
from advisor.advice import advise
from advisor.formats import EXPORTS
from advisor.model import Finding, Plan
from advisor.privacy import privacy_lens
from advisor.store import NotFoundError
from advisor.web.api.views.errors import error_response
from advisor.web.api.views.parameters import lens_filter, wants_recommendations
from advisor.web.api.views.tickets import ticket_answer
from advisor.web.app import current
from advisor.web.app.damage import IncompletePlanError
from advisor.web.app.json_answers import json_answer
from advisor.web.app.rights import plan_access
from advisor.web.app.security import visitor
from advisor.web.app.turns import take_turn_for


class PlanEntry(Struct, frozen=True, kw_only=True):
    """A stored plan in the list. ``events`` counts its events."""

    id: str
    name: str
    events: int
    updated_at: datetime


class PlanList(Struct, frozen=True, kw_only=True):
    """The plans of the owner, deleted ones left out."""

    plans: tuple[PlanEntry, ...]


class CommentEntry(Struct, frozen=True, kw_only=True):
    """A comment. ``place`` is the index of its event in the plan's ``events``, ``author`` the name that was given."""

    place: int
    author: str
    at: datetime
    text: str


class CommentList(Struct, frozen=True, kw_only=True):
    """The comments on the events of a plan, oldest first. Those on events that can't be read are left out."""

    comments: tuple[CommentEntry, ...]


def plans() -> Response:
    """Return the plans of the owner in the cookie."""
    entries = tuple(
        PlanEntry(id=plan.id, name=plan.name, events=plan.events, updated_at=plan.updated_at)
        for plan in current.store().plans(visitor())
        if not plan.deleted
    )
    return json_answer(PlanList(plans=entries))


def plan(plan_id: str) -> Response:
    """Return the document of a stored plan, with its advice unless ``recommendations=none``."""
    with_recommendations = wants_recommendations()
    stored, notes = stored_plan(plan_id)
    return json_answer(advise(stored, notes) if with_recommendations else stored)


def privacy(plan_id: str) -> Response:
    """Return the privacy lens of a stored plan, narrowed to the kinds and the side of the address."""
    chosen = lens_filter()
    return json_answer(chosen.narrow(privacy_lens(advise(*stored_plan(plan_id)))))


def tickets(plan_id: str) -> Response:
    """Return the tickets of all events of a stored plan."""
    return ticket_answer(advise(*stored_plan(plan_id)))


def comments(plan_id: str) -> Response:
    """Return the comments on all events of a stored plan, oldest first."""
    access = plan_access(plan_id)
    stored = current.store().load(access.owner, plan_id)
    places = {event_id: place for place, event_id in enumerate(stored.event_ids)}
    found = current.store().comments.of_plan(access.owner, plan_id)
    entries = (
        CommentEntry(place=places[item.event_id], author=item.author, at=item.created_at, text=item.text)
        for item in found
        if item.event_id in places
    )
    return json_answer(CommentList(comments=tuple(entries)))


def export(plan_id: str, format_key: str) -> Response:
    """Return a stored plan with its advice as a file in an export format."""
    if format_key not in EXPORTS:
        raise NoSuchAddress
    chosen = EXPORTS[format_key]
    return Response(chosen.write(advise(*stored_plan(plan_id))), content_type=chosen.media_type)


def no_such_plan(_error: NotFoundError) -> Response:
    """Answer 404, the same for another visitor's plan as for a plan that never existed."""
    return error_response(NoSuchAddress())


def incomplete(error: IncompletePlanError) -> Response:
    """Answer 409 for a plan with a part that can't be read."""
    return error_response(Conflict(str(error)))


def stored_plan(plan_id: str) -> tuple[Plan, tuple[Finding, ...]]:
    """Return a stored plan in canonical form, with the findings from reading it.

    Raises `IncompletePlanError`, `NotFoundError`.
    """
    access = plan_access(plan_id)
    take_turn_for(plan_id)
    stored = current.store().load(access.owner, plan_id)
    if not stored.is_whole:
        raise IncompletePlanError(stored)
    return document.check(stored.plan)
