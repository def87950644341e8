"""mParticle's data plans: what each kind of data point becomes, which version is read, and what has no place."""

from __future__ import annotations

import json
from typing import Any

from brought import SAMPLES, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.exchange import WriteOptions, format_named, read_files
from advisor.model import Event, Plan, Property

KEY = "mparticle"
SAMPLE = SAMPLES / KEY / "version.json"
FORM = format_named(KEY)


def _points(files: dict[str, bytes]) -> list[dict[str, Any]]:
    (data,) = files.values()
    points: list[dict[str, Any]] = json.loads(data)["version_document"]["data_points"]
    return points


def test_every_kind_of_point_becomes_an_event() -> None:
    """Users are identify calls; commerce events are named by their action; a point without a name is left out."""
    reading = read_files(tree_of(SAMPLE))
    assert [(event.call, event.name, [each.name for each in event.properties]) for event in reading.events] == [
        ("track", "Tent Booked", ["nights", "site", "code", "either"]),
        ("track", "No fields yet", []),
        ("screen", "Map", []),
        ("track", "purchase", ["coupon"]),
        ("track", "Product Impression", []),
        ("identify", "User Attributes", ["$Zip", "tier"]),
        ("identify", "User Identities", ["email"]),
        ("track", "Bare ", []),
    ]
    nights, site, _, either = reading.events[0].properties
    assert (nights.types, nights.required, site.values) == (("number",), True, ("lake", "Hill, west"))
    assert either.types == ("string", "null")
    assert [each.place.line is not None for each in reading.left_out] == [True]


def test_the_latest_of_several_versions_is_read() -> None:
    """The others are kept, and a warning says so. The name of the plan can be changed, that of a version can't."""
    plan, reading = brought(SAMPLES / KEY / "plan.json", FORM)
    assert (plan.name, [event.name for event in plan.events]) == ("Camp", ["Tent Booked", "No fields yet"])
    assert ["2 versions" in notice.message for notice in reading.warnings] == [True]
    assert b'"data_plan_name":"Hills"' in written(replace(plan, name="Hills"), FORM)["data-plan.json"]
    version, _ = brought(SAMPLE, FORM)
    assert FORM.write is not None
    lost = FORM.write(replace(version, name="Hills"), WriteOptions()).losses
    assert "the name of the plan: a version has only an id" in {loss.what for loss in lost}


def test_a_renamed_event_keeps_its_kind_and_its_other_sections() -> None:
    """A commerce event has another action, and its products as before."""
    plan, _ = brought(SAMPLE, FORM)
    events = [replace(event, name=f"{event.name}!") for event in plan.events]
    named = {
        json.dumps(point["match"]["criteria"]): point for point in _points(written(replace(plan, events=events), FORM))
    }
    assert '{"event_name": "Tent Booked!", "custom_event_type": "other"}' in named
    assert '{"screen_name": "Map!"}' in named
    bought = named['{"action": "purchase!"}']
    assert "product_action" in bought["validator"]["definition"]["properties"]["data"]["properties"]


def test_a_required_field_makes_its_section_required() -> None:
    """In a new event, with types as words."""
    event = Event(name="New", properties=(Property(name="n", type="integer", required=True),))
    (point,) = _points(written(Plan(events=(event,)), FORM))
    data = point["validator"]["definition"]["properties"]["data"]
    assert data["required"] == ["custom_attributes"]
    assert data["properties"]["custom_attributes"] == {
        "type": "object",
        "properties": {"n": {"type": "integer"}},
        "required": ["n"],
    }


def test_the_verdict_is_the_last_line_of_the_description_and_losses_are_reported() -> None:
    """Group and alias calls have no data points, a page becomes a screen, labels have no place."""
    plan = Plan(
        events=(
            Event(name="Paid", answers={"payment": "yes"}, labels={"team": "money"}),
            Event(name="Home", call="page"),
            Event(name="Them", call="group"),
            Event(name="Me", call="identify"),
        )
    )
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions(verdict=True))
    assert _points(done.files)[0]["description"] == "Tracked on: server."
    assert {(loss.event, loss.what) for loss in done.losses} == {
        ("Paid", "answers"),
        ("Paid", "labels"),
        ("Home", "that it is a page"),
        ("Them", "the event: there are no data points for group calls"),
        ("Me", "its name: a data point of users has none"),
    }
