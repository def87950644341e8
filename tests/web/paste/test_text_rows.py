"""Text copied from a spreadsheet is read into rows of cells, and headings into the fields that they name."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.headings import Headings
from advisor.web.paste.rows import read_text_rows
from serving import ROOT

CELLS = st.text(st.sampled_from('ab"\t\n ü✓'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.sampled_from(["\r\n", "\n"]))
def test_what_a_spreadsheet_copies_is_read_cell_by_cell(rows: list[list[str]], line_end: str) -> None:
    """Quotation marks, tabs and line breaks inside cells are read, with rows of any width, and each row keeps its number."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator=line_end).writerows(rows)
    read = [(row.line, list(row.cells)) for row in read_text_rows(out.getvalue())]
    assert read == [(at, row) for at, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


@given(st.text(st.sampled_from('a"\t\n\r'), max_size=40))
def test_no_character_of_a_row_is_lost(text: str) -> None:
    """Apart from quotation marks, tabs and line ends, everything that was copied is in a cell."""
    assert "".join("".join(row.cells) for row in read_text_rows(text)).count("a") == text.count("a")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('5" screen\tx', [('5" screen', "x")]),
        ('"quoted" word\tx', [('"quoted" word', "x")]),
        ('"never closed\tx\nnext\ty', [('"never closed', "x"), ("next", "y")]),
        ('"a ""b"" c"\tx', [('a "b" c', "x")]),
        ('"two\r\nlines"\tx', [("two\nlines", "x")]),
        ("a\rb", [("a",), ("b",)]),
        ("a\t\tb\n\n\tc", [("a", "", "b"), ("", "c")]),
    ],
)
def test_quotation_marks_count_only_around_a_whole_cell(text: str, rows: list[tuple[str, ...]]) -> None:
    """A quotation mark that is never closed does not swallow the rows below it."""
    assert [row.cells for row in read_text_rows(text)] == rows


def test_pasted_text_is_read_in_one_place() -> None:
    """No module of the web app splits text at tabs, or loads a second reader of tables, besides `paste.rows`."""
    modules = [path for path in (ROOT / "advisor" / "web").rglob("*.py") if path.name != "rows.py"]
    wrong = re.compile(r"^import csv|split\(\"\\t\"|delimiter=", re.MULTILINE)
    assert [path for path in modules if wrong.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("heading", ["event name", " Event  Name ", "EVENT_NAME", "Event name *", "Event name:"])
def test_a_heading_is_recognised_as_people_write_it(heading: str) -> None:
    """Capitals, blanks, underscores and a mark at the end don't count; another word is no heading."""
    headings = Headings({"name": ("Event name", "Event"), "asks": ("Is it paid?",)})
    assert headings.fields_of([heading, "is it paid", "Owner", ""]) == ("name", "asks", None, None)
