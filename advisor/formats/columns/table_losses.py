"""Says what of a plan a table can't hold, for the report of an export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.formats.columns import fields as f
from advisor.formats.columns.paths import ELSEWHERE, misplaced
from advisor.formats.columns.texts import EventValue, each_property, event_texts, event_value, property_texts
from advisor.formats.format import WriteOptions
from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.model import Event, Plan

_NO_COLUMN = "left out: the table has no column for it"
_REQUIRED = f"{f.PROPERTY_PART}required"
_ALWAYS = (f.DESCRIPTION, f.VERSION, f.OWNER, f.STATUS, f.PRACTICE)


def add_table_losses(plan: Plan, columns: Mapping[str, str] | None, options: WriteOptions, lost: LossList) -> None:
    """Add what is lost of a plan. ``columns`` are the fields of a table that was brought; None: a table of ours."""
    lost.add_plan(plan)
    if plan.description:
        lost.add("", "the description of the plan")
    if plan.common:
        lost.add("", "the properties of every event")
    for event in plan.events:
        if any("\0" in text for text in (event.name, event.description, *event.labels.values())):
            lost.add(event.name, "zero bytes", "written as the sign for an unknown character")
        if not options.advisor_data:
            _add_own(event, lost)
        _add_unheld(event, lost)
        if columns is None or f.PROPERTY in columns.values():
            for path in misplaced(event_value(event).get("properties", ())):
                lost.add(event.name, f"property {shown(path)}: what it is inside of", ELSEWHERE)
        if columns is not None:
            fields = set(columns.values())
            lists = [key for key, field in columns.items() if field == f.PROPERTIES]
            for what in _without_column(event_value(event), fields, lists):
                lost.add(event.name, what, _NO_COLUMN)


def _add_unheld(event: Event, lost: LossList) -> None:
    """Add what no table has a column for."""
    for path, prop in each_property(event_value(event).get("properties", ())):
        if not prop["name"].strip():
            lost.add(event.name, f"property {shown(path)}", "left out: its name is blank")
        if prop["personal"]:
            lost.add(event.name, f"property {shown(path)}: personal data ({prop['personal']})", _NO_COLUMN)
    for name, label in event.labels.items():
        if not isinstance(label, str):
            lost.add(event.name, f"the label {shown(name)} as a list", "written as one text")


def _add_own(event: Event, lost: LossList) -> None:
    for what, value in (
        ("decision", event.decision),
        ("dismissed findings", event.dismissed),
        ("sources", event.sources != "all"),
    ):
        if value:
            lost.add(event.name, what)


def _without_column(event: EventValue, fields: set[str], lists: list[str]) -> Iterator[str]:
    """Yield what an event says for which there is no column. ``lists`` are the columns with lists of properties."""
    held = {bool(f.is_required_list(key)) for key in lists}
    named = {f.QUESTION + key: f"the answer to {key}" for key in event.get("answers", {})}
    named |= {f.LABEL + name: f"the label {shown(name)}" for name in event.get("labels", {})}
    named |= {field: f"the {f.title(field)}" for field in _ALWAYS}
    if _is_of_label(event):
        del named[f.PRACTICE]
    texts = event_texts(event, named)
    yield from (what for field, what in named.items() if texts[field] and field not in fields)
    if event.get("call", "track") != "track" and f.CALL not in fields:
        yield "the call type"
    if event.get("destinations", "all") != "all" and not any(
        f.DESTINATION in field or field == f.DESTINATIONS for field in fields
    ):
        yield "the destinations"
    of_event = {id(prop) for prop in event.get("properties", ())}
    for path, prop in each_property(event.get("properties", ())):
        if f.PROPERTY in fields:
            yield from _parts_without_column(path, prop, fields)
        elif f.PROPERTIES in fields and id(prop) not in of_event:
            yield f"property {shown(path)}, which is inside another one"
        elif f.PROPERTIES in fields:
            texts = property_texts(prop, path, f.PROPERTY_PARTS)
            if _has_type_of_file(prop):
                texts[f"{f.PROPERTY_PART}type"] = ""
            texts[_REQUIRED] = "" if bool(prop.get("required")) in held else "yes"
            yield from (
                f"property {shown(path)}: {f.title(part)}" for part, text in texts.items() if text not in ("", "no")
            )
        else:
            yield f"property {shown(path)}"


def _has_type_of_file(prop: Mapping[str, Any]) -> bool:
    """Return whether the type of a property is that which the table says in a list, or in a column behind it."""
    kept = prop.get("extra", {}).get("table")
    return isinstance(kept, dict) and kept.get("type") == prop.get("type")


def _is_of_label(event: EventValue) -> bool:
    """Return whether the practice of an event is what its labels say, which have columns of their own."""
    evidence = str((event.get("practice") or {}).get("evidence", ""))
    return any(evidence.startswith(f"labels.{key} = ") for key in event.get("labels", {}))


def _parts_without_column(path: str, prop: Mapping[str, Any], fields: set[str]) -> Iterator[str]:
    for part, text in property_texts(prop, path, f.PROPERTY_PARTS).items():
        if text not in ("", "no") and part not in fields:
            yield f"property {shown(path)}: {f.title(part)}"
