"""Recognises what the headings of a pasted table name. The fields and their names are parameters: the grid gives those of
an event, the table of properties those of a property.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisor.knowledge.answer_words import fold


class Headings:
    """The names under which people write the columns of a table, by field."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._fields = {fold_heading(name): field for field, several in names.items() for name in several}

    def field_of(self, heading: str) -> str | None:
        """Return the field that a heading names; None for an unknown heading. Capitals, blanks and ``_`` don't count."""
        return self._fields.get(fold_heading(heading))

    def fields_of(self, cells: Iterable[str]) -> tuple[str | None, ...]:
        """Return the field that each cell of a heading row names."""
        return tuple(self.field_of(cell) for cell in cells)


@lru_cache(maxsize=4_096)
def fold_heading(text: str) -> str:
    """Return the heading as it is compared. A mark at its end, as in ``Required?``, ``Name *`` and ``Type:``, is left out."""
    return fold(text.replace("_", " ")).rstrip("?*: ")
