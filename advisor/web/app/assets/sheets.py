"""Joins the stylesheets of a feature into one.

Each feature has an ``index.css`` that consists of ``@import`` lines: these are the files of its stylesheet, in the order
in which they are joined. Browsers read such a file as well, but would ask for its parts one after another. Comments and
indentation, a seventh of the compressed bytes, are left out of the joined stylesheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.web.app.assets.references import BrokenReferenceError, resolve

INDEX = "index.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENTATION = re.compile(r"\n\s+")
_IMPORT = re.compile(r'@import "([^"]+)";')


def is_index(name: str) -> bool:
    """Return whether the file lists the parts of a feature's stylesheet."""
    return name.rpartition("/")[2] == INDEX


def join(index: str, texts: Mapping[str, str]) -> str:
    """Return the stylesheet that the index describes. ``texts`` are all stylesheets by name.

    Raises `BrokenReferenceError` if the index imports a file that does not exist or imports one twice, or has rules of
    its own.
    """
    parts = imported_sheets(index, texts[index])
    for part in parts:
        if part not in texts or is_index(part):
            raise BrokenReferenceError(index, part, "is no stylesheet to join")
        if parts.count(part) > 1:
            raise BrokenReferenceError(index, part, "is imported twice")
    return "".join(_INDENTATION.sub("\n", _COMMENT.sub("", texts[part])).lstrip() for part in parts)


def imported_sheets(index: str, text: str) -> list[str]:
    """Return the names of the files that an index imports, in its order."""
    lines = [line.strip() for line in _COMMENT.sub("", text).splitlines() if line.strip()]
    matches = [(line, _IMPORT.fullmatch(line)) for line in lines]
    for line, match in matches:
        if match is None:
            raise BrokenReferenceError(index, line, "is no @import line")
    return [resolve(index, match.group(1)) for _, match in matches if match]
