"""Writes events as rules of Segment: what the Public API, Typewriter, the Config API and Terraform have in common.

Each of them wraps the same parts in its own way: a key, a version, and a JSON Schema with labels, our slot and the verdict.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Any

from advisor.formats.extra import format_extra
from advisor.formats.format import WriteOptions
from advisor.formats.losses import LossList
from advisor.formats.own_slot import SCHEMA_SLOT, slot_text
from advisor.formats.places import shown
from advisor.formats.plan_losses import add_twin_losses
from advisor.formats.segment_rules import (
    COMMON,
    LABELLED,
    NAMELESS,
    NAMESPACE,
    TYPES,
    RuleText,
    event_name,
    rule_text,
    write_schema,
)
from advisor.model import CallType, Event, Plan, placement_in_force

VERDICT_LABEL = "tracked"
"""The label that holds the verdict."""
ALL_CALLS = frozenset(TYPES)
"""The calls that rules of Segment can be for."""


def has_place(event: Event, calls: Container[CallType], lost: LossList) -> bool:
    """Return whether a format has rules for the call of an event; a loss says so if not."""
    if event.call in calls:
        return True
    lost.add(event.name, f"the event: there are no rules for {event.call} calls")
    return False


def text_of(event: Event, options: WriteOptions, lost: LossList) -> RuleText:
    """Return what the rule of an event says beside its fields, with the verdict as a label where rules have labels."""
    text = rule_text(event)
    if not options.verdict:
        return text
    placement = placement_in_force(event)
    if event.call in LABELLED:
        return replace(text, labels=dict(text.labels) | {VERDICT_LABEL: placement})
    lost.add(event.name, f"the placement {placement}", "left out: only rules of track and page calls have labels")
    return text


def version_of(event: Event, lost: LossList) -> int:
    """Return the version of the rule of an event; a version that is a text is lost."""
    version = event.version
    if isinstance(version, str):
        lost.add(event.name, f"the version {shown(version)}", "left out: versions are whole numbers in Segment")
    return version if isinstance(version, int) else 1


def add_name_loss(event: Event, key: object, schema: Mapping[str, Any], lost: LossList) -> None:
    """Add the name of an event whose rule, with this key and schema, is read under another one."""
    if event.call in NAMELESS and event_name(event.call, key, schema) != event.name:
        lost.add(event.name, "its name", "left out: rules for identify and group calls have none")


def schema_of(
    event: Event, text: RuleText, options: WriteOptions, lost: LossList, *, flat: bool = False
) -> dict[str, Any]:
    """Return the schema of the rule of an event, with our own data in its slot if the options ask for it."""
    kept = format_extra(event, NAMESPACE)
    has_slot = options.advisor_data or "slot" in kept
    if not has_slot:
        lost.add_event(event)
    add_twin_losses(event, lost)
    slot = slot_text(event) if has_slot else None
    schema = write_schema(event.properties, text, in_shape(kept, flat=flat), ours=bool(kept))
    return schema | ({SCHEMA_SLOT: slot} if slot else {})


def in_shape(kept: Mapping[str, Any], *, flat: bool) -> Mapping[str, Any]:
    """Return what was kept of a schema, for a schema that is flat or not; what says its own shape is dropped if it changes."""
    if flat == ("flat" in kept):
        return kept
    rest = kept.get("schema", {}).get("rest")
    changed = {"fields": kept.get("fields"), "schema": {"rest": rest} if rest else None}
    return {key: value for key, value in changed.items() if value} | ({"flat": []} if flat else {})


def schema_of_every_event(plan: Plan, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of the rule for every event, with what was kept of it."""
    return write_schema(plan.common, RuleText(COMMON), kept, ours=bool(kept))


def insert_all(rules: list[Any], others: Iterable[tuple[int | None, Any]]) -> None:
    """Insert rules at their places, first places first; one without a place, or beyond the end, comes last."""
    for place, rule in sorted(others, key=lambda pair: len(rules) if pair[0] is None else pair[0]):
        rules.insert(len(rules) if place is None else min(place, len(rules)), rule)


def is_flat(kept: Mapping[str, Any], *, flat: bool) -> bool:
    """Return whether the schema of an event becomes flat: ``flat``, unless its file had it wrapped among flat ones."""
    return flat and "wrapped" not in kept
