"""The columns of a table as the selects in their heads show them. The import and the paste of the grid use the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from advisor.formats.columns import fields as f
from advisor.formats.columns.fields import is_field
from advisor.formats.columns.mapped import MappedTable
from advisor.knowledge.catalogue import destination_name, find_exactly
from advisor.knowledge.questions import QUESTIONS

SHOWN_COLUMNS = 60
"""How many columns of a table a preview shows. The others are read as they were guessed."""
Option = tuple[str, str]
"""The value of an option, and its text."""
_EVENT: tuple[Option, ...] = (
    (f.NAME, "Event"),
    (f.CALL, "Call type"),
    (f.DESCRIPTION, "Description"),
    (f.PRACTICE, "Today’s side"),
    (f.DESTINATIONS, "Destinations"),
    (f.PROPERTIES, "Properties, a list"),
    (f.STATUS, "Status"),
    (f.OWNER, "Owner"),
    (f.VERSION, "Version"),
)
_PROPERTY: tuple[Option, ...] = (
    (f.PROPERTY, "Property"),
    (f"{f.PROPERTY_PART}type", "Its type"),
    (f"{f.PROPERTY_PART}required", "Required"),
    (f"{f.PROPERTY_PART}sensitive", "Sensitive"),
    (f"{f.PROPERTY_PART}known_by", "Known by"),
    (f"{f.PROPERTY_PART}values", "Allowed values"),
    (f"{f.PROPERTY_PART}description", "Its description"),
)
_OURS: Mapping[str, str] = {f.PLACEMENT: "Placement, computed", f.SLOT: "Tracking Advisor’s data"}


@dataclass(frozen=True, slots=True)
class ColumnSheet:
    """A column: its heading, what it is taken for and why, and what it can be taken for instead, in groups."""

    number: int
    key: str
    heading: str
    field: str
    why: str
    is_sure: bool
    is_chosen: bool
    groups: tuple[tuple[str, tuple[Option, ...]], ...]

    @property
    def is_off(self) -> bool:
        """Whether the column is left out."""
        return self.field in (f.IGNORE, f.PLACEMENT)


def column_sheets(
    table: MappedTable, chosen: Iterable[str], offers: Callable[[str], bool] = is_field
) -> tuple[ColumnSheet, ...]:
    """Return the first columns of a table. ``chosen`` are the keys of those that a person chose.

    ``offers`` says which fields the page can use; columns of others are shown as left out.
    """
    known = frozenset(chosen)
    pairs = list(zip(table.guesses, table.table.columns, strict=True))[:SHOWN_COLUMNS]
    return tuple(
        ColumnSheet(
            number=number,
            key=guess.key,
            heading=column.heading or column.group or f"Column {number + 1}",
            field=guess.field if offers(guess.field) else f.IGNORE,
            why="your choice" if guess.key in known else _short(guess.evidence),
            is_sure=guess.is_sure,
            is_chosen=guess.key in known,
            groups=_groups(column.heading, guess.field, offers),
        )
        for number, (guess, column) in enumerate(pairs)
    )


def _short(evidence: str) -> str:
    """Return why a column is taken for its field, without the heading, which is above it."""
    if evidence.startswith("its heading"):
        return "by its heading"
    return evidence.removeprefix("an unknown heading: ")


def chosen_columns(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that a person chose in the selects of a form, by the keys of the columns.

    A column counts as chosen if its select differs from the guess that the page showed.
    """
    chosen: dict[str, str] = {}
    for number in range(SHOWN_COLUMNS):
        key, field = fields.get(f"key-{number}"), fields.get(f"column-{number}")
        if key is not None and field and field != fields.get(f"guess-{number}") and is_field(field):
            chosen[key] = field
    return chosen


def _groups(heading: str, field: str, offers: Callable[[str], bool]) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    own = [(field, _OURS[field])] if field in _OURS else []
    groups = (
        ("Event", (*_EVENT, *_named(heading, field), *own, (f.IGNORE, "Leave out"))),
        ("Questions", tuple((f.QUESTION + question.key, question.label) for question in QUESTIONS)),
        ("Property", _PROPERTY),
    )
    usable = ((name, tuple(option for option in options if offers(option[0]))) for name, options in groups)
    return tuple((name, options) for name, options in usable if options)


def _named(heading: str, field: str) -> list[Option]:
    """Return the options that carry the heading: a label of its name, and a destination if it is one."""
    label = field if field.startswith(f.LABEL) else f.LABEL + heading
    found = [(label, "Label")] if f.is_field(label) else []
    key = find_exactly(heading)
    if key or field.startswith(f.DESTINATION):
        tool = field if field.startswith(f.DESTINATION) else f.DESTINATION + heading
        found.append((tool, f"Only {destination_name(key or tool.removeprefix(f.DESTINATION))}"))
    return found
