"""The page of the search, and its results alone for the command palette."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from advisor.store import NotFoundError, PlanSummary
from advisor.web.app import current
from advisor.web.app.rights import Access, plan_access
from advisor.web.app.security import visitor
from advisor.web.find import shortcuts
from advisor.web.find.matching import LONGEST_QUERY
from advisor.web.find.search import Group, Searched, search
from advisor.web.find.shortcuts import Shortcut

MOST_EVENTS = 20_000
"""The most events that are searched without an open plan: those of the plans that were changed last."""


@dataclass(frozen=True)
class _OpenPlan:
    """The plan whose page is open, and the visitor's rights in it."""

    id: str
    name: str
    access: Access


@dataclass(frozen=True)
class _Found:
    """What a search found. ``unsearched`` counts the plans whose events were too many to search them all."""

    text: str
    groups: tuple[Group, ...]
    unsearched: int
    open_plan: _OpenPlan | None


def show() -> str:
    """Show the form of the search, and what it finds."""
    result = _find()
    opened = result.open_plan
    return render_template("find/find.html", found=result, plan_id=opened.id if opened else None)


def found() -> str:
    """Return what the search finds, as a part of a page."""
    return render_template("find/found.html", found=_find())


def _find() -> _Found:
    text = request.args.get("q", "")[:LONGEST_QUERY]
    opened, plans = _open_plan(), _plans()
    asked = [opened.id] if opened else _searched_ids(plans)
    searched = Searched(
        pages=(*_allowed(shortcuts.PLAN_PAGES, opened), *shortcuts.PAGES),
        actions=(*_allowed(shortcuts.PLAN_ACTIONS, opened), *shortcuts.ACTIONS),
        plans={plan.id: plan for plan in plans},
        events=current.store().event_names(asked) if text.strip() else (),
        open_plan=opened.id if opened else None,
    )
    return _Found(text, search(text, searched), 0 if opened else len(plans) - len(asked), opened)


def _open_plan() -> _OpenPlan | None:
    """Return the plan that the address names; None if it names none, or one that was deleted or the visitor may not see."""
    plan_id = request.args.get("plan", "")
    if not plan_id:
        return None
    try:
        access = plan_access(plan_id)
        return _OpenPlan(plan_id, current.store().load_settings(access.owner, plan_id).plan.name, access)
    except NotFoundError:
        return None


def _allowed(every: tuple[Shortcut, ...], opened: _OpenPlan | None) -> tuple[Shortcut, ...]:
    """Return the shortcuts of the open plan that the visitor has the right to."""
    return tuple(shortcut for shortcut in every if opened and shortcut.right and opened.access.allows(shortcut.right))


def _plans() -> list[PlanSummary]:
    """Return the plans that the visitor owns or may view by a link, the last changed first.

    A link for developers shows one page of its plan: its events are not searched.
    """
    owner = visitor()
    if not owner:
        return []
    store = current.store()
    viewed = (shared.plan for shared in store.shares.shared_with(owner) if shared.may != "dev")
    every = (*store.plans(owner), *viewed)
    return sorted({plan.id: plan for plan in every}.values(), key=lambda plan: plan.updated_at, reverse=True)


def _searched_ids(plans: list[PlanSummary]) -> list[str]:
    """Return the plans whose events are searched: as many of those changed last as have `MOST_EVENTS` together."""
    chosen, left = [], MOST_EVENTS
    for plan in plans:
        left -= plan.events
        if left < 0:
            break
        chosen.append(plan.id)
    return chosen
