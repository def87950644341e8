"""Plans that tools and agents leave in repositories, in YAML and as plain JSON Schema."""

from __future__ import annotations

import json

from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named, read_files
from advisor.formats.reading import EventReading, PlanReading
from advisor.model import Event, Plan, Property


def _read(key: str, name: str) -> PlanReading:
    return read_files(tree_of(SAMPLES / key / name))


def _practices(reading: PlanReading) -> list[tuple[str, str] | None]:
    return [event.practice and (event.practice.placement, event.practice.evidence) for event in reading.events]


def _fields(event: EventReading) -> list[tuple[str, str, bool]]:
    return [(each.name, "|".join(each.types), each.required) for each in event.properties]


def test_the_source_of_a_telemetry_event_is_its_practice() -> None:
    """Frontend, backend or both."""
    reading = _read("telemetry-yaml", "shop.yaml")
    assert reading.name == "Ticket Shop"
    assert _practices(reading) == [
        ("server", "labels.source = backend"),
        ("client", "labels.source = frontend"),
        None,
    ]
    assert [entry.what for entry in reading.left_out] == ["an entry of “events”", "entities", "groups"]


def test_properties_of_telemetry_are_objects_or_names() -> None:
    """Words such as string_enum and date are types; a date and ``on`` stay text."""
    sold, chosen, _ = _read("telemetry-yaml", "shop.yaml").events
    assert _fields(sold) == [
        ("price", "number", True),
        ("method", "string", True),
        ("seats", "array", False),
        ("coupon", "", False),
        ("sold_on", "datetime", False),
    ]
    assert [each.values for each in sold.properties] == [(), ("card", "invoice"), (), (), ("a", "b")]
    assert _fields(chosen) == [("row", "", True), ("number", "", True)]


def test_a_required_name_that_gets_a_type_becomes_an_object_with_the_others() -> None:
    """So that they keep their order."""
    form = format_named("telemetry-yaml")
    plan, _ = brought(SAMPLES / "telemetry-yaml" / "names.yaml", form)
    identifier, *others = plan.events[0].properties
    event = replace(plan.events[0], properties=(replace(identifier, type="integer"), *others))
    found = again(written(replace(plan, events=(event, *plan.events[1:])), form), form).events[0]
    assert [(each.name, each.type, each.required) for each in found.properties] == [
        ("id", "integer", True),
        ("length", "any", True),
        ("topic", "any", True),
    ]


def test_edited_allowed_values_are_written_under_the_word_of_the_file() -> None:
    """``values`` or ``enum``."""
    form = format_named("telemetry-yaml")
    plan, _ = brought(SAMPLES / "telemetry-yaml" / "shop.yaml", form)
    price, method, *others = plan.events[0].properties
    event = replace(plan.events[0], properties=(price, replace(method, values=("card", "cash")), *others))
    text = written(replace(plan, events=(event, *plan.events[1:])), form)["tracking-plan.yaml"].decode()
    assert "- {name: method, type: string_enum, values: [card, cash], required: true}" in text


def test_traits_of_a_kit_are_calls_and_null_is_a_type() -> None:
    """One file per event; ``allowNull`` and the area are read, and what is no object stays in its list."""
    reading = _read("tracking-plan-kit", "shop")
    assert reading.name == "Ticket Shop"
    assert [(event.call, event.name, event.labels) for event in reading.events] == [
        ("track", "Trial Started", {"area": "billing"}),
        ("track", "App Installed", {}),
        ("group", "Group", {}),
        ("identify", "Identify", {}),
    ]
    assert _fields(reading.events[0]) == [
        ("trialId", "string", True),
        ("customer", "string|null", False),
        ("build", "", False),
    ]
    assert _fields(reading.events[2]) == [("seats", "integer", True)]


def test_paths_of_code_are_the_practice_of_what_was_found_in_code() -> None:
    """In both shapes of the file; entries that are no objects are left out with their line."""
    reading = _read("analyze-tracking", "tracking-schema.yaml")
    assert _practices(reading) == [
        ("both", "server/payments.py, web/src/checkout.tsx"),
        ("server", "app/api/seats/route.ts"),
    ]
    assert [entry.place.line for entry in reading.left_out] == [20]
    older = _read("analyze-tracking", "schema-2024.yaml")
    assert _practices(older) == [("client", "components/Seats.tsx")]
    assert _fields(older.events[0]) == [("timestamp", "", False), ("items", "array", False), ("seat", "object", False)]
    assert [each.name for each in older.events[0].properties[2].properties] == ["row"]


def test_what_formats_keyed_by_name_cannot_hold_is_named() -> None:
    """A second event of one name, what is required, allowed values."""
    prop = Property(name="total", type="number", required=True, values=(1,), description="Money")
    plan = Plan(events=(Event(name="shop.paid", properties=(prop, prop)), Event(name="shop.paid", call="page")))
    for key in ("analyze-tracking", "glean"):
        form = format_named(key)
        assert form.write is not None
        lost = {loss.what for loss in form.write(plan, WriteOptions()).losses}
        assert {"property “total”: required", "property “total”: values"} <= lost
        assert "the event: another one has its name, and names are keys here" in lost
        assert "property “total”: another one has its name, and names are keys here" in lost


def test_the_payload_of_a_version_has_what_it_inherits() -> None:
    """The current version counts; a field without a type has that of the plan; the fields of all targets are read."""
    chosen, left, sold = _read("opentrackplan", "shop").events
    assert (chosen.name, _fields(chosen)) == (
        "seat_chosen",
        [("event_name", "string", True), ("row", "string", False), ("number", "integer", True)],
    )
    assert (left.name, _fields(left)) == ("seats::left", [("page", "string", False), ("screen", "string", False)])
    assert left.practice is not None
    assert (left.practice.placement, left.practice.evidence) == ("client", "payload = web, ios-ga")
    assert _fields(sold)[1] == ("amount", "integer", True)
    assert (sold.properties[3].personal, sold.properties[1].description) == ("contact", "Minor units")


def test_an_inherited_field_is_written_once_it_was_changed() -> None:
    """And that it was removed can't be said, so that the report says it."""
    form = format_named("opentrackplan")
    plan, _ = brought(SAMPLES / "opentrackplan" / "shop", form)
    chosen, *others = plan.events
    name, row, number = chosen.properties
    before = written(plan, form)["events/seats/chosen.yaml"].decode()
    edited = replace(chosen, properties=(name, replace(row, required=True), number))
    after = written(replace(plan, events=(edited, *others)), form)["events/seats/chosen.yaml"].decode()
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "        row:",
        "          type: string",
        "          required: true",
    ]
    assert form.write is not None
    removed = replace(plan, events=(replace(chosen, properties=(name, number)), *others))
    assert "that property “row” was removed" in {loss.what for loss in form.write(removed, WriteOptions()).losses}


def test_a_renamed_event_of_opentrackplan_sends_its_new_name() -> None:
    """Its key, in the same area, and the value of its field follow."""
    form = format_named("opentrackplan")
    plan, _ = brought(SAMPLES / "opentrackplan" / "shop", form)
    sold = replace(plan.events[2], name="ticket_resold")
    text = written(replace(plan, events=(sold,)), form)["events/tickets/ticket_resold.yaml"].decode()
    assert "  key: tickets::ticket_resold\n" in text
    assert "        value: ticket_resold\n" in text


def test_the_verdict_is_declared_in_the_plan_of_opentrackplan() -> None:
    """Its event files are closed, and a taxonomy holds declared fields alone."""
    form = format_named("opentrackplan")
    plan, _ = brought(SAMPLES / "opentrackplan" / "shop", form)
    assert form.write is not None
    files = form.write(plan, WriteOptions(verdict=True)).files
    value = FileTree.of(files).get("opentp.yaml")
    assert value is not None
    assert "tracked" in value.peek_yaml()["spec"]["events"]["taxonomy"]


def test_metrics_of_type_event_are_the_events_of_glean() -> None:
    """Named as Glean sends them; others come back at their places among them."""
    form = format_named("glean")
    plan, reading = brought(SAMPLES / "glean" / "metrics.yaml", form)
    assert [event.name for event in reading.events] == ["shop.tickets.ticket_sold", "door.opened"]
    assert _fields(reading.events[0]) == [("price", "integer", False), ("method", "string", False)]
    assert [entry.what for entry in reading.left_out] == ["metric shop.tickets.retries", "metric shop.tickets.visits"]
    only = written(replace(plan, events=plan.events[:1]), form)["metrics.yaml"].decode()
    assert "door" not in only
    assert only.index("retries:") < only.index("ticket_sold:") < only.index("visits:")
    renamed = replace(plan.events[1], name="Door Closed")
    found = again(written(replace(plan, events=(plan.events[0], renamed)), form), form)
    assert [event.name for event in found.events] == ["shop.tickets.ticket_sold", "door.door_closed"]


def test_the_name_of_a_plain_schema_is_a_field_a_title_or_its_file() -> None:
    """In this order; a schema of user traits is an identify call, and a name that is required and not defined is a warning."""
    reading = _read("json-schema", "shop")
    assert [(event.call, event.name) for event in reading.events] == [
        ("track", "SeatChosen"),
        ("track", "Page Seen"),
        ("identify", "UserProperties"),
    ]
    assert _practices(reading)[2] == ("server", "x-tracking-placement = server")
    assert ["missing" in notice.message and notice.line for notice in reading.warnings] == [27]
    assert [entry.what for entry in reading.left_out] == ["file sub/list.json"]
    assert _fields(_read("json-schema", "door_opened.json").events[0]) == [("side", "string|null", False)]
    assert _read("json-schema", "door_opened.json").events[0].name == "door_opened"


def test_a_renamed_plain_schema_is_renamed_where_its_name_is() -> None:
    """In the field, in the title, or in the name of its file."""
    form = format_named("json-schema")
    plan, _ = brought(SAMPLES / "json-schema" / "shop", form)
    events = tuple(replace(event, name=f"{event.name}2") for event in plan.events)
    files = {path: json.loads(data) for path, data in written(replace(plan, events=events), form).items()}
    assert files["SeatChosen2.json"]["properties"]["eventName"] == {"enum": ["SeatChosen2"]}
    assert files["Page_Seen2.schema.json"]["title"] == "Page Seen2"
    assert "title" not in files["sub/UserProperties2.json"]
