"""Objects that are keyed by the names of events or properties, read and written again: for formats without lists.

Entries that are not understood stay in the remainder of the object around them. The layout of an entry goes with it; the
spelling of its key does so only while the name is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.formats.carriers.object_files import ObjectFile
from advisor.formats.carriers.yaml_layout import Layout
from advisor.formats.carriers.yaml_objects import kept_object, written_object
from advisor.formats.carriers.yaml_write import Laid
from advisor.formats.places import Path


@dataclass(slots=True)
class KeyedEntry:
    """An entry of an object that is keyed by names. ``value`` loses the children that `take_children` returns."""

    file: ObjectFile
    path: Path
    name: str
    value: dict[str, Any]
    order: tuple[str, ...] = ()

    def take_children(self, key: str) -> list[KeyedEntry]:
        """Return the entries of an inner object that are objects, and leave the others in it."""
        inner = self.value.get(key)
        if not isinstance(inner, dict):
            return []
        names = [name for name, value in inner.items() if isinstance(value, dict)]
        found = [keyed(self.file, inner, (*self.path, key), name) for name in names]
        self.value = self.value | {key: {name: value for name, value in inner.items() if name not in names}}
        self.order = tuple(inner) if self.value[key] else ()
        return found

    def kept(self, plain: dict[str, Any]) -> dict[str, Any]:
        """Return what is kept of the entry. Its children have to be taken before."""
        return read_entry(plain, self.value, self.file.take(*self.path), self.name, self.order)


def keyed(file: ObjectFile, members: Mapping[str, Any], path: Path, name: str) -> KeyedEntry:
    """Return the entry with this name."""
    return KeyedEntry(file, (*path, name), name, members[name])


def read_entry(
    plain: dict[str, Any], source: dict[str, Any], layout: Layout | None, name: str = "", order: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what `written_entries` needs to write an object again; ``order`` is that of its keys, if some were left in it."""
    kept = kept_object(plain, source, layout)
    named = {"name": name} if "key" in kept.get("layout", {}) else {}
    return kept | named | ({"order": list(order)} if order else {})


def written_entries(
    plain: dict[str, Any], kept: Mapping[str, Any], key: str, pairs: Iterable[tuple[str, Any]], name: str = ""
) -> Laid:
    """Return an object whose member ``key`` has these entries, and those that were not understood at their places."""
    whole = written_object(plain, kept)
    entries = dict(pairs)
    left = whole.get(key)
    if entries or (key in plain and isinstance(left, dict)):
        layout = whole.layout.get("keys", {}).get(key)
        whole[key] = merged_entries(entries, left if isinstance(left, dict) else {}, kept.get("order", ()), layout)
    if "key" in whole.layout and kept.get("name", name) != name:
        whole.layout = {each: value for each, value in whole.layout.items() if each != "key"}
    return whole


def merged_entries(
    entries: Mapping[str, Any], others: Mapping[str, Any], order: Sequence[str], layout: Layout | None
) -> Laid:
    """Return an object of entries, and of others at their places; of two with one name the entry counts."""
    names = _names(list(entries), [each for each in others if each not in entries], order)
    return Laid({each: entries[each] if each in entries else others[each] for each in names}, layout)


def _names(names: list[str], others: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the names with the others among them, each behind the one that was before it."""
    for index, other in enumerate(order):
        if other in others:
            before = next((each for each in reversed(order[:index]) if each in names), None)
            names.insert(0 if before is None else names.index(before) + 1, other)
    return names + [other for other in others if other not in names]
