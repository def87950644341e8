"""Stored plans in the HTTP API, read-only: a program needs the cookie of a visitor who can view them."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, current_app, g
from msgspec import Struct
from werkzeug.exceptions import Conflict
from werkzeug.exceptions import NotFound as NoSuchAddress

from advisor import document
from advisor.advice import advise
from advisor.formats import EXPORTS
from advisor.model import Finding, Plan
from advisor.store import NotFound, Store
from advisor.web.api.errors import failed
from advisor.web.api.parameters import wants_recommendations
from advisor.web.app.damage import IncompletePlan
from advisor.web.app.json_answers import json_answer
from advisor.web.app.rights import plan_access
from advisor.web.app.turns import take_turn_for

blueprint = Blueprint("plans", __name__)


class PlanEntry(Struct, frozen=True, kw_only=True):
    """A stored plan in the list. ``events`` counts its events."""

    id: str
    name: str
    events: int
    updated_at: datetime


class PlanList(Struct, frozen=True, kw_only=True):
    """The plans of the owner, deleted ones left out."""

    plans: tuple[PlanEntry, ...]


@blueprint.get("/api/v1/plans")
def plans() -> Response:
    """Return the plans of the owner in the cookie."""
    entries = tuple(
        PlanEntry(id=plan.id, name=plan.name, events=plan.events, updated_at=plan.updated_at)
        for plan in _store().plans(g.owner)
        if not plan.deleted
    )
    return json_answer(PlanList(plans=entries))


@blueprint.get("/api/v1/plans/<plan_id>")
def plan(plan_id: str) -> Response:
    """Return the document of a stored plan, with its advice unless ``recommendations=none``."""
    with_recommendations = wants_recommendations()
    stored, notes = _stored(plan_id)
    return json_answer(advise(stored, notes) if with_recommendations else stored)


@blueprint.get("/api/v1/plans/<plan_id>/export/<format_key>")
def export(plan_id: str, format_key: str) -> Response:
    """Return a stored plan with its advice as a file in an export format."""
    if format_key not in EXPORTS:
        raise NoSuchAddress
    chosen = EXPORTS[format_key]
    return Response(chosen.write(advise(*_stored(plan_id))), content_type=chosen.media_type)


@blueprint.errorhandler(NotFound)
def _no_such_plan(_error: NotFound) -> Response:
    return failed(NoSuchAddress())


@blueprint.errorhandler(IncompletePlan)
def _incomplete(error: IncompletePlan) -> Response:
    return failed(Conflict(str(error)))


def _stored(plan_id: str) -> tuple[Plan, tuple[Finding, ...]]:
    """Return a stored plan in canonical form, with the findings from reading it. Raises `IncompletePlan`, `NotFound`."""
    access = plan_access(plan_id)
    take_turn_for(plan_id)
    stored = _store().load(access.owner, plan_id)
    if not stored.is_whole:
        raise IncompletePlan(stored)
    return document.check(stored.plan)


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store
