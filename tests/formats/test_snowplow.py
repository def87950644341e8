"""Snowplow: schemas of Iglu in several versions, and the data products and data structures of snowplow-cli; and Reflekt."""

from __future__ import annotations

import json

from brought import SAMPLES, again, brought, tree_of, written
from msgspec.structs import replace

from advisor.formats.exchange import WriteOptions, format_named, read_files
from advisor.formats.reading import PlanReading
from advisor.model import Event, Plan, Property

IGLU = format_named("snowplow-iglu")
CLI = format_named("snowplow-cli")
REFLEKT = format_named("reflekt")


def _sample(key: str) -> PlanReading:
    return read_files(tree_of(SAMPLES / key / "shop"))


def test_the_highest_version_of_a_schema_is_the_event() -> None:
    """Versions are numbers, not texts; the same name under another vendor is another event, and ``self`` beats the path."""
    events = _sample("snowplow-iglu").events
    assert [(event.name, event.version, event.labels["vendor"]) for event in events] == [
        ("Click", "1-0-0", "com.acme"),
        ("order_paid", "2-0-1", "com.acme"),
        ("click", "1-0-0", "com.acme.app"),
        ("refund_issued", "1-0-2", "com.acme"),
    ]
    assert [event.version for event in _sample("reflekt").events] == ["1-0", "1-10"]


def test_older_versions_go_with_their_event() -> None:
    """They come back; after the event was removed or renamed they would be events of their own, and are not written."""
    plan, _ = brought(SAMPLES / "snowplow-iglu" / "shop", IGLU)
    older = "com.acme/order_paid/jsonschema/1-0-0"
    assert older in written(plan, IGLU)
    paid = plan.events[1]
    assert older not in written(replace(plan, events=(plan.events[0], *plan.events[2:])), IGLU)
    renamed = replace(plan, events=(replace(paid, name="Order Settled"),))
    assert IGLU.write is not None
    done = IGLU.write(renamed, WriteOptions())
    assert "com.acme/order_settled/jsonschema/2-0-1" in done.files
    assert older not in done.files
    assert ("Order Settled", "the older versions of order_paid") in {(loss.event, loss.what) for loss in done.losses}


def test_an_event_is_written_with_the_words_of_draft_4_under_a_name_that_iglu_takes() -> None:
    """Its own name is the title; two of one name differ by a number; constraints of other formats become those of draft 4."""
    constraint = {"json-schema": {"rest": {"exclusiveMinimum": 0, "examples": [1]}}}
    amount = Property(name="amount", type="number", extra=constraint)
    plan = Plan(name="Ours", events=(Event(name="Order Paid", properties=(amount,)), Event(name="Order Paid")))
    assert IGLU.write is not None
    done = IGLU.write(plan, WriteOptions())
    first, second = (json.loads(data) for data in done.files.values())
    assert [*done.files] == [
        "com.example/order_paid/jsonschema/1-0-0",
        "com.example/order_paid_2/jsonschema/1-0-0",
    ]
    assert (first["title"], second["self"]["name"]) == ("Order Paid", "order_paid_2")
    assert first["properties"]["amount"] == {"type": ["number"], "minimum": 0, "exclusiveMinimum": True}
    assert [event.name for event in again(done.files, IGLU).events] == ["Order Paid", "Order Paid"]
    assert "the vendor of the schemas is not known" in {loss.what for loss in done.losses}


def test_specifications_and_structures_are_events() -> None:
    """Entities and source applications are none; a trigger without an id, and two specifications of one name, are read."""
    reading = _sample("snowplow-cli")
    assert (reading.name, reading.description) == ("Ticket Shop", "Made by hand")
    assert [(event.name, len(event.properties)) for event in reading.events] == [
        ("Ticket Sold", 2),
        ("Ticket Sold", 0),
        ("seat_chosen", 0),
        ("ticket_sold", 2),
    ]
    assert {entry.what for entry in reading.left_out} == {
        "an entry of “eventSpecifications”",
        "file data-products/source-apps/api.json",
        "file data-products/source-apps/web.yaml",
        "file data-structures/com.acme/user.yaml",
    }


def test_source_applications_and_triggers_are_the_practice_of_a_specification() -> None:
    """Without those that it excludes; ``customData`` is that of a data structure."""
    practices = [event.practice for event in _sample("snowplow-cli").events]
    assert [each and (each.placement, each.evidence) for each in practices] == [
        ("server", "sourceApplications = Payments API"),
        ("client", "triggers.appIds = web-qa"),
        None,
        ("server", "labels.placement = server"),
    ]


def test_the_name_of_the_plan_is_that_of_its_data_product() -> None:
    """An edit of it changes that one line; a specification gets its first schema where its properties need one."""
    plan, _ = brought(SAMPLES / "snowplow-cli" / "shop", CLI)
    before = written(plan, CLI)["data-products/shop.yaml"].decode()
    after = written(replace(plan, name="Zebra"), CLI)["data-products/shop.yaml"].decode()
    assert after == before.replace("name: Ticket Shop", "name: Zebra")
    event = replace(plan.events[1], properties=(Property(name="length", type="number"),))
    files = written(replace(plan, events=(plan.events[0], event)), CLI)
    assert [each.name for each in again(files, CLI).events[1].properties] == ["length"]


def test_metadata_of_reflekt_are_labels() -> None:
    """An edited one is written there; what is no text stays; a field may be null."""
    plan, reading = brought(SAMPLES / "reflekt" / "shop", REFLEKT)
    identify, sold = reading.events
    assert (identify.call, sold.call) == ("identify", "track")
    assert sold.labels == {"code_owner": "tickets", "source": "backend", "tags": ["money", "core"], "rank": "2"}
    assert sold.practice is not None
    assert sold.practice.placement == "server"
    assert sold.properties[1].types == ("string", "null")
    event = replace(plan.events[1], labels=dict(plan.events[1].labels) | {"code_owner": "doors"})
    files = written(replace(plan, events=(plan.events[0], event)), REFLEKT)
    metadata = json.loads(files["schemas/shop/Ticket_Sold/1-10.json"])["self"]["metadata"]
    assert metadata == {
        "code_owner": "doors",
        "source": "backend",
        "tags": ["money", "core"],
        "rank": 2,
        "deep": {"a": 1},
    }


def test_iglu_schemas_come_in_a_folder_without_vendors() -> None:
    """The path is kept, and the schema moves with its name."""
    own = {"vendor": "x", "name": "a", "format": "jsonschema", "version": "1-0-0"}
    files = {"a/jsonschema/1-0-0": json.dumps({"self": own, "type": "object"}).encode()}
    plan = again(files, IGLU)
    assert written(plan, IGLU) == files
    event = replace(plan.events[0], name="b")
    assert [*written(replace(plan, events=(event,)), IGLU)] == ["b/jsonschema/1-0-0"]


def test_a_blank_id_of_reflekt_stays_blank() -> None:
    """Only a schema that came from elsewhere gets the id of its path."""
    own = {"vendor": " ", "name": "Sold", "format": "jsonschema", "version": "1-0", "metadata": {}}
    schema = {"$schema": "x", "$id": "", "description": "", "self": own, "type": "object"}
    data = json.dumps(schema, indent=2).encode() + b"\n"
    assert written(again({"schemas/shop/Sold/1-0.json": data}, REFLEKT), REFLEKT) == {
        "schemas/shop/Sold/1-0.json": data
    }
