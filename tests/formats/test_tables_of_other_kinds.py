"""Workbooks, JSON lists and Markdown pages are read as tables, and plans are written as workbooks, pages and flowcharts."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from brought import SAMPLES, again, brought, tree_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from advisor.advice import advise
from advisor.formats import EXPORTS
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.markdown_tables import plain_text
from advisor.formats.exchange import PlanReading, WriteOptions, format_named, read_files, recognise
from advisor.formats.markdown import inline, one_line
from advisor.formats.mermaid import label
from advisor.model import Destination, Event, Plan, Property, Sources, recommendation_of

EVENTS = (
    Event(
        name="=SUM(A1)", description="+1", answers={"payment": "yes"}, properties=(Property(name="@at", type="number"),)
    ),
    Event(
        name="Oar | Sold",
        call="page",
        properties=(Property(name="items", type="array", properties=(Property(name="sku"),)),),
    ),
    Event(name='"quoted" #1 <b>', description="-2"),
)
PLAN = Plan(
    name="Harbour",
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(Destination(key="Mixpanel"), Destination(key="Facebook Pixel")),
    events=EVENTS,
)


def _file(key: str, plan: Plan = PLAN) -> bytes:
    form = format_named(key)
    assert form.write is not None
    (data,) = form.write(plan, WriteOptions()).files.values()
    return data


def _reading(key: str, name: str) -> PlanReading:
    return brought(SAMPLES / key / name, format_named(key))[1]


def _said(reading: PlanReading) -> list[tuple[Any, ...]]:
    return [(each.name, each.description, [prop.name for prop in each.properties]) for each in reading.events]


def test_merged_cells_and_headings_of_a_workbook_are_read() -> None:
    """A title over all columns, headings in two rows, an event over two rows; hidden sheets and notes are no plan."""
    reading = _reading("xlsx", "merged.xlsx")
    assert _said(reading) == [("Berth Paid", "Money came", ["total", "at"]), ("Fog Seen", "From the pier", ["metres"])]
    assert reading.name == "Harbour events 2031"
    assert [event.destinations for event in reading.events] == [["Mixpanel"], ["Appboy"]]
    assert [each.required for each in reading.events[0].properties] == [True, False]


def test_a_formula_without_a_value_is_warned_of() -> None:
    """A workbook that was never opened in Excel holds formulas and no values."""
    book = Workbook()
    sheet = book.active
    for row in (["Event", "Payment"], ["Paid", "yes"], ['=CONCAT("A","B")', "no"]):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    reading = read_files(FileTree.of({"book": out.getvalue()}))
    assert [event.name for event in reading.events] == ["Paid"]
    assert "formulas without a value" in reading.warnings[0].message
    assert [each.reason for each in reading.left_out] == ["There is no name in this row."]


def test_a_workbook_of_ours_opens_with_text_a_frozen_heading_and_the_matrix() -> None:
    """No cell runs, also those that begin like a formula; the second sheet has a column for each destination."""
    book = load_workbook(BytesIO(_file("xlsx")))
    assert book.sheetnames == ["Events", "Matrix"]
    assert [sheet.freeze_panes for sheet in book] == ["B2", "B2"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if cell.value[0] in "=+-@"]
    assert {cell.value for cell in risky} == {"=SUM(A1)", "+1", "@at", "-2"}
    assert all(cell.quotePrefix for cell in risky)
    assert book["Events"]["A1"].font.bold
    assert [cell.value for cell in book["Matrix"][1]][:4] == ["Event", "Call", "Placement", "Mixpanel (Legacy)"]
    assert book["Matrix"]["D2"].value == "server (cloud)"


def test_the_same_plan_gives_the_same_workbook() -> None:
    """No time of writing is in it."""
    data = _file("xlsx")
    assert data == _file("xlsx")
    assert {entry.date_time[0] for entry in zipfile.ZipFile(BytesIO(data)).infolist()} == {1980}


@pytest.mark.parametrize("key", ["csv", "xlsx", "markdown"])
def test_a_plan_is_read_again_from_what_we_write(key: str) -> None:
    """Names, calls, answers and properties inside others."""
    tree = FileTree.of({"x": _file(key)})
    assert recognise(tree).format.key == key
    found = again({"x": _file(key)}, format_named(key)).events
    assert [(each.name, each.call, each.description) for each in found] == [
        (each.name, each.call, each.description) for each in EVENTS
    ]
    assert found[0].answers == {"payment": "yes"}
    assert found[1].properties[0].properties[0].name == "sku"


def test_what_a_list_of_objects_says_of_properties_is_read() -> None:
    """Names, objects, objects by name; what is no event is left out with its place."""
    reading = _reading("json", "list.json")
    assert _said(reading) == [
        ("Lock Passed", "The gate shut", ["level", "lock_id"]),
        ("Bell Rung", "", ["times", "why"]),
    ]
    times, why = reading.events[1].properties
    assert (times.types, times.required, why.values) == (("integer",), True, ("fog", "lunch"))
    assert reading.events[0].labels == {"team": "locks"}
    assert reading.events[1].answers == {"payment": "no"}
    read = read_files(tree_of(SAMPLES / "json" / "list.json"))
    assert [(each.place.line, each.place.pointer) for each in read.left_out] == [(4, "/2")]
    (event,) = _reading("json", "inner.json").events
    assert [(each.name, each.types, each.description) for each in event.properties] == [
        ("knot", ("string",), "Its name"),
        ("rope", ("number",), ""),
    ]


def test_headings_of_a_page_are_events_if_tables_of_properties_are_under_them() -> None:
    """The text between describes the event; a heading beside them without a table is one too, with a warning."""
    reading = _reading("markdown", "headings.md")
    assert _said(reading) == [
        ("Lock Opened", "Sent when the gate has opened.\nBy the keeper.", ["level", "keeper"]),
        ("Lock Watched", "Nobody says more.", []),
    ]
    assert reading.events[0].properties[0].description == "In cm, a|b"
    assert [each.line for each in reading.warnings] == [17]


def test_a_table_of_properties_belongs_to_the_event_of_the_table_above() -> None:
    """By the name in its heading."""
    assert _said(_reading("markdown", "overview.md")) == [
        ("boat_sold", "It is paid", ["price", "currency"]),
        ("horn_blown", "At noon", ["loud"]),
    ]


@given(st.text("ab *_`\\|<>#&$~![](){}=+-.\n\r\t1é", max_size=20))
def test_text_in_a_cell_of_a_page_is_read_as_it_was(text: str) -> None:
    """Every character that means something in Markdown is escaped, and read back."""
    assert plain_text(inline(text)) == one_line(text)


@given(st.text(max_size=30))
def test_a_label_of_a_flowchart_holds_nothing_that_mermaid_reads(text: str) -> None:
    """Only letters, digits, a few marks, and numbers of characters; they give the text back."""
    inner = label(text)[1:-1]
    assert re.fullmatch(r"([^\W_]|[ .,:_/()-]|#\d+;)*", inner)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found.group(1))), inner) == one_line(text)


def test_a_flowchart_has_an_arrow_for_each_delivery_and_one_box_for_equal_routes() -> None:
    """And each destination once."""
    many = replace(PLAN, events=tuple(Event(name=f"E{number}", answers={"payment": "yes"}) for number in range(40)))
    chart = _file("mermaid", many).decode()
    deliveries = recommendation_of(advise(many).events[0]).deliveries
    assert chart.count("-->|") == len({each.destination for each in deliveries}) > 0
    assert [box for box in ("e1[", "e2[") if box in chart] == ["e1["]
    assert "and 28 more events" in chart
    assert chart.startswith("flowchart LR\n")


@pytest.mark.parametrize(("key", "page"), [("html", "html"), ("decision-record", "markdown")])
def test_reports_are_formats_too(key: str, page: str) -> None:
    """The same bytes as from the pages; the loss says that nobody can read them back."""
    form = format_named(key)
    assert _file(key) == EXPORTS[page].write(PLAN)
    assert not form.reads
    assert form.write is not None
    assert [loss.what for loss in form.write(PLAN, WriteOptions()).losses] == ["the plan as data"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    names=st.lists(
        st.text(min_size=1, max_size=12).filter(lambda text: one_line(text) == text and text), max_size=5, unique=True
    )
)
@example(names=["#", "\\", "C #", "#1 #"])
def test_events_of_any_name_are_read_again_from_a_page(names: list[str]) -> None:
    """Also names that look like Markdown, HTML or a rule of a table."""
    plan = Plan(name="P", events=tuple(Event(name=name, properties=(Property(name="p"),)) for name in names))
    found = again({"x": _file("markdown", plan)}, format_named("markdown")).events if names else ()
    assert [(each.name, [prop.name for prop in each.properties]) for each in found] == [(name, ["p"]) for name in names]
