"""What each column of a table means: a value that a person chooses on a page, or a caller gives, over what was guessed."""

from __future__ import annotations

from collections.abc import Mapping as Members
from dataclasses import dataclass, field

from advisor.document.nearest import nearest_of
from advisor.formats.columns.fields import IGNORE, NAME, PLAIN_FIELDS, PROPERTY, PROPERTY_PARTS, is_field
from advisor.formats.places import Place, refusal, shown


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a caller says of a table; all else is guessed.

    ``columns`` has the field of a column by its key, which is its heading. ``heading_row`` is the line of the heading in the
    file; 0 means that there is none, and columns have the keys ``#1``, ``#2``. ``sheet`` chooses one sheet or table by its
    name. ``destinations`` are the keys of the plan that the table is brought into; their names mean them, before all others.
    ``renamed`` are the keys of destinations by the names that the table has for them.
    """

    columns: Members[str, str] = field(default_factory=dict)
    heading_row: int | None = None
    sheet: str | None = None
    destinations: tuple[str, ...] = ()
    renamed: Members[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise `FormatError` for a field that no column can have, and for one that two columns have."""
        for key, chosen in self.columns.items():
            if not is_field(chosen):
                known = (*PLAIN_FIELDS, PROPERTY, *PROPERTY_PARTS, IGNORE)
                message = f"The column {shown(key)} can’t be {shown(chosen)}.{nearest_of(chosen, known)}"
                raise refusal(Place(), message)
        if list(self.columns.values()).count(NAME) > 1:
            raise refusal(Place(), "Two columns are chosen as the name of the event; choose one.")


@dataclass(frozen=True, slots=True)
class Guess:
    """The field of one column, and why. ``is_sure`` is false where a person should look."""

    key: str
    field: str
    evidence: str
    is_sure: bool = True
