"""Mozilla's Glean: ``metrics.yaml``, whose metrics of type event are the events of a plan.

Metrics are keyed by category and name; the name of the event is both, as Glean sends it (``shop.checkout.order_paid``). Metrics
of other types are no events and come back as they are. Nothing says what is required.
"""

from __future__ import annotations

from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.object_files import YAML_STYLE, object_file, peeked, write_object
from advisor.formats.carriers.yaml_objects import written_object
from advisor.formats.event_files import skip
from advisor.formats.extra import format_extra
from advisor.formats.file_names import snake
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.keyed_objects import KeyedEntry, keyed, merged_entries, read_entry, written_entries
from advisor.formats.losses import LossList, Written
from advisor.formats.object_lists import text_of
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.places import Place, refusal
from advisor.formats.plan_losses import (
    add_call_loss,
    add_label_losses,
    add_plan_losses,
    add_twin_losses,
    add_version_loss,
)
from advisor.formats.property_losses import Part, add_property_losses, one_type, types_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.verdict_line import practice_of_description, with_verdict_line
from advisor.model import Event, Plan, Property, placement_in_force

KEY = "glean"
FILE = "metrics.yaml"
_SCHEMA = "moz://mozilla.org/schemas/glean/metrics/2-0-0"
_CATEGORY = "events"
"""The category of events for which nothing names one."""
_WORDS = {"string": "string", "integer": "quantity", "number": "quantity", "boolean": "boolean"}
_UNHELD: tuple[Part, ...] = ("required", "values", "properties", "null")
_TO_FILL_IN = ("bugs", "data_reviews", "notification_emails")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file is Glean's; None if none is."""
    marks: set[str] = set()
    for file in tree.files:
        value = peeked(file)
        if isinstance(value, dict) and "schemas/glean/metrics" in str(value.get("$schema")):
            marks.add("Glean’s schema of metrics")
        if any(_is_event(metric) and {"bugs", "expires"} <= metric.keys() for metric in _metrics(value)):
            marks.add("metrics of type event with bugs and expires")
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the events in the first file of a tree that has metrics. Raises `FormatError`."""
    reading = PlanReading(KEY)
    plans = [file for file in tree.files if _is_plan(peeked(file)) and not is_beside(file)]
    if not plans:
        raise tree.first_error() or refusal(tree.place, "No metric in this file is of the type event.")
    for other in tree.files:
        if other is not plans[0] and not is_beside(other):
            skip(reading, other)
    file = object_file(plans[0])
    left: dict[str, Any] = {}
    for category, members in _categories(file.value):
        places = file.member_places((category,))
        left[category] = {name: metric for name, metric in members.items() if not _is_event(metric)}
        for name in members:
            place = places.get(name, file.place((category,)))
            if name in left[category]:
                reading.leave_out(place, f"metric {category}.{name}", "Its type is not event.")
            else:
                reading.events.append(_read_event(category, keyed(file, members, (category,), name), place))
    kept = read_entry({}, file.value | left, file.layout)
    reading.extra[KEY] = kept | {"style": file.style, "categories": {name: [*file.value[name]] for name in left}}
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one file."""
    lost = LossList(KEY)
    add_plan_losses(plan, lost, named=False)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, KEY)
    categories: dict[str, dict[str, Any]] = {}
    for event in plan.events:
        category, name = _parts(event)
        if name in categories.setdefault(category, {}):
            lost.add(event.name, "the event: another one has its name, and names are keys here")
        else:
            if f"{category}.{name}" != event.name:
                lost.add(event.name, "the name of the event", f"written as {category}.{name}")
            categories[category][name] = _written_event(event, name, options, lost)
    whole = written_object({} if kept else {"$schema": _SCHEMA}, kept)
    for category, order in kept.get("categories", {}).items():
        if order and not whole[category] and category not in categories:
            del whole[category]  # all of its metrics were events, and are gone
    for category, metrics in categories.items():
        left = whole.get(category)
        order = kept.get("categories", {}).get(category, ())
        layout = whole.layout.get("keys", {}).get(category)
        whole[category] = merged_entries(metrics, left if isinstance(left, dict) else {}, order, layout)
    return Written({FILE: write_object(whole, kept.get("style", YAML_STYLE), whole.layout)}, tuple(lost.losses))


def _categories(value: Any) -> list[tuple[str, dict[str, Any]]]:
    members = value.items() if isinstance(value, dict) else ()
    return [(name, each) for name, each in members if isinstance(each, dict) and not name.startswith("$")]


def _metrics(value: Any) -> list[dict[str, Any]]:
    return [metric for _, members in _categories(value) for metric in members.values() if isinstance(metric, dict)]


def _is_event(metric: Any) -> bool:
    return isinstance(metric, dict) and metric.get("type") == "event"


def _is_plan(value: Any) -> bool:
    return any(map(_is_event, _metrics(value)))


def _parts(event: Event) -> tuple[str, str]:
    """Return the category and the name of the metric of an event."""
    kept = format_extra(event, KEY)
    if kept.get("came") == event.name:
        return kept["category"], kept["metric"]
    category, dot, name = event.name.rpartition(".")
    if not dot:
        category = kept.get("category", _CATEGORY)
    return ".".join(map(snake, category.split("."))), snake(name)


def _read_event(category: str, entry: KeyedEntry, place: Place) -> EventReading:
    value = entry.value
    name = f"{category}.{entry.name}"
    event = EventReading(name, description=text_of(value.get("description")), place=place)
    event.practice = practice_of_description(event.description)
    event.properties = [_read_property(each) for each in entry.take_children("extra_keys")]
    kept = entry.kept(_plain_event(event.description, has_fields=bool(event.properties)))
    event.extra = {KEY: kept | {"came": name, "category": category, "metric": entry.name}}
    return event


def _read_property(entry: KeyedEntry) -> PropertyReading:
    value = entry.value
    found = PropertyReading(entry.name, types_of_word(value.get("type")), description=text_of(value.get("description")))
    found.extra = {KEY: entry.kept(_plain_property(found.description, _WORDS.get((*found.types, "")[0])))}
    return found


def _plain_event(description: str, *, has_fields: bool) -> dict[str, Any]:
    return {"type": "event", "description": description} | ({"extra_keys": {}} if has_fields else {})


def _plain_property(description: str, word: str | None) -> dict[str, Any]:
    return {"description": description, "type": word or "string"}


def _written_event(event: Event, name: str, options: WriteOptions, lost: LossList) -> Any:
    kept = format_extra(event, KEY)
    lost.add_event(event)
    add_call_loss(event, lost)
    add_version_loss(event, lost)
    add_twin_losses(event, lost)
    add_label_losses(event, lost)
    add_property_losses(event, event.properties, lost, _UNHELD)
    description = (
        with_verdict_line(event.description, placement_in_force(event)) if options.verdict else event.description
    )
    plain = _plain_event(description, has_fields=bool(event.properties))
    if not kept:
        lost.add(event.name, "bugs, data reviews and mail addresses, which Glean wants", "left empty: fill them in")
        plain |= {key: [] for key in _TO_FILL_IN} | {"expires": "never"}
    pairs = [(each.name, _written_property(each, event, lost)) for each in event.properties]
    return written_entries(plain, kept, "extra_keys", pairs, name)


def _written_property(prop: Property, event: Event, lost: LossList) -> Any:
    plain = _plain_property(prop.description, one_type(prop, _WORDS, event, lost))
    return written_entries(plain, format_extra(prop, KEY), "", (), prop.name)


FORMAT = Format(
    key=KEY,
    title="Glean metrics, YAML",
    fidelity="lossy",
    looked_for="Glean’s metrics of type event, by category",
    recognise=recognise,
    read=read,
    write=write,
    takes=every_file,
)
