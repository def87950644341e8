"""The report of an import as JSON: what was read, what the merge changes, and what the person should know.

``advisor import --json-report`` writes it; the fields up to ``warnings`` are part of the public contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from advisor.formats.merge_plans import EventUpdate, Merge
from advisor.formats.places import Notice
from advisor.formats.reading import LeftOut
from advisor.model import Event, Plan, Property


def merge_report(
    key: str, brought: Plan, merge: Merge, warnings: Iterable[Notice], left_out: Iterable[LeftOut]
) -> dict[str, Any]:
    """Return the report of an import from the format with this key. Counts of events and properties are of the file."""
    return {
        "format": key,
        "events": len(brought.events),
        "properties": property_count(brought),
        "added": len(merge.added),
        "changed": len(merge.changed),
        "removed": len(merge.removed),
        "unchanged": merge.unchanged,
        "warnings": [msgspec.to_builtins(each) for each in (*warnings, *_of_merge(merge))],
        "left_out": [_left_out(each) for each in left_out],
        "changes": {
            "added": [_event(each) for each in merge.added],
            "changed": [_update(each) for each in merge.changed],
            "removed": [_event(each) for each in merge.removed],
        },
    }


def property_count(plan: Plan) -> int:
    """Return how many properties a plan has, those inside objects and common ones included."""
    return _count(plan.common) + sum(_count(event.properties) for event in plan.events)


def _count(properties: tuple[Property, ...]) -> int:
    return sum(1 + _count(each.properties) for each in properties)


def _of_merge(merge: Merge) -> list[Notice]:
    return [Notice("", None, None, "", message) for message in merge.warnings]


def _left_out(each: LeftOut) -> dict[str, Any]:
    place = each.place
    where = {"file": place.file, "line": place.line, "column": place.column, "pointer": place.pointer}
    return where | {"what": each.what, "reason": each.reason}


def _event(event: Event) -> dict[str, Any]:
    return {"call": event.call, "name": event.name, "version": event.version}


def _update(update: EventUpdate) -> dict[str, Any]:
    fields = [
        {"field": each.key, "label": each.label, "before": list(each.before), "after": list(each.after)}
        for each in update.fields
    ]
    return _event(update.after) | {"fields": fields}
