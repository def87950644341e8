"""Writes sheets of text as an Excel workbook: a bold heading that stays in view, a filter, and cells that never run.

Every cell is text, also one that begins like a formula. The same sheets always give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from advisor.formats.limits import MAX_WORKBOOK_CELL

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NARROWEST, _WIDEST = 8, 60
_MEASURED = 200
"""How many rows the width of a column is measured by."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its headings and its rows."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with these sheets."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and only workbooks need it
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - only workbooks need it

    book = Workbook(write_only=True)
    book.properties.title = _printable(title)
    book.properties.creator = "Tracking Advisor"
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "B2"
        for index, width in enumerate(_widths(sheet), start=1):
            page.column_dimensions[get_column_letter(index)].width = width
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{len(sheet.rows) + 1}"
        page.append([_cell(page, text, is_heading=True) for text in sheet.headings])
        for row in sheet.rows:
            page.append([_cell(page, text) if text else None for text in row])
    out = BytesIO()
    book.save(out)
    return _without_time(out.getvalue())


def _cell(page: Any, text: str, *, is_heading: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - as above

    printable = _printable(text)
    cell = WriteOnlyCell(page, value=printable)
    cell.data_type = "s"
    if printable.startswith(_RUNS):
        cell.quotePrefix = True  # keeps it text when somebody edits the cell
    if is_heading:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8ECEF")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif "\n" in printable or len(printable) > _WIDEST:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)[:MAX_WORKBOOK_CELL]


def _widths(sheet: Sheet) -> list[int]:
    measured = [sheet.headings, *sheet.rows[:_MEASURED]]
    columns = range(len(sheet.headings))
    longest = [max((len(line) for row in measured for line in row[index].split("\n")), default=0) for index in columns]
    return [min(_WIDEST, max(_NARROWEST, width + 2)) for width in longest]


def _without_time(data: bytes) -> bytes:
    """Return a workbook without the time at which it was written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _DATE.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            plain = zipfile.ZipInfo(entry.filename, _EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, content)
    return out.getvalue()
