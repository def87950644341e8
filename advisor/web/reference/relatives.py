"""The other destinations of the same vendor, and what happens if an event goes to both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.advice.reach.network import tool
from advisor.advice.routing.remarks import counts_twice
from advisor.knowledge.catalogue import FAMILIES, NEVER_FED, Row
from advisor.knowledge.destination_slugs import slug_of_row
from advisor.knowledge.vendors import FAMILIES_OF_DIFFERENT_PRODUCTS, SHARED_IDS
from advisor.model import Destination
from advisor.presentation.destination_words import reached_from

Verdict = Literal["shared", "twice", "apart", "never"]


@dataclass(frozen=True)
class Relative:
    """Another destination of the vendor: from where it is reached, and the verdict on having both."""

    name: str
    slug: str
    reached: str
    verdict: Verdict
    says: str
    more: str


def relatives(row: Row) -> tuple[Relative, ...]:
    """Return the destinations of the same family, in the order of the catalogue."""
    if not row.family:
        return ()
    return tuple(_relative(row, other) for other in FAMILIES[row.family] if other.key != row.key)


def _relative(row: Row, other: Row) -> Relative:
    verdict, says, more = _verdict(row, other)
    return Relative(other.name, slug_of_row(other), reached_from(other), verdict, says, more)


def _verdict(row: Row, other: Row) -> tuple[Verdict, str, str]:
    both = {row.key, other.key}
    if other.kind in NEVER_FED or row.kind in NEVER_FED:
        return "never", "No planned events", "reach one of the two."
    for pair in SHARED_IDS:
        if both == {pair.client, pair.server}:
            return "shared", "Fine together", f"if both calls carry one {pair.property}. The advice plans it."
    if counts_twice(tool(Destination(key=row.key)), tool(Destination(key=other.key))):
        return "twice", "Counts twice", "if both receive an event: they are one tool and share no id. Keep one of them."
    if both & FAMILIES_OF_DIFFERENT_PRODUCTS:
        return "apart", "Another product", "of the same vendor."
    return "apart", "No shared id", "is known of: check how the vendor counts an event that reaches both."
