"""Segment's plans in Terraform: what is read of HCL, what is kept as it is, and what 200 rules in a resource mean."""

from __future__ import annotations

from brought import SAMPLES, again, brought, read_plan, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named, formats, read_files
from advisor.model import Event, Plan

FORM = formats()["segment-terraform"]
PUBLIC = formats()["segment-public-api"]
QUIRKS = SAMPLES / "segment-terraform" / "quirks.tf"
TWO_FILES = SAMPLES / "segment-terraform" / "two-files"


def test_rules_become_events_however_their_schema_is_written() -> None:
    """As an argument of jsonencode, as quoted JSON and as a heredoc; the others are left out with reason and line."""
    reading = read_files(tree_of(QUIRKS))
    assert (reading.name, reading.description) == ('Fair "EU"', "line one\nline two")
    assert [(event.call, event.name, event.version, len(event.properties)) for event in reading.events] == [
        ("track", "Ticket Bought", 1, 4),
        ("track", "Quoted", 2, 1),
        ("page", "Heredoc", 1, 1),
        ("identify", "Identify", 1, 1),
        ("group", "Group", 1, 0),
        ("track", "Long text", 1, 0),
    ]
    assert [each.name for each in reading.common] == ["build"]
    lines = QUIRKS.read_text().splitlines()
    for entry, name in zip(reading.left_out, ("From a file", "Odd", "Broken"), strict=False):
        assert entry.what == f"rule “{name}”"
        assert name in lines[(entry.place.line or 0) - 1]
    assert reading.left_out[-1].what == "a rule without a name"


def test_escapes_are_undone_and_done_again() -> None:
    """A dollar or a percent sign before a brace would begin a template."""
    plan, reading = brought(QUIRKS, FORM)
    assert reading.events[0].description == "Costs ${price}, 100 %{sure}"
    assert 'description = "Costs $${price}, 100 %%{sure}"' in written(plan, FORM)["quirks.tf"].decode()


def test_expressions_and_other_blocks_are_kept_as_they_are() -> None:
    """With a warning where they are inside a schema."""
    plan, reading = brought(QUIRKS, FORM)
    text = written(plan, FORM)["quirks.tf"].decode()
    for part in (
        'source = "segmentio/segment"',
        "to = segment_tracking_plan.id-tp_fair\n",
        "team   = var.team\n",
        'description = "for ${local.who}"\n',
        'json_schema = file("${path.module}/x.json")\n',
        "(<<EOT\nfor ${var.who}\nEOT\n)",
        "    local.one_more,\n",
        "prevent_destroy = true\n",
        "key     = null\n",
    ):
        assert part in text
    assert ["expressions" in notice.message for notice in reading.warnings] == [True, True]


def test_every_file_and_resource_comes_back_in_its_place() -> None:
    """Rules go to the resource that they came from; an added event goes to the last one."""
    plan, reading = brought(TWO_FILES, FORM)
    assert [event.name for event in reading.events] == ["One", "Two"]
    files = written(replace(plan, events=(*plan.events, Event(name="Three"))), FORM)
    assert list(files) == ["tp_a.tf", "tp_b.tf"]
    assert b'"One"' in files["tp_a.tf"]
    text = files["tp_b.tf"].decode()
    assert "rules = concat(local.first, local.second)\n" in text
    assert text.index('"b"') < text.index('"c"') < text.index('"Two"') < text.index('"Three"')
    renamed = written(replace(plan, name="B"), FORM)
    assert b'name  = "B"' in renamed["tp_a.tf"] or b'name = "B"' in renamed["tp_a.tf"]
    assert renamed["tp_b.tf"] == written(plan, FORM)["tp_b.tf"]


def test_more_than_200_rules_become_several_resources() -> None:
    """The report says so, and all events are read again."""
    plan = Plan(name="Large fair!", events=tuple(Event(name=f"E{number}") for number in range(450)))
    assert FORM.write is not None
    done = FORM.write(plan, WriteOptions())
    text = done.files["tracking-plan.tf"].decode()
    assert [text.count(f'"segment_tracking_plan" "large_fair{end}"') for end in ("", "_2", "_3", "_4")] == [1, 1, 1, 0]
    assert ("", "more than 200 rules in one plan") in {(loss.event, loss.what) for loss in done.losses}
    assert [event.name for event in again(done.files, FORM).events] == [event.name for event in plan.events]


def test_only_terraforms_own_files_bring_expressions() -> None:
    """A schema of another format that looks like a kept expression stays data."""
    rule = (
        b'{"key": "a", "type": "TRACK", "version": 1, "jsonSchema": {"title": {"$hcl": "file(1)"}, "properties": {}}}'
    )
    tree = FileTree.of({"x": b'{"rules": [' + rule + b"]}"})
    text = written(read_plan(tree, PUBLIC), FORM)["tracking-plan.tf"].decode()
    assert '"$hcl" = "file(1)"' in text
    once = again({"x.tf": text.encode()}, FORM)
    assert '"$hcl" = "file(1)"' in written(once, FORM)["x.tf"].decode()


def test_a_verdict_is_a_label_and_other_files_are_left_out() -> None:
    """As in the other formats of Segment."""
    assert FORM.write is not None
    data = FORM.write(Plan(events=(Event(name="Paid"),)), WriteOptions(verdict=True)).files["tracking-plan.tf"]
    assert b'tracked = "server"' in data
    reading = read_files(FileTree.of({"a.tf": data, "variables.tf": b'variable "x" {}\n'}))
    assert [entry.what for entry in reading.left_out] == ["the file “variables.tf”"]


def test_a_name_that_only_terraform_knows_is_named_wherever_it_is_missing() -> None:
    """On import, in the report of every other format, and in Terraform's own once a person has named the plan."""
    text = (
        b'resource "segment_tracking_plan" "a" {\n  name        = var.name\n  description = local.about\n'
        b'  type        = "LIVE"\n  rules       = []\n}\n'
    )
    tree = FileTree.of({"a.tf": text})
    reading = read_files(tree)
    assert [notice.message.split(" is ")[0] for notice in reading.warnings[:2]] == [
        "The name of the plan",
        "The description of the plan",
    ]
    plan = read_plan(tree, FORM)
    assert FORM.write is not None
    assert FORM.write(plan, WriteOptions()).losses == ()
    lost = {
        "the name of the plan: an expression of Terraform",
        "the description of the plan: an expression of Terraform",
    }
    for key in ("segment-public-api", "csv", "markdown", "avo-json"):
        write = format_named(key).write
        assert write is not None
        assert lost <= {loss.what for loss in write(plan, WriteOptions()).losses}
    named = FORM.write(replace(plan, name="Shop", description="All of it"), WriteOptions())
    assert {loss.what for loss in named.losses} == lost
    assert b'"Shop"' in named.files["a.tf"]
