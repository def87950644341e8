"""The placement as the first line of a description, for formats that have no other place which people read."""

from __future__ import annotations

import re

from advisor.formats.reading import Practice
from advisor.model import Placement

_LINE = re.compile(r"Tracked on: (client|server|both)(?:\n|$)")


def with_verdict(description: str, placement: str) -> str:
    """Return a description whose first line says the placement; an older such line is replaced."""
    rest = _LINE.sub("", description, count=1) if _LINE.match(description) else description
    line = f"Tracked on: {placement}"
    return f"{line}\n{rest}" if rest else line


def practice_of_description(description: str) -> Practice | None:
    """Return the practice that the first line of a description says; None if it says none."""
    found = _LINE.match(description)
    placements: dict[str, Placement] = {"client": "client", "server": "server", "both": "both"}
    return Practice(placements[found.group(1)], f"description = {found.group().strip()}") if found else None
