"""Reads the visible sheets of an Excel workbook as tables, with openpyxl in its read-only mode: values only, nothing runs."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from advisor.formats.carriers.tables import Row, Table, checked_rows
from advisor.formats.carriers.zip_limits import is_bomb, too_large
from advisor.formats.limits import MAX_TREE_BYTES
from advisor.formats.places import FormatError, Notice, Place, refusal, shown

_FORMULA_WITHOUT_VALUE = re.compile(rb"(</f>|<f[^>]*/>)\s*(<v\s*/>|<v></v>)?\s*</c>")


def parse_workbook(data: bytes, file: str = "") -> list[Table]:
    """Return the visible sheets that hold anything, in their order. Raises `FormatError`."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and only workbooks need it

    _refuse_bomb(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of every extension that it does not read
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            tables = [_table(sheet, file, data) for sheet in sheets]
    except FormatError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged workbook makes openpyxl fail in every way there is
        raise refusal(Place(file), f"The workbook can't be read: {str(error) or type(error).__name__}.") from None
    return [table for table in tables if any(not row.is_blank for row in table.rows)]


def _table(sheet: Any, file: str, data: bytes) -> Table:
    sheet.reset_dimensions()  # a workbook may state a size that it does not have
    rows = checked_rows(_rows(sheet), file, f"The sheet {shown(sheet.title)}")
    notices = [
        Notice.at(
            Place(file),
            f"The sheet {shown(sheet.title)} has formulas without a value. Open it in Excel and save it again.",
        )
    ]
    has_empty = _has_formula_without_value(data, sheet)
    return Table(file, "workbook", rows, name=sheet.title, notices=tuple(notices) if has_empty else ())


def _rows(sheet: Any) -> Iterator[Row]:
    # Without a last column, each row ends with its own last cell; with one, openpyxl fills all rows up to it.
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield Row(tuple(cells), line)


def _text(value: Any) -> str:
    """Return a cell as text: whole numbers without a fraction, dates in ISO form, booleans in lower case."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)


def _has_formula_without_value(data: bytes, sheet: Any) -> bool:
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if path not in archive.namelist():
            return False
        content = archive.read(path)
    return _FORMULA_WITHOUT_VALUE.search(content) is not None


def _refuse_bomb(data: bytes, file: str) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_TREE_BYTES:
        raise too_large(Place(file))
    if any(is_bomb(entry, entry.file_size) for entry in entries):
        raise refusal(Place(file), "The workbook is packed far more than a workbook can be: a zip bomb.")
