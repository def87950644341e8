"""Amplitude's CSV: which rows are an event's, what is left out and comes back, groups, and what a property is in columns."""

from __future__ import annotations

import csv
import io

from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.exchange import WriteOptions, format_named, read_files
from advisor.formats.json_schema import field_schema
from advisor.model import Event, Plan, Property

KEY = "amplitude-csv"
SAMPLE = SAMPLES / KEY / "export.csv"
FORM = format_named(KEY)


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_columns_become_types_values_and_limits() -> None:
    """Also for what is in an array; limits are keywords that other formats understand."""
    reading = read_files(tree_of(SAMPLE))
    booked, opened, bare = reading.events
    assert [(each.name, each.types, each.required, each.values) for each in booked.properties] == [
        ("price", ("number",), True, ()),
        ("site", ("string",), True, ("lake", "hill")),
        ("party", ("integer",), False, ()),
        ("kind", ("string",), False, ("tent",)),
        ("extras", ("array",), False, ()),
        ("sizes", ("array",), False, ()),
        ("code", ("string",), False, ()),
        ("free", (), False, ()),
    ]
    schemas = [field_schema(each, ours=False) for each in booked.properties]
    assert schemas[0] == {"type": ["number"], "minimum": 0, "maximum": 1.5}
    assert schemas[4] == {"type": ["array"], "minItems": 1, "uniqueItems": True, "items": {"type": "string"}}
    assert schemas[5]["items"] == {"type": "string", "enum": ["S", "M"]}
    assert schemas[6] == {"type": ["string"], "minLength": 3, "pattern": "^[A-Z]{3}$"}
    assert (booked.owner, booked.labels) == (
        "someone@camp.example",
        {"category": "Booking", "tags": ["Backend", "core"]},
    )
    assert [each and (each.placement, each.evidence) for each in (booked.practice, opened.practice, bare.practice)] == [
        ("server", "Event Source = payments-api"),
        ("client", "Event Source = browser,ios_app"),
        None,
    ]


def test_what_is_not_planned_is_left_out_with_its_status() -> None:
    """One warning says how many; the place of each is known."""
    reading = read_files(tree_of(SAMPLE))
    assert [(each.what, each.reason, each.place.line) for each in reading.left_out] == [
        ("property “surprise”", "Its action is IGNORE, its status UNEXPECTED.", 11),
        ("event “Gone”", "Its action is IGNORE, its status DELETED.", 14),
        ("event “Blocked one”", "Its status is BLOCKED.", 19),
        ("Custom Event “Combined”", "It is neither an event nor a property group.", 20),
    ]
    assert ["4 events and properties" in notice.message for notice in reading.warnings] == [True]


def test_rows_that_are_left_out_stay_with_their_event() -> None:
    """When other events go, and when properties of the event go."""
    plan, _ = brought(SAMPLE, FORM)
    booked, opened, bare = plan.events
    left = written(replace(plan, events=(bare, replace(booked, properties=booked.properties[:1]))), FORM)
    rows = _rows(left["export.csv"])
    names = [row["Object Name"] or row["Event Property Name"] for row in rows]
    assert names == ["visit", "site", "party", "Bare ", "Gone", "x", "Tent Booked", "price", "surprise", *names[9:]]
    assert names[9:] == ["Blocked one", "Combined"]
    assert [event.name for event in again(left, FORM).events] == ["Bare ", "Tent Booked"]
    assert opened.name not in names


def test_a_group_stays_one_row_until_an_event_departs_from_it() -> None:
    """Then the event has rows of its own for what is left of it, and the group itself stays as it was."""
    plan, _ = brought(SAMPLE, FORM)
    booked = plan.events[0]
    party = replace(booked.properties[2], required=True)
    for changed, own in (
        ((*booked.properties[:2], party, *booked.properties[3:]), ["site", "party"]),
        ((*booked.properties[:1], *booked.properties[2:]), ["party"]),
    ):
        edited = replace(plan, events=(replace(booked, properties=changed), *plan.events[1:]))
        rows = _rows(written(edited, FORM)["export.csv"])
        assert "Event Property Group" not in {row["Property Type"] for row in rows}
        mine = [row["Event Property Name"] for row in rows if row["Property Type"] == "Event Property"]
        assert [name for name in mine if name in ("site", "party")] == own
        found = again(written(edited, FORM), FORM).events[0]
        assert [(each.name, each.required) for each in found.properties] == [
            (each.name, each.required) for each in changed
        ]


def test_a_constant_stays_one_and_becomes_a_list_with_two_values() -> None:
    """Each in its column."""
    plan, _ = brought(SAMPLE, FORM)
    booked = plan.events[0]
    for values, cells in ((("hut",), ("const", "hut", "")), (("hut", "van"), ("enum", "", "hut,van"))):
        kind = replace(booked.properties[3], values=values)
        event = replace(booked, properties=(*booked.properties[:3], kind, *booked.properties[4:]))
        row = next(
            row
            for row in _rows(written(replace(plan, events=(event,)), FORM)["export.csv"])
            if row["Event Property Name"] == "kind"
        )
        assert (row["Property Value Type"], row["Const Value"], row["Enum Values"]) == cells


def test_a_file_that_repeats_the_event_is_written_like_that() -> None:
    """An edit of the event is on each row that said it, and a column that was missing is added."""
    plan, _ = brought(SAMPLES / KEY / "repeated.csv", FORM)
    booked = replace(plan.events[0], name="Hut Booked", properties=(*plan.events[0].properties, Property(name="new")))
    added = Event(name="Added", properties=(Property(name="n", type="integer"), Property(name="m")))
    (data,) = written(replace(plan, events=(booked, *plan.events[1:], added)), FORM).values()
    rows = _rows(data)
    assert [row["Object name"] for row in rows].count("Hut Booked") == 4
    assert [row["Event property name"] for row in rows if row["Object name"] == "Added"] == ["n", "m"]
    assert [row["Number Is Integer"] for row in rows if row["Object name"] == "Added"] == ["TRUE", ""]
    assert rows[0]["My notes"] == "keep"


def test_properties_of_users_are_an_identify_event_in_a_file_of_their_own() -> None:
    """A heading that is there twice counts once; properties of groups are left out and come back."""
    path = SAMPLES / KEY / "with-users"
    plan, reading = brought(path, FORM)
    them = plan.events[-1]
    assert (them.call, [(each.name, each.values) for each in them.properties]) == (
        "identify",
        [("plan", ("free", "pro")), ("seats", ())],
    )
    assert [each.what for each in reading.left_out] == ["property “old”", "property “company”"]
    seats = replace(them.properties[1], description="How many")
    edited = replace(plan, events=(plan.events[0], replace(them, properties=(them.properties[0], seats))))
    after = written(edited, FORM)["users.csv"]
    assert after == (path / "users.csv").read_bytes().replace(b"seats,,", b"seats,How many,")


USER = Property(
    name="e", type="integer", required=True, extra={"json-schema": {"rest": {"pattern": "^[a-z]$", "minimum": 1}}}
)
OURS = Plan(
    events=(
        Event(
            name="Paid",
            answers={"payment": "yes"},
            labels={"team": "money", "tags": ["Client", "core"]},
            properties=(
                Property(name="a", type="string", values=("x, y", "z")),
                Property(name="b", type="integer", values=(1, 2)),
                Property(name="c", type="object", properties=(Property(name="in"),)),
                Property(name="d", type="string|null"),
            ),
        ),
        Event(name="Home", call="page"),
        Event(name="Them", call="identify", description="Who", owner="Ann", properties=(USER,)),
    )
)


def test_the_verdict_is_among_the_tags_and_losses_are_reported() -> None:
    """In a file with the columns of an import; our own data go beside it."""
    assert FORM.write is not None
    done = FORM.write(OURS, WriteOptions(verdict=True, advisor_data=True))
    rows = _rows(done.files["amplitude-events.csv"])
    assert rows[0]["Tags"] == "core,server"
    assert [(row["Property Value Type"], row["Enum Values"]) for row in rows[1:]] == [
        ("string", ""),
        ("enum", "1,2"),
        ("any", ""),
        ("string", ""),
    ]
    assert list(done.files) == ["amplitude-events.csv", "amplitude-user-properties.csv", "tracking-advisor.json"]
    assert {(loss.event, loss.what) for loss in done.losses} >= {
        ("Paid", "answers"),
        ("Paid", "label “team”"),
        ("Paid", "property “a”: allowed values; a list can’t hold these, as commas divide it"),
        ("Paid", "property “b”: that its values are no texts"),
        ("Paid", "property “c”: type object"),
        ("Paid", "property “c”: properties inside"),
        ("Paid", "property “d”: type string|null"),
        ("Home", "the event: Amplitude has no page calls"),
        ("Them", "its name: properties of users belong to no event"),
        ("Them", "its description"),
        ("Them", "its owner"),
        ("Them", "property “e”: Property Required, which user properties don’t have"),
        ("Them", "property “e”: Number Is Integer, which user properties don’t have"),
        ("Them", "property “e”: Property Regex, which user properties don’t have"),
        ("Them", "property “e”: Number Property Value Min, which user properties don’t have"),
    }
