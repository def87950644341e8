"""The comparison of two plans as a value for JSON: flips first, each with its cause. ``advisor diff --json`` prints it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from advisor.comparison.causes import cause
from advisor.comparison.compare_events import EventComparison
from advisor.comparison.compare_plans import PlanComparison
from advisor.comparison.differences import Change
from advisor.model import Event, Plan, placement_in_force


def comparison_report(before: Plan, after: Plan, comparison: PlanComparison) -> dict[str, Any]:
    """Return what differs between two plans. ``before`` and ``after`` of an event are its placements in force."""
    return {
        "flipped": [
            _event(each) | {"cause": cause(before, after, each)} | _changes(each) for each in comparison.flipped
        ],
        "added": [_event(each) for each in comparison.added],
        "removed": [_event(each) for each in comparison.removed],
        "changed": [_event(each) | _changes(each) for each in comparison.changed],
        "rerouted": [_event(each) | _changes(each) for each in comparison.rerouted],
        "settings": _listed(comparison.settings),
        "unchanged": comparison.unchanged,
    }


def _event(comparison: EventComparison) -> dict[str, Any]:
    event = comparison.event
    return {
        "call": event.call,
        "name": event.name,
        "before": _placement(comparison.before),
        "after": _placement(comparison.after),
    }


def _placement(event: Event | None) -> str | None:
    return placement_in_force(event) if event else None


def _changes(comparison: EventComparison) -> dict[str, Any]:
    return {"changes": _listed(comparison.changes), "calls": _listed(comparison.calls)}


def _listed(changes: Iterable[Change]) -> list[Any]:
    return [msgspec.to_builtins(each) for each in changes]
