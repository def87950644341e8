"""Edits of plans from files with an event per file, per entry or per row come back exactly, also where a format is lossy."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from brought import SAMPLES, again, brought, samples, tree_of, written
from msgspec.structs import replace

from advisor.formats.carriers.archives import tree_of_bytes
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named, read_files, recognise
from advisor.formats.own_slot import BESIDE, beside
from advisor.model import Event, Plan, Property

FOLDERS = ("json-schema", "opentrackplan", "reflekt", "snowplow-cli", "snowplow-iglu", "tracking-plan-kit")
LOSSY = ("analyze-tracking", "avo-csv", "glean")
KEYS = (*FOLDERS, *LOSSY, "avo-json", "telemetry-yaml")


def _samples(keys: tuple[str, ...]) -> pytest.MarkDecorator:
    chosen = [pair for pair in samples() if pair[0] in keys]
    return pytest.mark.parametrize(("key", "path"), chosen, ids=lambda value: getattr(value, "name", value))


def _has_own_name(key: str, event: Event) -> bool:
    """Files of traits in tracking-plan-kit have no name; Glean's names are small words."""
    return not (key == "tracking-plan-kit" and event.call != "track")


@_samples(KEYS)
def test_a_renamed_event_is_read_under_its_new_name_and_all_else_as_before(key: str, path: Path) -> None:
    """For each event of each sample, and no event comes out of an older version of it."""
    form = format_named(key)
    plan, _ = brought(path, form)
    for index, event in enumerate(plan.events):
        name = f"{event.name}_again" if key == "glean" else f"{event.name} again"
        if _has_own_name(key, event):
            events = (*plan.events[:index], replace(event, name=name), *plan.events[index + 1 :])
            found = again(written(replace(plan, events=events), form), form).events
            assert sorted(each.name for each in found) == sorted(each.name for each in events)
            now = next(each for each in found if each.name == name)
            assert len(now.properties) == len(event.properties)
            assert (now.description, now.labels) == (event.description, event.labels)


@_samples(LOSSY)
def test_an_unchanged_file_of_a_lossy_format_comes_back_to_the_byte(key: str, path: Path) -> None:
    """What such a format cannot hold is only what it never held."""
    form = format_named(key)
    plan, _ = brought(path, form)
    assert [*written(plan, form).values()] == [path.read_bytes()]


@_samples(LOSSY)
def test_edits_in_a_lossy_format_change_only_what_they_say(key: str, path: Path) -> None:
    """A changed description is the one line that changes; a removed event takes no other along; an added one is read again."""
    form = format_named(key)
    plan, _ = brought(path, form)
    before = path.read_bytes().decode().splitlines()
    index = next(place for place, event in enumerate(plan.events) if event.name != "no")
    described = replace(plan.events[index], description="Zebra")
    changed = replace(plan, events=(*plan.events[:index], described, *plan.events[index + 1 :]))
    after = next(iter(written(changed, form).values())).decode().splitlines()
    assert [line for line in after if line not in before and "Zebra" not in line] == []
    assert again(written(changed, form), form).events[index].description == "Zebra"
    left = again(written(replace(plan, events=plan.events[1:]), form), form)
    assert left.events == plan.events[1:]
    added = replace(plan, events=(*plan.events, Event(name="more.zebra", properties=(Property(name="length"),))))
    found = next(each for each in again(written(added, form), form).events if each.name == "more.zebra")
    assert [each.name for each in found.properties] == ["length"]


@_samples(FOLDERS)
def test_a_zip_is_the_same_plan_as_its_folder(key: str, path: Path) -> None:
    """Under any names of folders around it."""
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for file in tree_of(path).files:
            archive.writestr(f"around/{file.path}", file.data)
    tree = tree_of_bytes(data.getvalue(), "x.zip")
    assert recognise(tree).format.key == key
    assert sorted(event.name for event in read_files(tree).events) == sorted(
        event.name for event in brought(path, format_named(key))[1].events
    )


@pytest.mark.parametrize("key", FOLDERS)
def test_files_that_are_no_part_of_a_plan_are_skipped_and_named(key: str) -> None:
    """They are in the report, and an export leaves them out."""
    sample = next(path for each, path in samples() if each == key and path.is_dir())
    files = {file.path: file.data for file in tree_of(sample).files}
    reading = read_files(FileTree.of(files | {"notes.txt": b"Just a note."}))
    assert [entry.what for entry in reading.left_out if "notes" in entry.what] == ["file notes.txt"]
    assert "notes.txt" not in written(
        again(files | {"notes.txt": b"Just a note."}, format_named(key)), format_named(key)
    )


@pytest.mark.parametrize("key", KEYS)
def test_our_document_beside_an_export_is_no_part_of_it_and_fills_it(key: str) -> None:
    """Answers come back with it, for every event that has the same name."""
    event = Event(name="shop.paid", answers={"payment": "yes"}, properties=(Property(name="total", type="number"),))
    plan = Plan(name="Ours", events=(event,))
    form = format_named(key)
    assert form.write is not None
    files = form.write(plan, WriteOptions()).files
    reading = read_files(FileTree.of(files | {BESIDE: beside(plan)}), key)
    assert [each.answers for each in reading.events] == [{"payment": "yes"}]
    assert [entry for entry in reading.left_out if BESIDE in entry.what] == []


@pytest.mark.parametrize("key", KEYS)
def test_what_only_we_know_is_named_as_lost_where_there_is_no_slot_for_it(key: str) -> None:
    """Answers and a sensitive property; or they are in the file, and come back from it."""
    prop = Property(name="total", type="number", sensitive=True)
    plan = Plan(name="Ours", events=(Event(name="shop.paid", answers={"payment": "yes"}, properties=(prop,)),))
    form = format_named(key)
    assert form.write is not None
    done = form.write(plan, WriteOptions(advisor_data=True))
    found = again(done.files, form).events[0]
    if found.answers:
        assert (found.answers, found.properties[-1].sensitive) == ({"payment": "yes"}, True)
    else:
        lost = {loss.what for loss in done.losses if loss.event == "shop.paid"}
        assert {"answers", "property “total”: sensitive"} <= lost


@pytest.mark.parametrize("key", KEYS)
def test_the_verdict_of_an_export_is_the_practice_of_its_import(key: str) -> None:
    """Or the report says that it is lost; it never is for a track call of a plan of ours."""
    plan = Plan(name="Ours", events=(Event(name="shop.paid", answers={"payment": "yes"}),))
    form = format_named(key)
    assert form.write is not None
    reading = read_files(FileTree.of(form.write(plan, WriteOptions(verdict=True)).files), key)
    assert [each.practice and each.practice.placement for each in reading.events] == ["server"]


@pytest.mark.parametrize("key", KEYS)
def test_no_format_takes_the_samples_of_another_for_its_own(key: str) -> None:
    """Each is recognised before all others, and surely unless it is plain JSON Schema."""
    for path in sorted((SAMPLES / key).iterdir()):
        found = recognise(tree_of(path))
        assert found.format.key == key
        assert all(found.recognition.rank > _rank(other.key, path) for other in found.others)


def _rank(key: str, path: Path) -> tuple[int, int]:
    recognised = format_named(key).recognise
    assert recognised is not None
    found = recognised(tree_of(path))
    assert found is not None
    return found.rank


@pytest.mark.parametrize("key", KEYS)
def test_what_is_exported_is_recognised_as_what_it_is(key: str) -> None:
    """Also a plan of ours that never was in this format."""
    plan = Plan(name="Ours", events=(Event(name="shop.paid", properties=(Property(name="total", type="number"),)),))
    assert recognise(FileTree.of(written(plan, format_named(key)))).format.key == key
