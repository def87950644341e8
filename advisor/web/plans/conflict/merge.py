"""Comparison of two versions of one thing, part by part, and merging of the chosen parts.

A page that edits something carries a fingerprint of every part as it was when the page was made (`seen`). If someone
else saved in the meantime, the fingerprints tell which side changed a part, and so which version to suggest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")
Version = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Part(Generic[T]):
    """One part of a thing: how to read it, replace it, and show its value as lines of text."""

    key: str
    label: str
    get: Callable[[T], Any]
    put: Callable[[T, Any], T]
    show: Callable[[Any], tuple[str, ...]]


@dataclass(frozen=True)
class Difference:
    """A part that differs between two versions. ``suggested`` is the version that changed it; mine if both did."""

    key: str
    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    suggested: Version
    both_changed: bool


Parts = tuple[Part[T], ...]


def seen(parts: Parts[T], version: T) -> str:
    """Return the fingerprints of all parts, joined by hyphens."""
    return "-".join(_fingerprint(part, version) for part in parts)


def differences(parts: Parts[T], mine: T, theirs: T, seen_before: str) -> tuple[Difference, ...]:
    """Return the parts that differ, in their order. ``seen_before`` is the result of `seen` for their common base."""
    before = dict(zip((part.key for part in parts), seen_before.split("-"), strict=False))
    return tuple(
        _difference(part, mine, theirs, before.get(part.key))
        for part in parts
        if _fingerprint(part, mine) != _fingerprint(part, theirs)
    )


def merged(parts: Parts[T], mine: T, theirs: T, chosen: Mapping[str, str]) -> T:
    """Return their version, with my value of every part for which mine was chosen."""
    result = theirs
    for part in parts:
        if chosen.get(part.key) == "mine":
            result = part.put(result, part.get(mine))
    return result


def _difference(part: Part[T], mine: T, theirs: T, before: str | None) -> Difference:
    i_changed = _fingerprint(part, mine) != before
    they_changed = _fingerprint(part, theirs) != before
    return Difference(
        key=part.key,
        label=part.label,
        mine=part.show(part.get(mine)),
        theirs=part.show(part.get(theirs)),
        suggested="mine" if i_changed else "theirs",
        both_changed=i_changed and they_changed,
    )


def _fingerprint(part: Part[T], version: T) -> str:
    return blake2b(msgspec.json.encode(part.get(version)), digest_size=4).hexdigest()
