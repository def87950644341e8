"""Tables of every kind are read with places, their heading is found, and delimited files come back."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from advisor.formats.carriers.delimited import is_delimited, parse_delimited, write_delimited
from advisor.formats.carriers.file_tree import SourceFile
from advisor.formats.carriers.markdown_tables import parse_markdown_tables
from advisor.formats.carriers.table_rows import layout_from, layout_of, row_remainder, write_rows
from advisor.formats.carriers.tables import Dialect, HeadedTable, headed
from advisor.formats.carriers.text import decode
from advisor.formats.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from advisor.formats.places import FormatError

cells = st.text("ab ,;|\t\"\n'é0", max_size=6)
rows = st.lists(st.lists(cells, min_size=1, max_size=4), max_size=5)
dialects = st.builds(
    Dialect, delimiter=st.sampled_from(",;\t|"), quoted=st.booleans(), newline=st.sampled_from(["\n", "\r\n"])
)


def _headed(text: str, **options: Any) -> HeadedTable:
    found = headed(parse_delimited(decode(text.encode())), **options)
    assert found is not None
    return found


@given(rows, dialects)
def test_what_is_written_is_read_as_it_was(table: list[list[str]], dialect: Dialect) -> None:
    """Cells with delimiters, quotes, line ends and blanks; with each delimiter."""
    data = write_delimited([(row, {}) for row in table], dialect)
    read = parse_delimited(decode(data), delimiter=dialect.delimiter)
    assert [list(row.cells) for row in read.rows] == table


@given(st.text('ab ,"\n', max_size=40))
def test_any_delimited_text_comes_back(text: str) -> None:
    """With its own quotes and blanks, however odd: rows that are no part of the plan, too."""
    source = parse_delimited(decode(text.encode()), delimiter=",")
    table = headed(source)
    if table is not None:
        others = [index for index, _ in enumerate(table.rows) if index % 2]
        layout = layout_from(layout_of(table, others).kept())
        kept = [row_remainder({}, row, table) for index, row in enumerate(table.rows) if not index % 2]
        assert write_rows(layout, [({}, each) for each in kept]).decode() == text


SHEET = (
    "Tracking plan v3;;;\r\n;;;\r\nEvent;Erforderlich;Where;Jira\r\n"
    '"Order; Paid";Ja;backend;"A-1"\r\nLate;;web\r\n\r\nSearched;nein;web;A-2;beyond\r\n'
)


def _plain(name: str, required: bool) -> dict[str, str]:
    return {"Event": name, "Erforderlich": "yes" if required else "", "Sensitive": "no"}


def test_an_edited_row_changes_its_cell_and_nothing_else() -> None:
    """Titles, unknown columns, words for yes, quotes, short rows, blank rows and line ends stay."""
    table = _headed(SHEET)
    plans = {3: ("Order; Paid", True), 4: ("Late", False), 6: ("Searched", False)}
    rows = [(index, row) for index, row in enumerate(table.rows) if not row.is_blank]
    plain = [_plain(*plans[row.line - 1]) for _, row in rows]
    kept = [row_remainder(each, row, table) for each, (_, row) in zip(plain, rows, strict=True)]
    blank = [index for index, row in enumerate(table.rows) if row.is_blank]
    layout = layout_from(layout_of(table, blank).kept())
    assert write_rows(layout, zip(plain, kept, strict=True)).decode() == SHEET
    renamed = [plain[0], plain[1] | {"Event": "Later"}, plain[2]]
    assert write_rows(layout, zip(renamed, kept, strict=True)).decode() == SHEET.replace("Late;", "Later;")
    flipped = [plain[0], plain[1] | {"Erforderlich": "yes"}, plain[2]]
    assert write_rows(layout, zip(flipped, kept, strict=True)).decode() == SHEET.replace("Late;;", "Late;yes;")
    added = [*zip(plain, kept, strict=True), (_plain("New", required=True), None)]
    assert write_rows(layout, added).decode() == SHEET + "New;yes;;\r\n"


def test_title_rows_above_the_heading_are_found() -> None:
    """By the width of the rows below; a row with known headings is preferred."""
    table = _headed(SHEET)
    assert [column.key for column in table.columns] == ["Event", "Erforderlich", "Where", "Jira"]
    assert [row.line for row in table.above] == [1, 2]
    assert [row.line for row in table.rows] == [4, 5, 6, 7]
    assert str(table.place(table.rows[0], 2)) == "line 4, column 3"
    known = _headed("a,b\n1,2\nEvent,Type\nx,y\n", is_known=lambda text: text in ("Event", "Type"))
    assert known.heading.line == 3
    assert _headed("a,b\nc,d\n", heading_row=1).heading.cells == ("c", "d")


def test_merged_headings_name_the_columns_under_them() -> None:
    """A spreadsheet has the text of a merged cell in its first column only."""
    table = _headed("Event,,Property,\nName,Description,Name,Type\nPaid,Done,amount,number\nSeen,Shown,page,string\n")
    assert [(column.group, column.heading, column.key) for column in table.columns] == [
        ("Event", "Name", "Name"),
        ("Event", "Description", "Description"),
        ("Property", "Name", "Name#2"),
        ("Property", "Type", "Type"),
    ]


def test_short_and_long_rows_keep_their_cells() -> None:
    """A cell beyond the last heading is named by its number."""
    table = _headed("event,type\nPaid\nSeen,string,extra\n")
    assert [table.cells(row) for row in table.rows] == [
        {"event": "Paid"},
        {"event": "Seen", "type": "string", "#3": "extra"},
    ]


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_the_delimiter_is_guessed(delimiter: str) -> None:
    """From texts that hold the other ones, too."""
    lines = ["name|what;it,is".replace(delimiter, "").join(["", f"{delimiter}kind{delimiter}n"])] * 4
    assert parse_delimited(decode("\n".join(lines).encode())).dialect.delimiter == delimiter


@pytest.mark.parametrize("text", [",,\n,,\n", ";\n", "\t\t", " | \n"])
def test_a_table_of_blank_cells_is_read(text: str) -> None:
    """Nothing in it says which delimiter it has."""
    table = parse_delimited(decode(text.encode()))
    assert all(row.is_blank for row in table.rows) or len(table.rows[0].cells) == 1


def test_lines_are_counted_inside_quotes() -> None:
    """And a quote that is never closed is noted with its place, and stays in its cell."""
    table = parse_delimited(decode(b'a,"x\ny\nz"\nb,"open\nc,d\n'))
    assert [row.line for row in table.rows] == [1, 4, 5]
    assert table.rows[1].cells == ("b", '"open')
    assert [str(notice) for notice in table.notices] == ["line 4, column 2: A quote opens here and is not closed."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n" + "x," * 10_000, "line 2: The table has 10,001 columns here; at most 1,000 are read."),
        ("a\n" * (MAX_ROWS + 1), f"more than {MAX_ROWS:,} rows"),
        ("a,b\nc," + "x" * (MAX_CELL + 1), "line 2, column 2: The cell has 100,001 characters"),
    ],
    ids=["columns", "rows", "cell"],
)
def test_tables_that_are_too_large_are_refused_with_the_place(text: str, said: str) -> None:
    """Nothing of them is read."""
    with pytest.raises(FormatError) as refused:
        parse_delimited(decode(text.encode()), delimiter=",")
    assert said in str(refused.value)


def test_open_quotes_take_no_time() -> None:
    """Each quote is scanned once: otherwise these would take hours."""
    parse_delimited(decode((('"a' * 400 + "\n") * 2_000).encode()))
    parse_delimited(decode(('"' + '""' * 45_000 + "x").encode()))


@pytest.mark.parametrize(
    ("text", "found"), [("a,b\nc,d\n", True), ("Just text.\nMore text\n", False), ("a,b", False), ("", False)]
)
def test_prose_is_no_table(text: str, found: bool) -> None:
    """A table has several rows, and most have several cells."""
    assert is_delimited(text) is found


def _workbook(fill: Any) -> bytes:
    book = Workbook()
    fill(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_visible_sheets_of_a_workbook_are_tables() -> None:
    """Numbers, dates and booleans are texts; a formula that was never computed is reported."""

    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.title = "Events"
        sheet.append(["Plan 2026"])
        sheet.append(["Event", "Count", "Since", "Money", "Share"])
        sheet.append(["Paid", 3, date(2026, 8, 10), True, 0.5])
        sheet.append(["Seen", None, None, False, "=1+1"])
        sheet.merge_cells("A1:E1")
        book.create_sheet("Empty")
        book.create_sheet("Hidden").append(["secret", "x"])
        book["Hidden"].sheet_state = "hidden"

    file = SourceFile("plan", _workbook(fill))
    (table,) = file.peek_tables()
    found = headed(table)
    assert found is not None
    assert (table.kind, table.name, found.heading.line) == ("workbook", "Events", 2)
    assert [row.cells for row in found.rows] == [("Paid", "3", "2026-08-10", "true", "0.5"), ("Seen", "", "", "false")]
    assert ["formulas without a value" in notice.message for notice in file.notices()] == [True]


def test_a_sheet_of_too_many_columns_and_a_broken_workbook_are_refused() -> None:
    """With the place, and without what openpyxl says of its own code."""
    wide = _workbook(lambda book: book.active.append(["x"] * (MAX_COLUMNS + 1)))
    for data, said in ((wide, "columns here"), (wide[: len(wide) // 2] + wide[-60:], "")):
        file = SourceFile("plan.xlsx", data)
        assert file.peek_tables() == []
        with pytest.raises(FormatError) as refused:
            assert file.tables
        assert said in str(refused.value)


PAGE = """\
# Plan

| Event | When |
|---|:-:|
| `order_paid` | **Charge** succeeded \\| [docs](https://example.com) |
| Seen | |

```
| No | table |
|---|---|
```

## Order *Paid*

Property | Type
--- | ---
a_b_c | `x\\|y`

text | only
"""


def test_the_tables_of_a_page_have_plain_cells_and_the_heading_above() -> None:
    """Those in code are no tables."""
    first, second = parse_markdown_tables(PAGE, "plan.md")
    assert [(row.line, row.cells) for row in first.rows] == [
        (3, ("Event", "When")),
        (5, ("order_paid", "Charge succeeded | docs")),
        (6, ("Seen", "")),
    ]
    assert (second.name, [row.cells for row in second.rows]) == ("Order Paid", [("Property", "Type"), ("a_b_c", "x|y")])
    assert [table.kind for table in SourceFile("x", PAGE.encode()).peek_tables()] == ["markdown", "markdown"]


@pytest.mark.parametrize("text", [",", ",,\n,,\n", ";\n", "|"])
def test_a_text_of_blank_cells_alone_is_no_table(text: str) -> None:
    """No row says where cells end, and none holds anything."""
    assert not is_delimited(text)
