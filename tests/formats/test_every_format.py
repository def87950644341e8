"""The laws of every registered format. They run over each format and each of its samples by themselves."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from brought import SAMPLES, again, brought, read_plan, reading_formats, samples, tree_of, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.document import check
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import write_json
from advisor.formats.exchange import Format, FormatError, WriteOptions, format_named, formats, read_files, recognise
from advisor.formats.registry import MODULES
from advisor.model import Event, Plan, Property
from plan_documents import plans

FORMATS_FOLDER = Path(__file__).resolve().parents[2] / "advisor" / "formats"
EVERY_SAMPLE = pytest.mark.parametrize(("key", "path"), samples(), ids=lambda value: getattr(value, "name", value))
COMING_BACK = [
    (key, path) for key, path in samples() if format_named(key).writes and format_named(key).fidelity != "lossy"
]
EVERY_THAT_COMES_BACK = pytest.mark.parametrize(
    ("key", "path"), COMING_BACK, ids=lambda value: getattr(value, "name", value)
)
READING = pytest.mark.parametrize("form", reading_formats(), ids=lambda form: form.key)
MARK = "Zebra crossing 7"
"""A text that no sample holds."""


def _changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """The lines that were taken out of files, and those that were put in."""
    removed, added = [], []
    for path in {**before, **after}:
        old, new = (files.get(path, b"").decode().splitlines() for files in (before, after))
        for line in [*difflib.unified_diff(old, new, n=0, lineterm="")][2:]:
            removed += [line[1:]] if line.startswith("-") else []
            added += [line[1:]] if line.startswith("+") else []
    return removed, added


def _with_first_event(plan: Plan, change: Callable[[Event], Event]) -> Plan:
    return replace(plan, events=(change(plan.events[0]), *plan.events[1:]))


def test_every_module_with_a_format_is_registered() -> None:
    """A format that is not in the registry would never be recognised."""
    defining = {path.stem for path in FORMATS_FOLDER.glob("*.py") if "\nFORMAT = " in path.read_text()}
    assert defining == set(MODULES)
    assert len(formats()) == len(MODULES)


@READING
def test_every_format_that_is_read_has_samples_and_says_what_it_looks_for(form: Format) -> None:
    """Without a sample, the laws below would hold of nothing."""
    assert (SAMPLES / form.key).is_dir()
    assert form.recognise is not None
    assert form.looked_for


@EVERY_SAMPLE
def test_a_sample_is_recognised_by_its_content(key: str, path: Path) -> None:
    """Also when its files have names that say nothing."""
    assert recognise(tree_of(path)).format.key == key
    if path.is_file():
        assert recognise(FileTree.of({"something": path.read_bytes()})).format.key == key


@EVERY_SAMPLE
def test_a_sample_is_a_valid_plan(key: str, path: Path) -> None:
    """It has events, and warnings and left out entries say where they are."""
    plan, _ = brought(path, format_named(key))
    reading = read_files(tree_of(path))
    assert plan.events or reading.common
    for place in [*(notice.place for notice in reading.warnings), *(entry.place for entry in reading.left_out)]:
        assert str(place)


@EVERY_THAT_COMES_BACK
def test_a_file_comes_back(key: str, path: Path) -> None:
    """Lossless: the same bytes. Stable: what is written is written the same again."""
    form = format_named(key)
    plan, _ = brought(path, form)
    files = written(plan, form)
    if form.fidelity == "lossless" and path.is_file():
        assert list(files.values()) == [path.read_bytes()]
    elif form.fidelity == "lossless":
        assert files == {file.path: file.data for file in tree_of(path).files}
    assert written(again(files, form), form) == files


@EVERY_THAT_COMES_BACK
def test_a_changed_description_changes_nothing_else(key: str, path: Path) -> None:
    """Every line that is put in holds the new description, and at most as many lines are taken out."""
    form = format_named(key)
    plan, _ = brought(path, form)
    edited = _with_first_event(plan, lambda event: replace(event, description=MARK))
    removed, added = _changed_lines(written(plan, form), written(edited, form))
    assert added
    assert all(MARK in line for line in added), added
    assert len(removed) <= len(added)
    assert again(written(edited, form), form).events[0].description == MARK


@EVERY_THAT_COMES_BACK
def test_an_added_event_leaves_the_others_as_they_were(key: str, path: Path) -> None:
    """Nothing is taken out but punctuation, and the event is read again as it was added."""
    form = format_named(key)
    plan, _ = brought(path, form)
    event = Event(name=MARK, properties=(Property(name="length", type="number", required=True),))
    edited = replace(plan, events=(*plan.events, event))
    before, after = written(plan, form), written(edited, form)
    removed, _ = _changed_lines(before, after)
    if all(data.count(b"\n") > 1 for data in before.values()):
        assert all(line.strip() in ("}", "},", "]", "],") for line in removed), removed
    found = next(each for each in again(after, form).events if each.name == MARK)
    if "properties" in form.carries:
        assert [each.name for each in found.properties] == ["length"]
    if "required" in form.carries:
        assert found.properties[0].required


@EVERY_THAT_COMES_BACK
def test_a_removed_event_takes_nothing_else_along(key: str, path: Path) -> None:
    """The others are read as before."""
    form = format_named(key)
    plan, _ = brought(path, form)
    left = again(written(replace(plan, events=plan.events[1:]), form), form)
    assert [event.name for event in left.events] == [event.name for event in plan.events[1:]]
    assert [event.properties for event in left.events] == [event.properties for event in plan.events[1:]]


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (key, path)
        for key, path in COMING_BACK
        if "required" in format_named(key).carries
        and any(event.properties for event in brought(path, format_named(key))[0].events)
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_flipped_required_is_read_again_and_changes_few_lines(key: str, path: Path) -> None:
    """For each property of the first event that has some, in each sample where an event has some."""
    form = format_named(key)
    plan, _ = brought(path, form)
    index = next(index for index, event in enumerate(plan.events) if event.properties)
    event = plan.events[index]
    before = written(plan, form)
    for number, prop in enumerate(event.properties):
        flipped = replace(prop, required=not prop.required)
        properties = (*event.properties[:number], flipped, *event.properties[number + 1 :])
        events = (*plan.events[:index], replace(event, properties=properties), *plan.events[index + 1 :])
        after = written(replace(plan, events=events), form)
        found = again(after, form).events[index]
        assert [each.required for each in found.properties] == [each.required for each in properties]
        removed, added = _changed_lines(before, after)
        assert len(removed) + len(added) <= 8, (prop.name, removed, added)


@pytest.mark.parametrize("form", [form for form in formats().values() if form.writes], ids=lambda form: form.key)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(plan=plans)
def test_any_plan_can_be_written_and_is_written_the_same_again(form: Format, plan: Plan) -> None:
    """Any plan that a document can hold; every loss names the plan or one of its events."""
    plan = check(plan)[0]
    assert form.write is not None
    done = form.write(plan, WriteOptions())
    files = done.files
    assert {loss.event for loss in done.losses} <= {"", *(event.name for event in plan.events)}
    if form.reads and form.fidelity != "lossy":
        assert written(again(files, form), form) == files


@READING
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_no_damaged_file_makes_a_reader_fail(form: Format, data: st.DataObject) -> None:
    """Bytes of a sample are cut out, doubled or replaced: it is read or refused, and every refusal says something."""
    path = data.draw(st.sampled_from(sorted((SAMPLES / form.key).iterdir())))
    files = []
    for file in tree_of(path).files:
        start = data.draw(st.integers(0, len(file.data)))
        end = data.draw(st.integers(start, min(len(file.data), start + 40)))
        put = data.draw(
            st.sampled_from([b"", b"null", b"[]", b"{}", b'"x"', b"-1", b"\xff", b"\0", b"\n", b",", b"1e999"])
        )
        files.append(SourceFile(file.path, file.data[:start] + put + file.data[end:]))
    tree = FileTree(files)
    refusals: list[FormatError] = []
    for attempt in (lambda: recognise(tree), lambda: form.read and form.read(tree).document()):
        try:
            attempt()
        except FormatError as error:
            refusals.append(error)
    assert all(problem.message for error in refusals for problem in error.problems)
    assert all(error.problems for error in refusals)


PUT = [
    None,
    True,
    0,
    1.5,
    "",
    "x",
    " ",
    [],
    ["x"],
    [1],
    {},
    {"x": 1},
    {"type": "string"},
    {"properties": {"q": {}}},
    "TRACK",
]


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield from _paths(each, (*path, key))


def _damaged(value: Any, data: st.DataObject) -> Any:
    """The value with one of its members taken out, or replaced by something of any kind."""
    value = copy.deepcopy(value)
    path = data.draw(st.sampled_from([*_paths(value)][1:] or [()]))
    if not path:
        return data.draw(st.sampled_from(PUT))
    around = value
    for step in path[:-1]:
        around = around[step]
    if data.draw(st.booleans()):
        around[path[-1]] = data.draw(st.sampled_from(PUT))
    else:
        del around[path[-1]]
    return value


@READING
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_no_value_of_another_kind_makes_a_reader_fail(form: Format, data: st.DataObject) -> None:
    """In JSON and YAML, where a member may be missing or be anything: what is read comes back, if the format is lossless."""
    path = data.draw(st.sampled_from(sorted((SAMPLES / form.key).iterdir())))
    files = {file.path: file.data for file in tree_of(path).files}
    known = {file.path: value for file, value in tree_of(path).values()}
    if not known:
        return
    name = data.draw(st.sampled_from(sorted(known)))
    value = _damaged(known[name], data)
    tree = FileTree.of(files | {name: write_json(value)})
    try:
        recognise(tree)
        plan = read_plan(tree, form)
    except FormatError:
        return
    if form.fidelity == "lossless" and form.writes and len(files) == 1:
        assert [*written(plan, form).values()] == [write_json(value)]
