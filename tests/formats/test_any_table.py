"""Any table is read through guessed or chosen columns, nothing of it is lost, and edits change their cells alone."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from brought import SAMPLES, again, brought, read_plan, tree_of, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.document import check
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.columns.mapped import map_tables
from advisor.formats.columns.mapping import Mapping
from advisor.formats.csv_table import read, recognise, write
from advisor.formats.exchange import FormatError, PlanReading, WriteOptions, format_named
from advisor.formats.import_review import ImportChoices, review_import
from advisor.formats.merge_report import import_report
from advisor.formats.table_import import MAPPED, read_mapped
from advisor.model import Event, Plan, Property
from plan_documents import plans

CSV = format_named("csv")
TABLES = sorted((SAMPLES / "csv").iterdir())
EVERY_TABLE = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
LONG = SAMPLES / "csv" / "german-long.csv"


def _tree(text: str, encoding: str = "utf-8") -> FileTree:
    return FileTree.of({"plan.csv": text.encode(encoding)})


def _reading(text: str, mapping: Mapping = Mapping()) -> PlanReading:  # noqa: B008 - a frozen value
    return read(_tree(text), mapping)


def _fields(text: str, mapping: Mapping = Mapping()) -> dict[str, str]:  # noqa: B008 - a frozen value
    (mapped,) = map_tables(_tree(text).files[0].tables, mapping)
    return mapped.fields


def _bytes(plan: Plan, **options: bool) -> bytes:
    (data,) = write(plan, WriteOptions(**options)).files.values()
    return data


def _changes(before: bytes, after: bytes) -> list[str]:
    lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    return [line for line in [*lines][2:] if not line.startswith("@@")]


@EVERY_TABLE
def test_a_table_comes_back_byte_for_byte(path: Path) -> None:
    """Titles, notes, blank rows, unknown columns, spellings of yes, quotes, marks and line ends are those of the file."""
    plan, _ = brought(path, CSV)
    assert [*written(plan, CSV).values()] == [path.read_bytes()]


HEADINGS = st.lists(
    st.sampled_from(
        [
            *("Event", "Name", "Description", "Call type", "Version", "Owner", "Platform", "Destinations", "Mixpanel"),
            *("Payment", "Label: team", "Property", "Parameters", "Type", "Required", "Sensitive", "Values", "Notes"),
            *("Unknown", "param_1", "param_2", "", "Property description", "Status"),
        ]
    ),
    min_size=2,
    max_size=9,
)
CELLS = st.one_of(
    st.sampled_from(
        ["", "", "yes", "Nein", "x", "Paid", "Seen", "price", "items", "items[].sku", "array", "number, text"]
    ),
    st.sampled_from(
        ["track", "Screen", "backend", "iOS, web", "Mixpanel; Braze", "all", "none", "2", "'=1", "=1", "-"]
    ),
    st.text("a ,;\"\n'=", max_size=5),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(headings=HEADINGS, rows=st.lists(st.lists(CELLS, max_size=10), max_size=7), title=st.booleans())
def test_any_table_comes_back_whatever_its_cells_say(headings: list[str], rows: list[list[str]], title: bool) -> None:
    """Whether they can be read or not: rows of an event apart, repeated columns, short and long rows, odd answers."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([*([["A title"]] if title else []), headings, *rows])
    tree = _tree(out.getvalue())
    try:
        plan = read_plan(tree, CSV)
    except FormatError:
        return
    assert _bytes(plan).decode() == out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_encodings_and_delimiters_of_spreadsheets_come_back(encoding: str, delimiter: str) -> None:
    """With accents, quotes and Windows line ends."""
    rows = ["Événement,Description,Équipe", 'Vélo loué,"Payé, ""net""",Nord', "Café vu,,Süd"]
    text = "\r\n".join(delimiter.join(next(csv.reader([row]))) if delimiter != "," else row for row in rows) + "\r\n"
    tree = _tree(text, encoding)
    plan = read_plan(tree, CSV)
    assert [event.name for event in plan.events] == ["Vélo loué", "Café vu"]
    assert _bytes(plan) == text.encode(encoding)


def _edit(index: int, change: Callable[[Event], Event]) -> tuple[list[str], Plan]:
    plan, _ = brought(LONG, CSV)
    events = [change(event) if place == index else event for place, event in enumerate(plan.events)]
    edited = replace(plan, events=tuple(events))
    after = _bytes(edited)
    found = again({"t.csv": after}, CSV)
    assert [event.name for event in found.events] == [event.name for event in edited.events]
    assert [event.answers for event in found.events] == [event.answers for event in edited.events]
    return _changes(_bytes(plan), after), found


def test_a_changed_description_changes_its_cells_alone() -> None:
    """In each row that repeats it, and nowhere else."""
    changes, found = _edit(0, lambda event: replace(event, description="Zebra"))
    assert len(changes) == 8
    assert changes[4:] == [line.replace("-", "+", 1).replace("Charge went through", "Zebra") for line in changes[:4]]
    assert found.events[0].description == "Zebra"


def test_a_changed_answer_is_written_in_the_words_of_the_table() -> None:
    """“nein” where the table says ja and nein."""
    changes, _ = _edit(2, lambda event: replace(event, answers={"payment": "no"}))
    assert changes == [
        '-"Tour ""Plus"" Seen";Page is open;web;;x;Growth;page;text;ja;;',
        '+"Tour ""Plus"" Seen";Page is open;web;nein;x;Growth;page;text;ja;;',
    ]


def test_a_flipped_required_changes_one_cell() -> None:
    """Of a further row of its event; also of a property inside another one."""

    def flip(event: Event) -> Event:
        first, second, third = event.properties
        inner = replace(third.properties[0], required=True)
        return replace(event, properties=(first, replace(second, required=True), replace(third, properties=(inner,))))

    changes, found = _edit(0, flip)
    removed, added = ([line[1:] for line in changes if line[0] == sign] for sign in "-+")
    assert (len(removed), [line.replace(";nein;", ";ja;") for line in removed]) == (2, added)
    assert found.events[0].properties[1].required
    assert found.events[0].properties[2].properties[0].required


def test_an_added_event_is_added_below_and_changes_nothing_else() -> None:
    """In the order, the words and the delimiter of the table."""
    plan, _ = brought(LONG, CSV)
    properties = (Property(name="length", type="number", required=True), Property(name="kind", type="string"))
    event = Event(
        name="Oar; Sold",
        description="Paid",
        answers={"payment": "yes"},
        labels={"Squad": "Oars"},
        properties=properties,
    )
    after = _bytes(replace(plan, events=(*plan.events, event)))
    assert _changes(_bytes(plan), after) == [
        '+"Oar; Sold";Paid;;ja;;Oars;length;number;ja;;',
        '+"Oar; Sold";Paid;;ja;;;kind;text;nein;;',
    ]
    found = again({"t.csv": after}, CSV).events[-1].properties
    assert [(each.name, each.type, each.required) for each in found] == [
        ("length", "number", True),
        ("kind", "string", False),
    ]


def test_a_removed_event_takes_its_rows_alone() -> None:
    """Notes, titles and the other events stay."""
    plan, _ = brought(LONG, CSV)
    left = _bytes(replace(plan, events=plan.events[1:])).decode().splitlines()
    before = _bytes(plan).decode().splitlines()
    assert sorted(left) == sorted(line for line in before if not line.startswith("Tour Booked"))


def test_an_edit_without_a_column_is_a_loss_and_not_silent() -> None:
    """The report names the event and what there is no column for."""
    plan, _ = brought(SAMPLES / "csv" / "side-by-side.csv", CSV)
    event = replace(
        plan.events[0], answers={"payment": "yes"}, labels={"new": "x"}, properties=(Property(name="a", type="string"),)
    )
    done = write(replace(plan, events=(event, *plan.events[1:])), WriteOptions())
    assert {loss.what for loss in done.losses if loss.event == "app_open"} == {
        "the answer to payment",
        "the label “new”",
        "property “a”: property type",
    }


def test_the_verdict_and_our_data_come_as_columns_and_are_read_again() -> None:
    """Beside the columns of the table that was brought; a second export replaces them."""
    plan, _ = brought(LONG, CSV)
    plan = replace(plan, events=(replace(plan.events[0], answers={"user_absent": "yes"}), *plan.events[1:]))
    once = _bytes(plan, verdict=True, advisor_data=True)
    found = again({"t.csv": once}, CSV)
    assert found.events[0].answers == {"user_absent": "yes"}
    assert b";Placement;tracking_advisor" in once
    assert _bytes(found, verdict=True, advisor_data=True) == once


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Event,Property,Type\nA,p,string\n", ["name", "property", "property.type"]),
        ("Name,Type\nA,track\nB,page\n", ["name", "call"]),
        ('Event,Properties\nA,"x, y"\n', ["name", "properties"]),
        ("Event,Properties,Type\nA,x,string\n", ["name", "property", "property.type"]),
        ("Event,Name,Description\nA,p,d\n", ["name", "property", "property.description"]),
        (
            "Event,Description,Property,Description\nA,d,p,e\n",
            ["name", "description", "property", "property.description"],
        ),
        ("Event,Sensitive,Payment\nA,yes,no\n", ["name", "question:sensitive", "question:payment"]),
        ("Event,Property,Sensitive\nA,p,yes\n", ["name", "property", "property.sensitive"]),
        ("Event,Mixpanel,Braze\nA,x,\nB,,x\n", ["name", "destination:Mixpanel", "destination:Braze"]),
        ("Event,Mixpanel\nA,a text\n", ["name", "label:Mixpanel"]),
        ("Was,Wo\nKauf,Backend\nKlick,Browser\n", ["name", "practice"]),
        ("이벤트,속성,타입\nA,p,문자열\n", ["name", "property", "property.type"]),
        ("Event,Squad,Hint\nA,Red,\n", ["name", "label:Squad", "ignore"]),
        ("Event,Property,Case\nA,p,1\nA,q,2\n", ["name", "property", "ignore"]),
        ("Event,Label: team\nA,x\n", ["name", "label:team"]),
        ("Title,,\n,,\nEvent,,Property\nName,When,Name\nA,b,c\n", ["name", "description", "property"]),
    ],
)
def test_columns_are_guessed(text: str, fields: list[str]) -> None:
    """By headings, by headings above them, by the other columns and by their cells."""
    assert [*_fields(text).values()] == fields


def test_a_chosen_field_wins_and_the_others_are_guessed_beside_it() -> None:
    """What is chosen as the name takes the name from the column that was guessed."""
    text = "Event,Code,Squad\nA,a_1,Red\n"
    mapping = Mapping(columns={"Code": "name", "Squad": "ignore"})
    assert _fields(text, mapping) == {"Event": "ignore", "Code": "name", "Squad": "ignore"}
    assert _reading(text, mapping).events[0].name == "a_1"
    below = _reading("Event,b\nx,y\nu,v\n", Mapping(heading_row=2, columns={"x": "name"}))
    assert [event.name for event in below.events] == ["u"]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"columns": {"Event": "nmae"}}, "The column “Event” can’t be “nmae”. Did you mean name?"),
        ({"columns": {"Nope": "name"}}, "There is no column “Nope”."),
        ({"sheet": "Nope"}, "There is no sheet “Nope”."),
        (
            {"columns": {"Event": "name", "Code": "name"}},
            "Two columns are chosen as the name of the event; choose one.",
        ),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(mapping: dict[str, Any], said: str) -> None:
    """Nothing is guessed in place of what was chosen."""
    with pytest.raises(FormatError) as refused:
        _reading("Event,Code\nA,a\n", Mapping(**mapping))
    assert str(refused.value) == said


def test_an_unknown_destination_never_leaves_a_row_out() -> None:
    """One warning counts the rows, and says what is meant."""
    rows = "".join(f"E{number},Mixpannel; Braze\n" for number in range(165))
    reading = _reading("Event,Destinations\n" + rows)
    assert len(reading.events) == 165
    assert {tuple(event.destinations) for event in reading.events} == {("Appboy",)}
    (warning,) = reading.warnings
    assert warning.message.startswith("165 rows name “Mixpannel”")
    assert "Did you mean Mixpanel" in warning.message
    assert reading.left_out == []


def test_destinations_of_the_plan_and_chosen_names_come_first() -> None:
    """A destination of the plan’s own is known by its name, and a person can say what another name means."""
    text = "Event,Destinations\nA,Our Lake; Mixpannel\n"
    reading = _reading(text, Mapping(destinations=("Our Lake",), renamed={"Mixpannel": "Mixpanel"}))
    assert reading.events[0].destinations == ["Our Lake", "Mixpanel"]
    assert reading.warnings == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Order Completed\nSigned Up \n", ["Order Completed", "Signed Up "]),
        ("Order Completed,yes\nSigned Up,no\n", ["Order Completed", "Signed Up"]),
        ("Event\nOrder Completed\n", ["Order Completed"]),
        ("Order Completed,track\nHome,page\n", ["Order Completed", "Home"]),
    ],
)
def test_a_table_without_a_heading_loses_no_row(text: str, names: list[str]) -> None:
    """A list of names, and rows that begin with data, are read from their first line on, and come back byte for byte."""
    reading = _reading(text)
    assert [event.name for event in reading.events] == names
    assert _bytes(read_plan(_tree(text), CSV)) == text.encode()


def test_a_sheet_with_a_title_above_the_heading_leaves_no_row_out() -> None:
    """102 rows under a title and a heading are 102 events."""
    rows = "".join(f"Event {number},yes\n" for number in range(102))
    reading = _reading("Plan of 2026,\n,\nEvent,Payment\n" + rows)
    assert (len(reading.events), reading.left_out, reading.name) == (102, [], "Plan of 2026")
    assert {event.answers["payment"] for event in reading.events} == {"yes"}


def test_rows_are_left_out_only_with_a_reason_and_a_place() -> None:
    """Rows without a name, names that are too long, and notes below the table."""
    reading = _reading(f"Event,Description,Owner\n,no name,\n{'x' * 501},,\nPaid,,\n\nThis is a note.,,\n")
    assert [event.name for event in reading.events] == ["Paid"]
    assert [(str(each.place), each.reason) for each in reading.left_out] == [
        ("plan.csv, line 2, column 1", "There is no name in this row."),
        ("plan.csv, line 3, column 1", "The event’s name has 501 characters; at most 500 are allowed."),
        ("plan.csv, line 6, column 1", "It looks like a note below the table."),
    ]


def test_cells_that_can_t_be_read_are_warned_of_and_the_row_stays() -> None:
    """Each warning leads to its cell."""
    reading = _reading("Event,Payment,Call,Property,Type,Required\nA,maybe,buy,p,strnig,often\n")
    assert [event.name for event in reading.events] == ["A"]
    assert [str(each) for each in reading.warnings] == [
        "plan.csv, line 2, column 2: “maybe” isn’t yes, no or not sure.",
        "plan.csv, line 2, column 3: “buy” is no call type; the event is read as a track call.",
        "plan.csv, line 2, column 5: “strnig” is no type; the property may have any.",
        "plan.csv, line 2, column 6: “often” is neither yes nor no; the property is read as not required.",
    ]


def test_only_a_table_with_events_is_recognised() -> None:
    """YAML is none, and a table whose headings nobody knows is possibly one."""
    assert recognise(_tree("Event,Type\nA,track\n"))
    assert recognise(_tree("uno,dos\ntres,cuatro\ncinco,seis\n"))
    assert recognise(_tree("client: {a, b}\nlist: [c, d]\n")) is None


def test_a_preview_shows_columns_with_evidence_and_counts() -> None:
    """Before anything is read into a plan."""
    tree = tree_of(LONG)
    shown = import_report(review_import(tree, None, ImportChoices()))
    (table,) = shown["tables"]
    columns = {column["key"]: column for column in table["columns"]}
    assert (table["heading_row"], table["row_count"], shown["events"], shown["properties"]) == (3, 7, 3, 5)
    squad = columns["Squad"]
    assert (squad["field"], squad["sure"], squad["filled"]) == ("label:Squad", False, 2)
    assert columns["Quelle"]["evidence"] == "its heading “Quelle”"
    assert [each["reason"] for each in shown["left_out"]] == ["It looks like a note below the table."]
    assert table["rows"][0][0] == "Tour Booked"


def _plain_part(plan: Plan) -> list[Any]:
    return [
        (event.name.replace("\0", "\ufffd"), event.call, event.answers, {*event.suggested} & {*event.answers})
        for event in plan.events
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(plan=plans)
def test_a_plan_in_a_table_of_ours_is_read_again(plan: Plan) -> None:
    """Each event with its call and its answers, however it is called; and no cell is one that a spreadsheet would run."""
    plan = check(plan)[0]
    unique = {(event.call, event.name): event for event in plan.events}
    plan = replace(plan, events=tuple(unique.values()))
    data = _bytes(plan)
    cells = [cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row]
    assert not [cell for cell in cells if len(cell) > 1 and cell[0] in "=+-@\t\r"]
    if plan.events:
        assert _plain_part(again({"t.csv": data}, CSV)) == _plain_part(plan)


@pytest.mark.parametrize(
    ("key", "path"),
    [(key, path) for key in MAPPED for path in sorted((SAMPLES / key).iterdir())],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_preview_counts_what_is_read(key: str, path: Path) -> None:
    """For each format whose columns can be mapped; other formats have no mapping."""
    tree = tree_of(path)
    reading = read_mapped(tree, key, Mapping())
    shown = import_report(review_import(tree, None, ImportChoices(format=key)))
    assert (shown["events"], shown["properties"]) == (len(reading.events), reading.property_count())
    assert all(any(column["field"] == "name" for column in table["columns"]) for table in shown["tables"])
    assert shown["tables"]
    with pytest.raises(FormatError, match="can’t be mapped"):
        read_mapped(tree, "segment-public-api", Mapping())
