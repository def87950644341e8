"""Searches everything that a visitor may open, and returns the results in groups: the group that fits best comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from advisor.knowledge.destination_search import Hit
from advisor.knowledge.destination_search import search as search_destinations
from advisor.knowledge.destination_slugs import slug_of_row
from advisor.presentation.destination_words import what_sets_apart, why_found
from advisor.store import EventName, PlanSummary
from advisor.text import quantity
from advisor.web.find.matching import LONGEST_QUERY, Matches, matches, wanted_words
from advisor.web.find.shortcuts import Shortcut

_MOST_FOUND = 10
"""The most results of each kind."""
_NAME = attrgetter("name")


@dataclass(frozen=True)
class Result:
    """One result: its name, what is said beside it, and the endpoint and values of its address."""

    name: str
    about: str
    endpoint: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """The results of one kind. ``total`` counts those that are not shown, too."""

    key: str
    title: str
    results: tuple[Result, ...]
    total: int
    grade: int


@dataclass(frozen=True)
class Searched:
    """What can be found by this visitor: the shortcuts that they may open, their plans, and the events of these plans.

    ``open_plan`` is the id of the plan whose page is open, if there is one: its events alone are searched.
    """

    pages: tuple[Shortcut, ...]
    actions: tuple[Shortcut, ...]
    plans: Mapping[str, PlanSummary]
    events: Iterable[EventName]
    open_plan: str | None


def search(text: str, searched: Searched) -> tuple[Group, ...]:
    """Return the groups that have results. Without a text these are all actions and pages, and the plans changed last."""
    wanted = wanted_words(text)
    groups = [
        _events(wanted, searched) if wanted else None,
        _shortcuts("actions", "Actions", searched.actions, wanted, searched.open_plan),
        _shortcuts("pages", "Pages", searched.pages, wanted, searched.open_plan),
        _plans(wanted, searched),
    ]
    found = [group for group in groups if group and group.results]
    found += _destinations(text[:LONGEST_QUERY], has_others=bool(found)) if wanted else []
    return tuple(sorted(found, key=attrgetter("grade"))) if wanted else tuple(found)


def _group(key: str, title: str, found: Matches[Any], results: Iterable[Result]) -> Group:
    return Group(key, title, tuple(results), found.total, found.grade)


def _events(wanted: tuple[str, ...], searched: Searched) -> Group:
    found = matches(searched.events, wanted, _MOST_FOUND, name=_NAME)
    return _group("events", "Events", found, (_event(event, searched) for event in found.items))


def _event(event: EventName, searched: Searched) -> Result:
    plan = "" if searched.open_plan else searched.plans[event.plan_id].name
    about = " · ".join(filter(None, (event.call or "can’t be read", plan)))
    return Result(event.name, about, "plans.event.show", {"plan_id": event.plan_id, "event_id": event.id})


def _shortcuts(
    key: str, title: str, shortcuts: Iterable[Shortcut], wanted: tuple[str, ...], plan_id: str | None
) -> Group:
    most = _MOST_FOUND if wanted else len(tuple(shortcuts))
    found = matches(shortcuts, wanted, most, name=_NAME, others="others")
    return _group(key, title, found, (_shortcut(shortcut, plan_id) for shortcut in found.items))


def _shortcut(shortcut: Shortcut, plan_id: str | None) -> Result:
    values = shortcut.values | ({"plan_id": plan_id} if shortcut.right else {})
    return Result(shortcut.name, "", shortcut.endpoint, values)


def _plans(wanted: tuple[str, ...], searched: Searched) -> Group:
    others = (plan for plan in searched.plans.values() if plan.id != searched.open_plan)
    found = matches(others, wanted, _MOST_FOUND, name=_NAME)
    return _group("plans", "Plans", found, map(_plan, found.items))


def _plan(plan: PlanSummary) -> Result:
    return Result(plan.name, quantity(plan.events, "event"), "plans.overview.show", {"plan_id": plan.id})


def _destinations(text: str, *, has_others: bool) -> list[Group]:
    """Return the destinations that a text finds. Those with a similar name only count if nothing else was found."""
    hits = [hit for hit in search_destinations(text) if hit.why != "similar" or not has_others]
    if not hits:
        return []
    grade = {"its name": 0, "part of the name": 2, "similar": 4}.get(hits[0].why, 1)
    return [Group("destinations", "Destinations", tuple(map(_destination, hits[:_MOST_FOUND])), len(hits), grade)]


def _destination(hit: Hit) -> Result:
    about = " · ".join(filter(None, (what_sets_apart(hit.row), why_found(hit))))
    return Result(hit.row.name, about, "reference.destination", {"slug": slug_of_row(hit.row)})
