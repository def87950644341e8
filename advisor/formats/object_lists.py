"""Lists of objects in files: the entries that are understood, and the others, which are kept with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from advisor.formats.carriers.object_files import ObjectFile
from advisor.formats.carriers.yaml_write import Laid
from advisor.formats.places import Path
from advisor.formats.reading import PropertyReading


def apart(file: ObjectFile, values: Any, path: Path, is_ours: Callable[[Any], bool]) -> tuple[list[int], list[Any]]:
    """Return the indexes of the entries that are understood, and the other entries as `together` puts them back."""
    entries = values if isinstance(values, list) else []
    ours = [index for index, value in enumerate(entries) if is_ours(value)]
    chosen = set(ours)
    return ours, [[index, value, file.take(*path, index)] for index, value in enumerate(entries) if index not in chosen]


def together(entries: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Return a list with the other entries at their places."""
    whole = list(entries)
    for index, value, layout in others:
        whole.insert(min(index, len(whole)), Laid(value, layout) if isinstance(value, dict) else value)
    return whole


def text_of(value: Any) -> str:
    """Return a text as it is; an empty one for anything else."""
    return value if isinstance(value, str) else ""


def is_named(value: Any, key: str = "name", *, blank: bool = False) -> bool:
    """Return whether a value is an object with a name; names of properties may be blank."""
    return isinstance(value, dict) and isinstance(value.get(key), str) and (blank or bool(value[key].strip()))


def read_fields_list(
    file: ObjectFile,
    values: Any,
    path: Path,
    read_one: Callable[[dict[str, Any], Path], PropertyReading],
    is_ours: Callable[[Any], bool] = lambda value: is_named(value, blank=True),
) -> tuple[list[PropertyReading], list[Any]]:
    """Return the properties in a list of objects, and its other entries for `together`."""
    ours, others = apart(file, values, path, is_ours)
    return [read_one(values[index], (*path, index)) for index in ours], others
