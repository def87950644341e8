"""The verdict as the last line of a description, for formats that have no other place for it.

A reader keeps the description as it is, and takes such a line for the practice; a writer replaces the line that is there.
"""

from __future__ import annotations

import re

from advisor.formats.practice import practice_of_word
from advisor.formats.reading import Practice

_LINE = re.compile(r"(?:\A|\n)Tracked on: (client|server|both)\.?[ \t]*\Z")


def with_verdict_line(description: str, placement: str) -> str:
    """Return a description whose last line says where the event is tracked."""
    before = _LINE.sub("", description)
    return f"{before}\nTracked on: {placement}." if before else f"Tracked on: {placement}."


def practice_of_description(description: str) -> Practice | None:
    """Return the practice that the last line of a description states; None if there is no such line."""
    found = _LINE.search(description)
    return practice_of_word("description: Tracked on", found.group(1)) if found else None
