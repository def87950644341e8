"""A format in YAML, as small as one can be, whose files come back after edits with comments, quotes and unknown keys."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from advisor.formats.carriers.text import decode
from advisor.formats.carriers.yaml_layout import YamlStyle, take, yaml_layout, yaml_style
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.carriers.yaml_text import parse_yaml
from advisor.formats.carriers.yaml_write import write_yaml
from advisor.formats.reading import EventReading, PropertyReading
from advisor.formats.remainder import Remainder
from advisor.model import Event, Property

FILE = """\
# Owned by the shop team
owner: 'no one'
events:
  # The money
  - name: Order Paid   # do not rename
    since: 2026-08-10
    description: "Charge: done"
    fields:
      - {name: amount, required: true, unit: cents}
      # optional
      - name: coupon
        required: no

  - name: Seen
    weight: 1.50
"""


def _plain_field(name: str, required: bool) -> dict[str, Any]:
    return {"name": name} | ({"required": True} if required else {})


def _plain_event(name: str, description: str, has_fields: bool) -> dict[str, Any]:
    described = {"description": description} if description else {}
    return {"name": name} | described | ({"fields": []} if has_fields else {})


def _read(text: str) -> tuple[list[EventReading], Remainder, YamlStyle]:
    parsed = parse_yaml(decode(text.encode()))
    layout = yaml_layout(parsed)
    events = []
    for index, source in enumerate(parsed.value["events"]):
        fields = []
        for number, each in enumerate(source.get("fields", [])):
            found = PropertyReading(each["name"], required=each.get("required") is True)
            own = take(layout, ("events", index, "fields", number))
            found.extra = {"x": kept_object(_plain_field(found.name, found.required), each, own)}
            fields.append(found)
        event = EventReading(source["name"], description=source.get("description", ""), properties=fields)
        plain = _plain_event(event.name, event.description, bool(fields))
        emptied = source | ({"fields": []} if fields else {})
        event.extra = {"x": kept_object(plain, emptied, take(layout, ("events", index)))}
        events.append(event)
    top = kept_object({"events": []}, parsed.value | {"events": []}, layout)
    return events, top, yaml_style(parsed)


def _plan(events: list[EventReading]) -> list[Event]:
    return [
        Event(
            name=event.name,
            description=event.description,
            extra=event.extra,
            properties=tuple(
                Property(name=each.name, required=each.required, extra=each.extra) for each in event.properties
            ),
        )
        for event in events
    ]


def _write(events: list[Event], top: Remainder, style: YamlStyle) -> str:
    written = []
    for event in events:
        fields = [
            written_object(_plain_field(each.name, each.required), each.extra["x"] if each.extra is not UNSET else {})
            for each in event.properties
        ]
        plain = _plain_event(event.name, event.description, bool(fields))
        written.append(written_object(plain, event.extra["x"] if event.extra is not UNSET else {}, {"fields": fields}))
    whole = written_object({"events": []}, top, {"events": written})
    return write_yaml(whole, style, whole.layout).decode()


def test_the_file_comes_back() -> None:
    """To the byte."""
    events, top, style = _read(FILE)
    assert _write(_plan(events), top, style) == FILE


def test_each_edit_is_said_and_nothing_else_changes() -> None:
    """A name, a description, a flag in brackets, a flag in lines, a field and an event more, an event less, another order."""
    events, top, style = _read(FILE)
    paid, seen = _plan(events)
    amount, coupon = paid.properties
    edits = [
        ([replace(paid, name="Order: Paid"), seen], "name: Order Paid ", "name: 'Order: Paid' "),
        ([replace(paid, description="Done"), seen], '"Charge: done"', '"Done"'),
        ([replace(paid, properties=(replace(amount, required=False), coupon)), seen], ", required: true", ""),
        ([replace(paid, properties=(amount, replace(coupon, required=True))), seen], "required: no", "required: true"),
        (
            [replace(paid, properties=(amount, coupon, Property(name="tax", required=True))), seen],
            "        required: no\n",
            "        required: no\n      - name: tax\n        required: true\n",
        ),
        ([paid, seen, Event(name="New")], "    weight: 1.50\n", "    weight: 1.50\n  - name: New\n"),
        ([paid], "\n  - name: Seen\n    weight: 1.50\n", ""),
    ]
    for edited, before, after in edits:
        assert _write(edited, top, style) == FILE.replace(before, after)
    moved = _write([seen, paid], top, style)
    assert sorted(moved.splitlines()) == sorted(FILE.splitlines())
