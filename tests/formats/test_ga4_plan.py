"""GA4 plans: flat parameters with paths, what is inside what, and where a name is written."""

from __future__ import annotations

import json
from typing import Any

from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import Confidence, WriteOptions, format_named, read_files, recognise
from advisor.model import Event, Plan, Property

KEY = "ga4-plan"
SAMPLE = SAMPLES / KEY / "plan.json"
FORM = format_named(KEY)


def _events(files: dict[str, bytes]) -> list[Any]:
    (data,) = files.values()
    events: list[Any] = json.loads(data)["events"]
    return events


def test_parameters_are_put_inside_the_one_that_their_path_leads_through() -> None:
    """As long as they follow it; one that comes later stays where it is in the list."""
    reading = read_files(tree_of(SAMPLE))
    assert (reading.name, reading.description) == ("Camp site", "Booking")
    context, shown, refund, odd = reading.events
    assert [(each.name, each.required, each.values) for each in context.properties] == [
        ("page_kind", True, ("map", "form")),
        ("user_id", False, ()),
        ("no_path", False, ()),
    ]
    value, items, currency, late = shown.properties
    assert [each.name for each in (value, items, currency, late)] == ["value", "items", "currency", "late"]
    assert [(each.name, each.required) for each in items.properties] == [
        ("item_id", True),
        ("size", False),
        ("item_name", True),
    ]
    assert items.properties[1].properties[0].values == (2, 4)
    assert refund.properties == odd.properties == []
    assert [notice.place.line is not None for notice in reading.warnings] == [True]
    assert len(reading.left_out) == 2


def test_what_is_pushed_to_the_data_layer_is_tracked_in_the_page() -> None:
    """With the push as evidence."""
    practice = [each.practice for each in read_files(tree_of(SAMPLE)).events]
    assert [each and (each.placement, each.evidence) for each in practice] == [
        ("client", "data_layer.push"),
        ("client", "data_layer.push"),
        None,
        None,
    ]


def test_a_renamed_event_and_parameter_are_renamed_where_their_names_are() -> None:
    """In the push, and in the path of the parameter and of those inside it."""
    plan, _ = brought(SAMPLE, FORM)
    event = plan.events[1]
    value, items, *others = event.properties
    renamed = replace(event, name="see_item", properties=(value, replace(items, name="things"), *others))
    written_event = _events(written(replace(plan, events=(plan.events[0], renamed, *plan.events[2:])), FORM))[1]
    assert (written_event["event_name"], written_event["data_layer"]["push"]["event"]) == ("see_item", "see_item")
    assert [each["data_layer_path"] for each in written_event["parameters"][1:5]] == [
        "ecommerce.things",
        "ecommerce.things[].item_id",
        "ecommerce.things[].size",
        "ecommerce.things[].size.beds",
    ]


def test_new_properties_have_paths_so_that_nesting_comes_back() -> None:
    """In the wrapper that such plans usually have; objects and lists of objects."""
    inside = (Property(name="a", type="string", required=True), Property(name="b"))
    event = Event(
        name="new",
        properties=(
            Property(name="list", type="array", properties=inside),
            Property(name="one", type="object", properties=inside),
        ),
    )
    files = written(Plan(name="New", events=(event,)), FORM)
    assert [each["data_layer_path"] for each in _events(files)[0]["parameters"]] == [
        *("event_data.list", "event_data.list[].a", "event_data.list[].b"),
        *("event_data.one", "event_data.one.a", "event_data.one.b"),
    ]
    found = again(files, FORM)
    assert found.name == "New"
    assert [[each.name for each in prop.properties] for prop in found.events[0].properties] == [["a", "b"]] * 2


def test_a_plan_without_paths_is_recognised_with_less_certainty() -> None:
    """Such a list could be of another tool."""
    assert recognise(tree_of(SAMPLE)).recognition.confidence is Confidence.CERTAIN
    assert recognise(tree_of(SAMPLES / KEY / "bare.json")).recognition.confidence is Confidence.LIKELY


def test_the_verdict_is_the_last_line_of_the_definition() -> None:
    """Other calls than track have no place."""
    plan = Plan(
        events=(Event(name="paid", answers={"payment": "yes"}, description="Money"), Event(name="x", call="page"))
    )
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions(verdict=True))
    (event,) = _events(done.files)
    assert event["definition"] == "Money\nTracked on: server."
    assert ("x", "the event: such a plan has no page calls") in {(loss.event, loss.what) for loss in done.losses}
    practice = read_files(FileTree.of(done.files)).events[0].practice
    assert practice is not None
    assert practice.placement == "server"
