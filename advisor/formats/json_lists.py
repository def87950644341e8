"""Finds the lists of events in a JSON value that no tool made: one list or several, at any depth, or objects by their names.

All lists that have the same key as the longest one are of the plan (``channels.web.events`` and ``channels.app.events``), and so
are those whose key says that they hold events. What else is a list of named objects is returned for a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from advisor.formats.columns import fields as f
from advisor.formats.places import Path

_DEEPEST = 8
_TITLES = ("name", "title", "key", "id", "slug")


class ObjectList(Struct, frozen=True):
    """Objects of a value: where they are, the key or index of each there, and the objects."""

    path: Path
    keys: tuple[str | int, ...]
    objects: tuple[dict[str, Any], ...]
    inside: str = ""
    """The name of the object that the list is in, if that is one of a list."""

    @property
    def name(self) -> str:
        """The key of the list; empty for a list at the top."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def says_events(self) -> bool:
        """Whether the key says that events are in it, as ``server_events``."""
        return f.field_of(self.name) == f.NAME or self.name.casefold().endswith("events")


def event_lists(value: Any) -> list[ObjectList]:
    """Return the lists of events in a value, in their order; none if there is no list of objects."""
    found = list(_lists(value, (), 0))
    if not found:
        return []
    sizes: Counter[str] = Counter()
    for each in found:
        sizes[each.name] += len(each.objects)
    says = any(each.says_events for each in found)
    longest = max(sizes, key=lambda name: sizes[name])
    return [each for each in found if (each.says_events if says else each.name == longest)]


def says_events(value: Any) -> bool:
    """Return whether the lists in a value say by their keys, or by those of their objects, that they hold events."""
    return any(each.says_events or _names_events(list(each.objects)) for each in event_lists(value))


def other_lists(value: Any) -> list[ObjectList]:
    """Return the lists of objects with a name that are not read as events."""
    taken = {each.path for each in event_lists(value)}
    return [
        each
        for each in _lists(value, (), 0)
        if each.path not in taken and any(f.field_of(key) == f.NAME for one in each.objects for key in one)
    ]


def _lists(value: Any, path: Path, depth: int) -> Iterator[ObjectList]:
    """Yield the lists of objects in a value. Those inside the objects of a list are yielded instead of it if they hold events."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        if value and all(isinstance(each, dict) for each in value):
            inner = [] if _names_events(value) else list(_inside(value, path, depth))
            yield from inner or (ObjectList(path, tuple(range(len(value))), tuple(value)),)
        return
    if isinstance(value, dict):
        if by_name := _by_name(value, path):
            yield by_name
            return
        for key, each in value.items():
            yield from _lists(each, (*path, key), depth + 1)


def _names_events(objects: list[dict[str, Any]]) -> bool:
    """Return whether objects say the name of an event themselves."""
    return any(f.field_of(key) == f.NAME and isinstance(each[key], str) for each in objects for key in each)


def _inside(objects: list[dict[str, Any]], path: Path, depth: int) -> Iterator[ObjectList]:
    """Yield the lists that are called ``events`` in objects."""
    for index, each in enumerate(objects):
        for key, member in each.items():
            if isinstance(member, list | dict):
                found = _lists(member, (*path, index, key), depth + 1)
                yield from (replace(one, inside=_title(each)) for one in found if f.field_of(one.name) == f.NAME)


def _title(value: dict[str, Any]) -> str:
    """Return what an object is called; empty if it is called nothing."""
    return next((value[key] for key in _TITLES if isinstance(value.get(key), str)), "")


def _by_name(value: dict[str, Any], path: Path) -> ObjectList | None:
    """Return the events of an object whose keys are their names: it is called ``events``, and has objects or texts."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if not value or not path or path[-1] != name or f.field_of(name) != f.NAME:
        return None
    if not all(isinstance(each, dict | str) for each in value.values()):
        return None
    objects = [
        {"event": key} | (each if isinstance(each, dict) else {"description": each}) for key, each in value.items()
    ]
    has_own = any(f.field_of(key) == f.NAME or key == "name" for each in objects for key in list(each)[1:])
    return None if has_own else ObjectList(path, tuple(value), tuple(objects))
