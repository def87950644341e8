"""The report of an import as JSON: what was read, what the merge changes, and what the person should know.

``advisor import --json-report`` writes it; the fields up to ``warnings`` are part of the public contract.
"""

from __future__ import annotations

from typing import Any

import msgspec

from advisor.formats.columns.preview import table_preview
from advisor.formats.import_review import ImportReview
from advisor.formats.merge_plans import EventUpdate, Merge
from advisor.formats.places import Notice
from advisor.formats.reading import LeftOut
from advisor.model import Event, Plan, Property


def import_report(review: ImportReview) -> dict[str, Any]:
    """Return the report of an import. Counts of events and properties are of the file."""
    merge = review.merge
    return {
        "format": review.format.key,
        "events": len(review.brought.events),
        "properties": property_count(review.brought),
        "added": len(merge.added),
        "changed": len(merge.changed),
        "removed": len(merge.removed),
        "unchanged": merge.unchanged,
        "warnings": [msgspec.to_builtins(each) for each in (*review.warnings(), *_of_merge(merge))],
        "more_warnings": review.reading.more_warnings,
        "left_out": [_left_out(each) for each in review.reading.left_out],
        "missing_destinations": dict(review.missing),
        "unknown_destinations": [
            {"name": each.name, "rows": each.rows, "nearest": each.nearest}
            for each in review.reading.unknown_destinations
        ],
        "known_names": len(review.suggested),
        "suggested_answers": sum(map(len, review.suggested.values())),
        "tables": [msgspec.to_builtins(table_preview(each)) for each in review.tables],
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
