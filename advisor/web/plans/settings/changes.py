"""The changes that the settings page makes to a plan: pure functions that return the changed plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from advisor.event_fields import SETTINGS_FORM_FIELDS
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination, Event, Mode, Plan
from advisor.web.plans.conflict.merge import merge_fields
from advisor.web.plans.settings.form import PlanSettingsForm


def with_settings(plan: Plan, form: PlanSettingsForm) -> Plan:
    """Return the plan with the form's name, description, libraries, warehouse and destination modes."""
    rows = form.rows()
    changed = form.plan(plan)
    return without_libraries(
        replace(
            changed,
            destinations=tuple(
                _with_modes(item, rows[item.key].web_mode.data, rows[item.key].mobile_mode.data)
                if item.key in rows
                else item
                for item in plan.destinations
            ),
        )
    )


def with_merged_settings(plan: Plan, mine: Plan, chosen: Mapping[str, str]) -> Plan:
    """Return the plan with my value of every part for which mine was chosen. Events lose destinations that the plan loses."""
    result = merge_fields(SETTINGS_FORM_FIELDS, mine, plan, chosen)
    for item in plan.destinations:
        if not has_destination(result, item.key):
            result = replace(without_destination(result, item.key), destinations=result.destinations)
    return without_libraries(result)


def with_destinations(plan: Plan, added: Iterable[Destination]) -> Plan:
    """Return the plan with these destinations at the end, without those that it has already."""
    new = {item.key: item for item in added if not has_destination(plan, item.key)}
    return replace(plan, destinations=(*plan.destinations, *new.values())) if new else plan


def has_destination(plan: Plan, key: str) -> bool:
    """Return whether the plan has a destination with this key."""
    return any(item.key == key for item in plan.destinations)


def without_destination(plan: Plan, key: str) -> Plan:
    """Return the plan without this destination. Events that name it lose it, too."""
    return replace(
        plan,
        destinations=tuple(item for item in plan.destinations if item.key != key),
        events=tuple(_without_destination(event, key) for event in plan.events),
    )


def without_libraries(plan: Plan) -> Plan:
    """Return the plan without client libraries in its events that the plan no longer has."""
    return replace(plan, events=tuple(_with_sources(event, plan.sources.client) for event in plan.events))


def wanted_by(plan: Plan, key: str) -> tuple[Event, ...]:
    """Return the events that want this destination."""
    return tuple(event for event in plan.events if event.destinations == "all" or key in event.destinations)


def _with_modes(item: Destination, web: str | None, mobile: str | None) -> Destination:
    row = CATALOGUE.get(item.key) if item.custom is None else None
    if row is None:
        return item
    return replace(
        item,
        web_mode=_mode_to_store(row.reaches("web"), item.web_mode, web),
        mobile_mode=_mode_to_store(row.reaches("mobile"), item.mobile_mode, mobile),
    )


def _mode_to_store(options: tuple[Mode, ...], before: Mode | None, chosen: str | None) -> Mode | None:
    """Return the mode to store: the previous one if there is no valid choice, and None if the default was never changed."""
    if len(options) < 2 or chosen not in options:
        return before
    mode: Mode = "device" if chosen == "device" else "cloud"
    return before if before is None and mode == options[0] else mode


def _without_destination(event: Event, key: str) -> Event:
    if event.destinations == "all" or key not in event.destinations:
        return event
    return replace(event, destinations=_without(event.destinations, key))


def _without(keys: Iterable[str], key: str) -> tuple[str, ...]:
    return tuple(other for other in keys if other != key)


def _with_sources(event: Event, client: tuple[str, ...]) -> Event:
    if event.sources == "all" or set(event.sources) <= set(client):
        return event
    return replace(event, sources=tuple(key for key in event.sources if key in client))
