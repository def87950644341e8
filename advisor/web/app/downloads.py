"""Downloads of a plan: safe file names, the Content-Disposition header with them, and several files as one zip."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from urllib.parse import quote

_LONGEST = 60
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows reserves for devices, with any extension."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry in a zip, the earliest that a zip allows: the same plan must give the same bytes."""


def file_name(name: str, extension: str) -> str:
    """Return the plan's name in lower case with hyphens between words; ``plan`` if it has no letter or digit."""
    words = _NOT_A_WORD.sub("-", unicodedata.normalize("NFC", name).lower())
    stem = words.strip("-")[:_LONGEST].strip("-") or "plan"
    return f"{'plan-' if _DEVICES.fullmatch(stem) else ''}{stem}.{extension}"


def disposition(name: str) -> str:
    """Return the Content-Disposition of a download: an ASCII name (RFC 6266), and the full name (RFC 8187) if it differs."""
    stem, _, extension = name.rpartition(".")
    folded = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = file_name(folded, extension)
    full = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{full}'


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return files by their paths as a zip: the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
