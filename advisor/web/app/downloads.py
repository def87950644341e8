"""Safe file names for downloads of a plan, and the Content-Disposition header with them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_LONGEST = 60
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows reserves for devices, with any extension."""


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
