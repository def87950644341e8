"""The pages that show what the advice is based on: the rules, the catalogue of destinations, and each destination."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.knowledge.catalogue import CATALOGUE, Row
from advisor.knowledge.destination_search import read_name
from advisor.knowledge.destination_slugs import row_of_slug, rows_by_slug, slug_of_row
from advisor.knowledge.questions import QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.presentation.destination_words import STATUS_WORDS
from advisor.snippets import provenance
from advisor.store import NotFoundError, PlanSummary
from advisor.web.app import current
from advisor.web.app.rights import plan_access
from advisor.web.app.security import visitor
from advisor.web.plans.summary.cache import overview_of
from advisor.web.reference.catalogue_page import find
from advisor.web.reference.destination_sheet import destination_sheet
from advisor.web.reference.events_here import PlanHere, plan_here

MOST_PLANS = 20
"""The most plans of a visitor that are searched for a destination, the last changed first."""


def rules() -> str:
    """Render the decision table with its sources, and the law in plain words."""
    return render_template("reference/rules.html", rules=RULES, questions=QUESTIONS)


def destinations() -> str:
    """Render the catalogue, searched by any name that people use, and filtered by the source that reaches it."""
    found = find(request.args.get("q", ""), request.args.get("from", ""), request.args.get("page", ""))
    return render_template(
        "reference/destinations.html", found=found, address=_address_of_page, status_words=STATUS_WORDS
    )


def destination(slug: str) -> ResponseReturnValue:
    """Render the page of one destination; another name of it leads there, and an ambiguous one to the search."""
    row = row_of_slug(slug)
    if row is None:
        return _by_another_name(slug)
    plan_id = request.args.get("plan", "")
    here = _plan_here(plan_id, row) if plan_id else None
    return render_template(
        "reference/destination.html",
        sheet=destination_sheet(row),
        copied=provenance(current.today(), current.permalink(url_for("reference.destination", slug=slug))),
        here=here,
        plan_id=plan_id if here else None,
        plans=[] if here else _plans_with(row),
    )


def _address_of_page(text: str, reached: str, number: int | None) -> str:
    state: dict[str, Any] = {"q": text or None, "from": reached or None, "page": number}
    return url_for("reference.destinations", **state)


def _by_another_name(slug: str) -> ResponseReturnValue:
    """Lead to the destination that has this name, or Segment's own slug. A name of several leads to the search."""
    plan_id = request.args.get("plan") or None
    own = [row for row in rows_by_slug().values() if row.slug == slug]
    read = read_name(slug.replace("-", " "))
    rows = own or [hit.row for hit in read.hits]
    if len(rows) == 1 and (own or read.status in ("found", "storage")):
        return redirect(url_for("reference.destination", slug=slug_of_row(rows[0]), plan=plan_id), 301)
    if not rows:
        abort(404)
    return redirect(url_for("reference.destinations", q=slug.replace("-", " ")), 302)


def _plan_here(plan_id: str, row: Row) -> PlanHere | None:
    """Return what goes to the destination in a plan; None if the visitor may not see the plan, or it lacks the destination."""
    try:
        access = plan_access(plan_id)
        stored = current.store().load(access.owner, plan_id)
    except NotFoundError:
        return None
    if any(item.key == row.key and item.custom is None for item in stored.plan.destinations):
        return plan_here(plan_id, overview_of(stored), row.key, is_whole=stored.is_whole)
    return None


def _plans_with(row: Row) -> list[PlanSummary]:
    """Return the visitor's plans that have the destination."""
    owner = visitor()
    if not owner or row.key not in CATALOGUE:
        return []
    readable = [plan for plan in current.store().plans(owner) if not plan.damage]
    return [plan for plan in readable[:MOST_PLANS] if _has(owner, plan.id, row.key)]


def _has(owner: str, plan_id: str, key: str) -> bool:
    planned = current.store().load_settings(owner, plan_id).plan.destinations
    return any(item.key == key and item.custom is None for item in planned)
