"""openpyxl opens the workbook that we export, and sees what a person sees in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from advisor.model import Plan

from .plans import DESTINATIONS, EVERY_CALL, SMALL, exported, shop


def opened(plan: Plan, folder: Path) -> Workbook:
    """Return the workbook of a plan."""
    return load_workbook(exported(plan, "xlsx", folder)["tracking-plan.xlsx"])


@pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)
def test_a_workbook_has_formats_and_two_sheets(tmp_path: Path, plan: Plan) -> None:
    """Bold headings that stay in view, a filter over all rows, columns as wide as their text, and the matrix."""
    book = opened(plan, tmp_path)
    assert book.sheetnames == ["Events", "Matrix"]
    for sheet in book:
        heading = sheet[1]
        assert all(cell.font.bold and cell.fill.fgColor.rgb == "00E8ECEF" for cell in heading)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(8 <= sheet.column_dimensions[cell.column_letter].width <= 60 for cell in heading)
    assert len(list(book["Matrix"].rows)) == 1 + len(plan.events)
    assert [cell.value for cell in book["Matrix"][1]][:3] == ["Event", "Call", "Placement"]
    assert book["Matrix"].max_column == 3 + len(DESTINATIONS)


@pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)
def test_every_cell_is_text(tmp_path: Path, plan: Plan) -> None:
    """Also one that begins like a formula: it is quoted, so that it stays text when somebody edits it."""
    cells = [cell for sheet in opened(plan, tmp_path) for row in sheet.rows for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in risky)
    assert bool(risky) == (plan.name != "Shop")


def test_the_sheets_say_what_the_plan_says(tmp_path: Path) -> None:
    """A row for each property, and the sides that deliver an event to a destination."""
    plan = shop(*EVERY_CALL)
    book = opened(plan, tmp_path)
    headings = [cell.value for cell in book["Events"][1]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in book["Events"].iter_rows(2)]
    named = [row["Property"] for row in rows if row["Event"] == "Order Completed"]
    assert [name for name in named if name and "." not in name] == [each.name for each in plan.events[0].properties]
    matrix = {row[0].value: [cell.value for cell in row[1:]] for row in book["Matrix"].iter_rows(2)}
    assert matrix["Order Completed"] == ["track", "Both?", "client (device)", "server (cloud)", "server (cloud)"]
