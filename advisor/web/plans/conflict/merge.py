"""Comparison of two versions of one thing, field by field, and merging of the chosen fields.

A page that edits something carries a fingerprint of every field as it was when the page was made (`fingerprints`). If someone
else saved in the meantime, the fingerprints tell which side changed a field, and so which version to suggest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import msgspec

from advisor.event_fields import Field, Fields, T

Version = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Difference:
    """A field that differs between two versions. ``suggested`` is the version that changed it; mine if both did."""

    key: str
    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    suggested: Version
    both_changed: bool


def fingerprints(fields: Fields[T], version: T) -> str:
    """Return the fingerprints of all fields, joined by hyphens."""
    return "-".join(_fingerprint(field, version) for field in fields)


def differences(fields: Fields[T], mine: T, theirs: T, seen_before: str) -> tuple[Difference, ...]:
    """Return the fields that differ, in their order. ``seen_before`` is the result of `fingerprints` for their common base."""
    before = dict(zip((field.key for field in fields), seen_before.split("-"), strict=False))
    return tuple(
        _difference(field, mine, theirs, before.get(field.key))
        for field in fields
        if _fingerprint(field, mine) != _fingerprint(field, theirs)
    )


def merge_fields(fields: Fields[T], mine: T, theirs: T, chosen: Mapping[str, str]) -> T:
    """Return their version, with my value of every field for which mine was chosen."""
    result = theirs
    for field in fields:
        if chosen.get(field.key) == "mine":
            result = field.put(result, field.get(mine))
    return result


def _difference(field: Field[T], mine: T, theirs: T, before: str | None) -> Difference:
    i_changed = _fingerprint(field, mine) != before
    they_changed = _fingerprint(field, theirs) != before
    return Difference(
        key=field.key,
        label=field.label,
        mine=field.show(field.get(mine)),
        theirs=field.show(field.get(theirs)),
        suggested="mine" if i_changed else "theirs",
        both_changed=i_changed and they_changed,
    )


def _fingerprint(field: Field[T], version: T) -> str:
    return blake2b(msgspec.json.encode(field.get(version)), digest_size=4).hexdigest()
