"""A safe name of a file for any name of a plan, and the header that carries it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_LONGEST = 60
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever the extension."""


def file_name(name: str, extension: str) -> str:
    """The plan's name in small letters, words joined by hyphens; ``plan`` where no letter or digit is left."""
    words = _NOT_A_WORD.sub("-", unicodedata.normalize("NFC", name).lower())
    stem = words.strip("-")[:_LONGEST].strip("-") or "plan"
    return f"{'plan-' if _DEVICES.fullmatch(stem) else ''}{stem}.{extension}"


def disposition(name: str) -> str:
    """The Content-Disposition of a download: plain for old programs (RFC 6266), and in full (RFC 8187)."""
    stem, _, extension = name.rpartition(".")
    folded = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = file_name(folded, extension)
    full = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{full}'
