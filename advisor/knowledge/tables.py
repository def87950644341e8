"""Reads the files of this package: the tables of destinations, and what else is kept as data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent


def content_of(name: str) -> bytes:
    """Return the bytes of a file."""
    return (_HERE / name).read_bytes()


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file, each by the names in its first row. Raises `ValueError` for a row of another length."""
    rows = csv.reader(content_of(name).decode().splitlines())
    heading = next(rows)
    for row in rows:
        yield dict(zip(heading, row, strict=True))
