"""All problems of an import as a table for a spreadsheet: where, what was read, and what is wrong. No cell can run there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.formats.carriers.delimited import write_delimited
from advisor.formats.carriers.tables import Dialect
from advisor.formats.columns.words import as_text
from advisor.formats.exchange import FormatError
from advisor.formats.import_review import ImportReview

Line = tuple[str, ...]
_HEADING: Line = ("file", "row", "column", "value", "message")
_EXCEL = Dialect(newline="\r\n", marked=True)


def problem_table(review: ImportReview) -> bytes:
    """Return the problems of an import: those of rows with the cell that was read, and then all others."""
    rows = list(_of_rows(review))
    said = {(line[1], line[4]) for line in rows}
    others = [
        (each.file, str(each.line or ""), str(each.column or ""), "", each.message)
        for each in (*review.warnings(), *review.notes())
        if (str(each.line or ""), each.message) not in said
    ]
    others += [
        (each.place.file, str(each.place.line or ""), "", "", f"Left out: {each.what}: {each.reason}")
        for each in review.reading.left_out
        if (str(each.place.line or ""), f"Left out: {each.reason}") not in said
    ]
    return _table([*rows, *others])


def refusal_table(error: FormatError) -> bytes:
    """Return why files were refused."""
    return _table(
        (each.file, str(each.line or ""), str(each.column or ""), "", each.message) for each in error.problems
    )


def _of_rows(review: ImportReview) -> Iterator[Line]:
    cells = {
        (mapped.table.table.name, row.line): (mapped, row.cells)
        for mapped in review.tables
        for row in mapped.table.rows
    }
    for read in review.reading.rows:
        if (read.table, read.line) not in cells:
            continue
        mapped, texts = cells[read.table, read.line]
        file = mapped.table.table.file
        for place, message in read.problems:
            columns = mapped.table.columns
            heading = columns[place].heading if place < len(columns) else ""
            value = texts[place] if place < len(texts) else ""
            yield file, str(read.line), heading or str(place + 1), value, message
        if read.left_out:
            yield file, str(read.line), "", "", f"Left out: {read.left_out}"


def _table(lines: Iterable[Line]) -> bytes:
    return write_delimited([([*map(as_text, line)], {}) for line in (_HEADING, *lines)], _EXCEL)
