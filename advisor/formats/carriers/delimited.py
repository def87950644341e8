"""Reads and writes delimited text: CSV, TSV, and files with semicolons or bars, in any dialect that spreadsheets write.

Each cell is compared with how the dialect would spell it, so that a file is written again with the same quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from advisor.formats.carriers.tables import Dialect, Row, Table, checked_rows
from advisor.formats.carriers.text import Text, encode
from advisor.formats.places import Notice, Place

_DELIMITERS = (",", "\t", ";", "|")
_LINE_END = re.compile(r"[\r\n]")
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 60


def parse_delimited(source: Text, file: str = "", delimiter: str | None = None) -> Table:
    """Return the table of a delimited text; the delimiter is guessed unless given. Raises `FormatError`."""
    text = source.text
    chosen = delimiter or guess_delimiter(text)
    newline = _newline(text)
    dialect = Dialect(
        delimiter=chosen,
        quoted=_is_all_quoted(text, chosen),
        newline=newline,
        last_newline=text.endswith(("\n", "\r")),
        encoding=source.encoding.removesuffix("-sig"),
        marked=source.marked,
    )
    notices: list[Notice] = []
    rows = checked_rows(_rows(text, dialect, file, notices), file)
    return Table(file, "delimited", rows, dialect, notices=tuple(notices))


def delimited_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a text, however many and long they are. Lines count from 1."""
    yield from _rows(text, Dialect(delimiter=delimiter), "", [])


def guess_delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first rows into equally many cells, the most of them."""
    best, chosen = (0.0, 0), ","
    sample = text[:_SAMPLE]
    for delimiter in _DELIMITERS:
        widths = Counter(islice(_widths(sample, delimiter), _SAMPLE_ROWS))
        wide = {width: count for width, count in widths.items() if width > 1 and count}
        if wide:
            width = max(wide, key=lambda each: (wide[each], each))
            score = (wide[width] / widths.total(), width)
            if score > best:
                best, chosen = score, delimiter
    return chosen


def is_delimited(text: str) -> bool:
    """Return whether a text looks like a table: at least two rows, and most of them with two or more cells."""
    rows = list(islice(_widths(text[:_SAMPLE], guess_delimiter(text)), _SAMPLE_ROWS))
    return len(rows) > 1 and sum(width > 1 for width in rows) * 2 > len(rows)


def _widths(sample: str, delimiter: str) -> Iterator[int]:
    """Yield the number of cells of each row that holds anything."""
    if '"' in sample:
        yield from (len(row.cells) for row in _rows(sample, Dialect(delimiter=delimiter), "", []) if not row.is_blank)
    else:
        lines = _LINE_END.split(sample)
        yield from (line.count(delimiter) + 1 for line in lines if line.replace(delimiter, " ").strip())


def write_delimited(rows: Iterable[tuple[Sequence[str], dict[int, str]]], dialect: Dialect) -> bytes:
    """Return rows as bytes. Each row comes with the spelling of single cells; one that reads as another text is not used."""
    lines = []
    for cells, raw in rows:
        spelled = [
            raw[index] if index in raw and _value(raw[index], dialect) == cell else spell(cell, dialect)
            for index, cell in enumerate(cells)
        ]
        lines.append(dialect.delimiter.join(spelled))
    text = dialect.newline.join(lines) + dialect.newline * (dialect.last_newline and bool(lines))
    return encode(text, dialect.encoding, marked=dialect.marked)


def spell(cell: str, dialect: Dialect) -> str:
    """Return a cell as the dialect writes it."""
    needs = dialect.quoted or dialect.delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell
    # A reader takes blanks around quotes for nothing, so a cell that looks like that needs quotes of its own.
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def _rows(text: str, dialect: Dialect, file: str, notices: list[Notice]) -> Iterator[Row]:
    """Yield the rows of a text. A quote that is never closed is part of its cell, and noted."""
    match = _cell_pattern(dialect.delimiter).match
    at, line, size = 0, 1, len(text)
    while at < size:
        if not dialect.quoted and '"' not in (whole := text[at : _line_end(text, at)]):
            at = _next_line(text, at + len(whole))
            yield Row(tuple(whole.split(dialect.delimiter)), line)
            line += 1
            continue
        cells: list[str] = []
        raw: dict[int, str] = {}
        start = line
        while True:
            found = match(text, at)
            assert found is not None  # the pattern matches nothing, too
            written = found.group()
            value = _meant(found)
            if found.group(1) is None and written.startswith('"') and not notices:
                notices.append(Notice.at(Place(file, line, len(cells) + 1), "A quote opens here and is not closed."))
            if '"' in written or dialect.quoted:
                line += written.count("\n")
                if spell(value, dialect) != written:
                    raw[len(cells)] = written
            cells.append(value)
            at = found.end()
            if at >= size or text[at] != dialect.delimiter:
                break
            at += 1
        at = _next_line(text, at)
        line += 1
        yield Row(tuple(cells), start, raw)


def _value(raw: str, dialect: Dialect) -> str | None:
    """Return the text of a cell as it is written; None if it is no single cell."""
    found = _cell_pattern(dialect.delimiter).fullmatch(raw)
    return _meant(found) if found else None


def _meant(found: re.Match[str]) -> str:
    quoted: str | None = found.group(1)
    return found.group() if quoted is None else quoted.strip(" ")[1:-1].replace('""', '"')


def _newline(text: str) -> str:
    """Return what ends the lines of a text. Line ends inside of quotes don't count, as long as there are others."""
    sample = text[:_SAMPLE]
    outside = _QUOTED.sub("", sample)
    sample = outside if _LINE_END.search(outside) else sample
    return "\r\n" if "\r\n" in sample else "\r" if "\r" in sample and "\n" not in text else "\n"


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _next_line(text: str, end: int) -> int:
    return end + (2 if text.startswith("\r\n", end) else 1)


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    ends = re.escape(delimiter)
    # Possessive, so that an open quote is scanned once and not from every quote inside it.
    return re.compile(rf'( *"(?:[^"]|"")*+" *)(?=[{ends}\r\n]|\Z)|[^{ends}\r\n]*')


def _is_all_quoted(text: str, delimiter: str) -> bool:
    first = [row for _, row in zip(range(5), _rows(text[:_SAMPLE], Dialect(delimiter=delimiter), "", []), strict=False)]
    plain = Dialect(delimiter=delimiter)
    cells = [row.raw.get(index, spell(cell, plain)) for row in first for index, cell in enumerate(row.cells)]
    return bool(cells) and all(raw.startswith('"') for raw in cells)
