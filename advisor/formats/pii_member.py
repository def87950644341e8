"""The member ``pii`` with which a format marks a field as personal data.

It is read as a kind of personal data. When the field is written again, the member comes back with the rest of the file, and
is changed only if the plan says another kind than it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.formats.object_lists import text_of
from advisor.knowledge.personal_kinds import PERSONAL_KINDS, kind_of_word
from advisor.model import Personal

PII = "pii"


@dataclass(frozen=True, slots=True)
class PiiMember:
    """How a format spells ``pii``: the key of the kind, and the key that has to be true, if it has one."""

    kind: str
    mark: str = ""

    def personal_in(self, field: object) -> Personal:
        """Return the kind of personal data that a field says it is; empty if it says none."""
        pii = field.get(PII) if isinstance(field, dict) else None
        if not isinstance(pii, dict) or (self.mark and pii.get(self.mark) is not True):
            return ""
        return kind_of_word(text_of(pii.get(self.kind)))

    def with_personal(self, field: dict[str, Any], personal: Personal) -> dict[str, Any]:
        """Return a field that says this kind of personal data; the field itself if it does so already."""
        if self.personal_in(field) == personal:
            return field
        if not personal:
            return {key: value for key, value in field.items() if key != PII}
        known = field.get(PII)
        marked = {self.mark: True} if self.mark else {}
        around = known if isinstance(known, dict) else {}
        return field | {PII: around | marked | {self.kind: self._word(personal)}}

    def word_in(self, field: Mapping[str, Any]) -> str:
        """Return the word of a field for its kind of personal data; empty if it is none or has no word."""
        return text_of(field[PII].get(self.kind)) if self.personal_in(field) else ""

    def _word(self, personal: Personal) -> str:
        """Return the word for a kind: an identifier, or what people read where the kind has a mark beside it."""
        return PERSONAL_KINDS[personal] if self.mark else personal
