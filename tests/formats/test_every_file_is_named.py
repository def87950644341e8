"""Of several files, each one is read, or named with the reason why it is not; nothing beside a plan makes it unreadable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from brought import samples, tree_of
from msgspec import to_builtins

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.workbook_write import Sheet, write_workbook
from advisor.formats.exchange import FormatError, PlanReading, read_files, recognise
from advisor.formats.import_review import ImportChoices, review_import
from advisor.formats.merge_report import import_report

EVERY_SAMPLE = pytest.mark.parametrize(("key", "path"), samples(), ids=lambda value: getattr(value, "name", value))
STRAYS = {
    "README.txt": b"This folder has the plan.\nAsk Kim before you change it.\n",
    "notes.md": b"# Notes\n\nNothing is decided.\n",
    "package.json": b'{"private": true, "dependencies": {}}\n',
    "numbers.json": b"[1, 2]\n",
    "broken.json": b'{"a": ',
    "settings.yaml": b"colour: red\n",
    "logo.png": b"\x89PNG\r\n\x1a\n\0\0\0\0",
    "weights.csv": b"1,2\n3,4\n",
    "empty.txt": b"",
}
EVENTS = b"event_name,description,category\nApp Launched,The app comes to the front,Lifecycle\n"
PROPERTIES = (
    b"property_name,display_name,type,scope,description\n"
    b"locale,Locale,string,super,On every event\nradius,Radius,number,event,Used by Search\n"
)


def _named(reading: PlanReading) -> set[str]:
    """The files that a reading names, and those that its events come from."""
    places = [each.place for each in (*reading.warnings, *reading.left_out, *reading.events)]
    return {place.file for place in places}


@EVERY_SAMPLE
def test_files_beside_a_plan_are_named_and_change_nothing(key: str, path: Path) -> None:
    """Whether they come before or behind it, and whether they can be read or not."""
    plan = [SourceFile(file.path, file.data) for file in tree_of(path).files]
    before = [to_builtins(event.document()) for event in read_files(FileTree(plan)).events]
    strays = [SourceFile(name, data) for name, data in STRAYS.items()]
    for files in ([*plan, *strays], [*strays, *plan]):
        tree = FileTree(files)
        assert recognise(tree).format.key == key
        reading = read_files(tree)
        assert _named(reading) >= STRAYS.keys()
        assert [to_builtins(event.document()) for event in reading.events] == before


@EVERY_SAMPLE
def test_a_second_plan_beside_one_is_read_or_named(key: str, path: Path) -> None:
    """Two exports in one folder: nobody should believe that both were taken if one was not."""
    if path.is_dir() or key == "tracking-plan":
        return
    files = {f"{where}/{path.name}": path.read_bytes() for where in ("a", "b")}
    reading = read_files(FileTree.of(files))
    once = len(read_files(FileTree.of({path.name: path.read_bytes()})).events)
    assert _named(reading) == files.keys() or len(reading.events) == 2 * once


def test_two_plan_documents_are_refused_and_one_beside_other_files_is_read() -> None:
    """A plan document beside a plan in another format belongs to it; alone among other files, it is the plan."""
    document = b'{"format": "tracking-plan/1", "name": "Shop", "events": [{"name": "Paid"}]}'
    reading = read_files(FileTree.of({"plan.json": document, **STRAYS}))
    assert reading.whole == json.loads(document)
    assert _named(reading) >= STRAYS.keys()
    with pytest.raises(FormatError, match="one file"):
        read_files(FileTree.of({"a.json": document, "b.json": document}))


def test_a_table_of_properties_beside_one_of_events_is_read_as_far_as_it_says_where_they_belong() -> None:
    """Those of every event become common properties; the others are left out with their lines, in the report, too."""
    tree = FileTree.of({"events.csv": EVENTS, "properties.csv": PROPERTIES})
    review = review_import(tree, None, ImportChoices())
    assert [event.name for event in review.brought.events] == ["App Launched"]
    assert [(prop.name, prop.type) for prop in review.brought.common] == [("locale", "string")]
    report = import_report(review)
    assert [(each["file"], each["line"], each["what"]) for each in report["left_out"]] == [
        ("properties.csv", 3, "property “radius”")
    ]
    assert [each["file"] for each in report["warnings"]] == ["properties.csv"]
    assert "1 property is left out" in report["warnings"][0]["message"]


def test_a_table_that_holds_no_events_is_named() -> None:
    """Beside a table that does."""
    weights = b"colour,weight\nred,1\nblue,2\n"
    reading = read_files(FileTree.of({"events.csv": EVENTS, "weights.csv": weights}))
    assert [event.name for event in reading.events] == ["App Launched"]
    assert [(each.file, each.line) for each in reading.warnings] == [("weights.csv", 1)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.yaml", b"display_name: Shop\nname: shop\n"),
        ("identify_traits.yaml", b"traits:\n  - name: email\n    type: string\n"),
    ],
)
def test_one_file_of_a_folder_says_which_folder_to_bring(name: str, content: bytes) -> None:
    """It is recognised as a part, by its content."""
    with pytest.raises(FormatError, match=r"tracking-plan-kit’s .* it is one part of a plan. Bring the whole folder"):
        read_files(FileTree.of({name: content}))


def test_a_plan_without_an_event_says_so() -> None:
    """A file that is only one part of a folder is recognised, and nobody should wonder where the events are."""
    definition = b"version: rudder/v0.1\nkind: categories\nmetadata:\n  name: shop\nspec:\n  categories: []\n"
    reading = read_files(FileTree.of({"categories.yaml": definition}))
    assert not reading.events
    assert [each.message for each in reading.warnings] == [
        "There is no event in this file. Bring the whole folder that it is part of."
    ]


def test_a_sheet_that_holds_no_events_is_named() -> None:
    """A workbook often has more sheets than the plan."""
    events = Sheet("Plan", ["Event", "Description"], [["Paid", "Charged"]])
    notes = Sheet("Colours", ["colour", "weight"], [["red", "1"], ["blue", "2"]])
    reading = read_files(FileTree.of({"plan.xlsx": write_workbook("Plan", [events, notes])}))
    assert [event.name for event in reading.events] == ["Paid"]
    assert ["The sheet “Colours” is not read" in each.message for each in reading.warnings] == [True]
