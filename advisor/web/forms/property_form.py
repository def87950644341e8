"""The form of one row in the table of properties. A row in which nothing was entered is not a property."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Form, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.document_limits import LONGEST_NAME, LONGEST_TEXT
from advisor.knowledge.personal_kinds import PERSONAL_KINDS, guessed_kind
from advisor.model import PROPERTY_TYPES, Personal
from advisor.presentation.property_values import ValuesError, read_values
from advisor.text import whole_number
from advisor.web.forms.fields import LineField, at_most, plain_choices

PERSONAL = (SelectChoice("", "–"), *(SelectChoice(kind, word.lower()) for kind, word in PERSONAL_KINDS.items()))
KNOWN_BY = (
    SelectChoice("either", "either"),
    SelectChoice("client", "client only"),
    SelectChoice("server", "server only"),
)


class PropertyForm(Form):
    """The cells of one property.

    ``origin`` is the place of the property in the stored event; fields without a cell keep their value from there.
    ``level`` is the depth of the row inside the rows above. ``names`` are the names of the rows that contain it, then
    its own (see `advisor.web.forms.property_rows`). ``is_nameless``: the stored property has a blank name, and may keep it.
    """

    origin = HiddenField(default="")
    level = HiddenField(default="0")
    name = LineField("Name", [at_most(LONGEST_NAME, "the property’s name")])
    type = SelectField("Type", default="any", invalid_choice_message="Choose one of the types")
    required = BooleanField("Required")
    sensitive = BooleanField("Sensitive")
    personal = SelectField(
        "Personal data",
        choices=list(PERSONAL),
        default="",
        invalid_choice_message="Choose a kind of personal data, or none",
    )
    known_by = SelectField(
        "Known by", choices=list(KNOWN_BY), default="either", invalid_choice_message="Choose who knows the value"
    )
    values = LineField("Allowed values", [at_most(LONGEST_TEXT, "the allowed values")])
    description = LineField("Description", [at_most(LONGEST_TEXT, "the description")])
    remove = BooleanField("Remove")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        several = [self.type.data] if _is_union(self.type.data) else []
        self.type.choices = plain_choices((*PROPERTY_TYPES, *several))
        self.is_nameless = False
        self.names: tuple[str, ...] = (self.name.data or "",)

    @property
    def depth(self) -> int:
        """Return the level as a number."""
        return whole_number(self.level.data, digits=2) or 0

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the dotted paths of the rows that contain this one, then its own, as calls write them."""
        return tuple(".".join(self.names[:end]) for end in range(1, len(self.names) + 1))

    @property
    def may_hold(self) -> bool:
        """Return whether the property may contain other properties."""
        return bool({"object", "array", "any"} & set((self.type.data or "").split("|")))

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was entered, so that the row is not a property."""
        typed = (self.name.data or "").strip() or self.description.data or self["values"].data
        ticked = self.required.data or self.sensitive.data
        chosen = self.known_by.data != "either" or self.type.data != "any" or self.personal.data
        return not (typed or ticked or chosen or self.is_nameless)

    @property
    def personal_guess(self) -> Personal:
        """Return the kind of personal data that the name suggests, while nobody has chosen one; empty for none."""
        return "" if self.personal.data or not self.counts else guessed_kind(self.names[-1])

    @property
    def counts(self) -> bool:
        """Return whether the row is a property of the event: it has a name, or may do without, and is not removed."""
        return (self.is_nameless or bool((self.name.data or "").strip())) and not self.remove.data

    def validate_name(self, field: LineField) -> None:
        """Require a name if any other cell is filled. Raises `ValidationError`."""
        if self.is_nameless:
            return
        if not self.remove.data and not self.is_blank and not (field.data or "").strip():
            raise ValidationError("Enter a name for this property, or tick Remove")

    def validate_values(self, field: LineField) -> None:
        """Require values separated by commas. Raises `ValidationError`."""
        try:
            read_values(field.data or "")
        except ValuesError as error:
            raise ValidationError(f"{error}. Separate the values with commas") from error


def _is_union(text: str | None) -> bool:
    parts = (text or "").split("|")
    return 1 < len(parts) == len(set(parts)) and set(parts) <= set(PROPERTY_TYPES)
