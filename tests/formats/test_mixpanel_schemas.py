"""Mixpanel's schemas: three wrappings, tags, and all that they cannot hold."""

from __future__ import annotations

import json

from brought import SAMPLES, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.exchange import WriteOptions, format_named, read_files
from advisor.model import Event, Plan, Property

KEY = "mixpanel-schemas"
SAMPLE = SAMPLES / KEY / "reply.json"
FORM = format_named(KEY)


def test_events_and_profiles_are_read() -> None:
    """A profile is an identify call; groups are left out. A tag that names a side is the practice."""
    reading = read_files(tree_of(SAMPLE))
    assert [(event.call, event.name) for event in reading.events] == [
        ("track", "Tent Booked"),
        ("track", "Bare "),
        ("identify", "$user"),
    ]
    booked = reading.events[0]
    assert booked.labels == {"tags": ["server", "money"]}
    assert booked.practice is not None
    assert (booked.practice.placement, booked.practice.evidence) == ("server", "tags = server, money")
    assert [(each.name, each.types) for each in booked.properties] == [
        ("nights", ("integer",)),
        ("extras", ("array",)),
        ("old", ("string",)),
        ("maybe", ("string", "null")),
        ("untyped", ()),
        ("odd", ()),
    ]
    assert [(entry.what, entry.place.line is not None) for entry in reading.left_out] == [("schema “Company”", True)]


def test_edits_of_properties_leave_their_metadata_as_it_was() -> None:
    """Renamed, described, of another type, removed."""
    plan, _ = brought(SAMPLE, FORM)
    nights, _, old, maybe, untyped, odd = plan.events[0].properties
    edited = (
        replace(nights, description="Count"),
        replace(old, name="older"),
        replace(maybe, type="number"),
        replace(untyped, type="boolean"),
        replace(odd, description="Now known"),
    )
    events = (replace(plan.events[0], properties=edited), *plan.events[1:])
    (data,) = written(replace(plan, events=events), FORM).values()
    assert json.loads(data)["results"][0]["schemaJson"]["properties"] == {
        "nights": {"type": "integer", "description": "Count"},
        "older": {
            "type": "string",
            "metadata": {"com.mixpanel": {"hidden": True, "dropped": False, "displayName": "Old"}},
        },
        "maybe": {"type": "number"},
        "untyped": {"type": "boolean"},
        "odd": {"type": "string", "description": "Now known"},
    }


def test_the_verdict_is_among_the_tags() -> None:
    """It replaces an older one; both sides are two tags."""
    plan, _ = brought(SAMPLE, FORM)
    assert FORM.write is not None
    event = replace(plan.events[0], answers={"browser_only": "yes"})
    (data,) = FORM.write(replace(plan, events=(event,)), WriteOptions(verdict=True)).files.values()
    metadata = json.loads(data)["results"][0]["schemaJson"]["metadata"]["com.mixpanel"]
    assert metadata["tags"] == ["money", "client"]
    assert metadata["contacts"] == ["someone@camp.example"]


def test_what_schemas_cannot_hold_is_in_the_report() -> None:
    """Each property for itself; a type is written as the nearest that there is."""
    inside = (Property(name="x"),)
    plan = Plan(
        name="Ours",
        events=(
            Event(
                name="Paid",
                labels={"team": "money", "tags": "core"},
                properties=(
                    Property(name="at", type="datetime", required=True),
                    Property(name="kind", type="string|null", values=("a",)),
                    Property(name="box", type="object", properties=inside),
                    Property(name="any"),
                ),
            ),
            Event(name="Home", call="page"),
        ),
    )
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions())
    (entry,) = json.loads(done.files["mixpanel-schemas.json"])["entries"]
    assert {name: each["type"] for name, each in entry["schemaJson"]["properties"].items()} == {
        "at": "string",
        "kind": "string",
        "box": "object",
        "any": "string",
    }
    assert {(loss.event, loss.what, loss.done) for loss in done.losses} == {
        ("", "the name and description of the plan", "left out"),
        ("Paid", "label “team”", "left out"),
        ("Paid", "property “at”: required", "left out"),
        ("Paid", "property “at”: type datetime", "written as string"),
        ("Paid", "property “kind”: type string|null", "written as string"),
        ("Paid", "property “kind”: allowed values", "left out"),
        ("Paid", "property “box”: properties inside", "left out"),
        ("Home", "the event: there are no schemas for page calls", "left out"),
    }
