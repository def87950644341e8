"""One row of the table of properties. A row without a name and without anything else is no property."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Form, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from advisor.model import PROPERTY_TYPES
from advisor.web.fields import LineField, at_most, plain_choices

KNOWN_BY = (
    SelectChoice("either", "either"),
    SelectChoice("client", "client only"),
    SelectChoice("server", "server only"),
)


class PropertyForm(Form):
    """A property's cells. ``origin`` is its place in the stored event: what has no cell is kept from there."""

    origin = HiddenField(default="")
    name = LineField("Name", [at_most(500, "the property’s name")])
    type = SelectField("Type", default="any", invalid_choice_message="Choose one of the types")
    required = BooleanField("Required")
    sensitive = BooleanField("Sensitive")
    known_by = SelectField(
        "Known by", choices=list(KNOWN_BY), default="either", invalid_choice_message="Choose who knows the value"
    )
    description = LineField("Description", [at_most(10_000, "the description")])
    remove = BooleanField("Remove")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        several = [self.type.data] if _is_union(self.type.data) else []
        self.type.choices = plain_choices((*PROPERTY_TYPES, *several))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered, so that the row stands for no property."""
        typed = (self.name.data or "").strip() or self.description.data
        chosen = self.required.data or self.sensitive.data or self.known_by.data != "either" or self.type.data != "any"
        return not (typed or chosen)

    @property
    def counts(self) -> bool:
        """Whether the row stands for a property of the event."""
        return bool((self.name.data or "").strip()) and not self.remove.data

    def validate_name(self, field: LineField) -> None:
        """A row with other cells filled needs a name."""
        if not self.remove.data and not self.is_blank and not (field.data or "").strip():
            raise ValidationError("Enter a name for this property, or tick Remove")


def _is_union(text: str | None) -> bool:
    parts = (text or "").split("|")
    return 1 < len(parts) == len(set(parts)) and set(parts) <= set(PROPERTY_TYPES)
