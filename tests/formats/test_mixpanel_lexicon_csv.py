"""Mixpanel's Lexicon CSV: rows of events, of properties and of profiles."""

from __future__ import annotations

from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.exchange import WriteOptions, format_named, read_files
from advisor.model import Event, Plan, Property

KEY = "mixpanel-lexicon-csv"
SAMPLE = SAMPLES / KEY / "export.csv"
FORM = format_named(KEY)
OLDER = b"""\
Entity Type,Entity Name,Entity Description,Event Volume (30 Days),Event Tags,Property Name,Property Description,Property Type
event,Tent Booked,Captured,120,,,,
,,,,,site,Where,datetime
,,,,,,,
event,Map Opened,,9,,,,
""".replace(b"\n", b"\r\n")
"""A file with the headings of earlier years."""


def test_events_properties_and_profiles_are_read() -> None:
    """Sensitive and required as the columns say; the rows of profiles are one identify event."""
    reading = read_files(tree_of(SAMPLE))
    assert [(event.call, event.name) for event in reading.events] == [
        ("track", "Tent Booked"),
        ("track", "Map Opened"),
        ("track", "Bare "),
        ("identify", "Profile"),
    ]
    booked, _, bare, them = reading.events
    assert [(each.name, each.types, each.required, each.sensitive) for each in booked.properties] == [
        ("nights", ("number",), True, False),
        ("mail", ("string",), False, True),
        ("extras", ("array",), False, False),
    ]
    assert [(each.name, each.types) for each in them.properties] == [("$name", ("string",)), ("plan", ())]
    assert booked.labels == {"tags": ["server", "billing"]}
    assert [each.practice and each.practice.placement for each in (booked, bare)] == ["server", "client"]
    assert [(each.what, each.place.line) for each in reading.left_out] == [("group “Company”", 7)]


def test_a_profile_property_more_has_a_row_like_the_others() -> None:
    """With the kind of the entity on it."""
    plan, _ = brought(SAMPLE, FORM)
    them = plan.events[-1]
    edited = replace(them, properties=(*them.properties[1:], Property(name="seats", type="number", required=True)))
    (data,) = written(replace(plan, events=(*plan.events[:-1], edited)), FORM).values()
    before = SAMPLE.read_text().splitlines()
    assert data.decode().splitlines() == [
        *before[:-2],
        before[-1],
        "profile,,,,,,,,,seats,,,,,number,,,,True,False",
    ]


def test_an_older_file_gets_a_column_only_when_it_needs_one() -> None:
    """For what is required; without it the file keeps its columns."""
    plan = again({"older.csv": OLDER}, FORM)
    assert written(plan, FORM) == {"older.csv": OLDER}
    site = plan.events[0].properties[0]
    required = replace(plan.events[0], properties=(replace(site, required=True),))
    (data,) = written(replace(plan, events=(required, *plan.events[1:])), FORM).values()
    lines = data.decode().split("\r\n")
    assert lines[0].endswith(",Property Type,Property Required")
    assert lines[2] == ",,,,,site,Where,datetime,TRUE"


def test_the_verdict_is_among_the_tags_and_losses_are_reported() -> None:
    """What is sensitive is no loss here."""
    plan = Plan(
        events=(
            Event(
                name="Paid",
                answers={"payment": "yes"},
                labels={"team": "money"},
                properties=(
                    Property(name="n", type="integer", sensitive=True, values=(1,)),
                    Property(name="u", type="null"),
                ),
            ),
            Event(name="Them", call="identify", properties=(Property(name="x", type="string"),)),
            Event(name="Home", call="page"),
        )
    )
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions(verdict=True))
    lines = done.files["mixpanel-lexicon.csv"].decode().splitlines()
    assert lines[1].startswith("event,Paid,,,,,server,")
    assert lines[2] == ",,,,,,,,,n,,,,,number,,,,FALSE,TRUE"
    assert lines[4].startswith("profile,,,,,,")
    assert {(loss.event, loss.what) for loss in done.losses} == {
        ("Paid", "answers"),
        ("Paid", "label “team”"),
        ("Paid", "property “n”: allowed values"),
        ("Paid", "property “n”: type integer"),
        ("Paid", "property “u”: type null"),
        ("Them", "its name: profiles have none"),
        ("Home", "the event: Mixpanel has no page calls"),
    }
