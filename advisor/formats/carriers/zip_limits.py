"""What every reader of zips asks: is it a workbook, is it a bomb, is it too much."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO

from advisor.formats.limits import MAX_FILES, MAX_RATIO, MAX_TREE_BYTES, MIN_BYTES_FOR_RATIO
from advisor.formats.places import FormatError, Place, refusal

ZIP_FAULTS = (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, OSError, zlib.error, lzma.LZMAError)
"""What `zipfile` raises for a zip that is broken or packed in a way that it doesn't know, when it opens or unpacks it."""


def is_workbook(data: bytes) -> bool:
    """Return whether a file is an Excel workbook (.xlsx)."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except ZIP_FAULTS:
        return False


def is_bomb(entry: zipfile.ZipInfo, size: int) -> bool:
    """Return whether an entry of a zip with this many bytes is packed far more than a plan can be."""
    return size > MIN_BYTES_FOR_RATIO and size > MAX_RATIO * max(entry.compress_size, 1)


def too_large(place: Place) -> FormatError:
    """Return the error for files that together are too large."""
    return refusal(place, f"The files have more than {MAX_TREE_BYTES // 1024**2} MB, the most that is read.")


def too_many(place: Place) -> FormatError:
    """Return the error for a folder or a zip of too many files."""
    return refusal(place, f"There are more than {MAX_FILES:,} files, the most that are read.")
