"""Reads and replaces the part of a JSON value at a path, for formats whose events are deep inside a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from advisor.formats.places import Path


def at_path(value: Any, path: Path) -> Any:
    """Return what a value has at a path; None if it has nothing there."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def filled(value: Any, path: Path, part: Any) -> Any:
    """Return a copy of a value that has ``part`` at a path. Objects that are missing on the way are made."""
    if not path:
        return part
    step, *rest = path
    if isinstance(value, list) and isinstance(step, int):
        return [filled(each, tuple(rest), part) if index == step else each for index, each in enumerate(value)]
    whole = value if isinstance(value, dict) else {}
    return whole | {step: filled(whole.get(step), tuple(rest), part)}


def with_others(entries: list[Any], others: Iterable[Sequence[Any]]) -> list[Any]:
    """Return a list with the entries that are no events put back, each given with its index in the file."""
    for place, other in others:
        entries.insert(min(place, len(entries)), other)
    return entries
