"""Plans as they come from files of other tools: the samples of each format, and the plan that a reading becomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import UNSET

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.folders import read_paths
from advisor.formats.exchange import Format, PlanReading, WriteOptions, formats, to_plan
from advisor.model import Event, Plan, Property

SAMPLES = Path(__file__).parent / "samples"
"""A folder for each format, named by its key; each file or folder in it is one plan."""
MODEL_HOLDS_ALL = "common" in Plan.__struct_fields__
"""Whether the plan document has a place for versions, common properties, lists in labels and the type null."""


def samples() -> list[tuple[str, Path]]:
    """The key of a format and a sample of it, for every sample there is."""
    return [(folder.name, path) for folder in sorted(SAMPLES.iterdir()) for path in sorted(folder.iterdir())]


def tree_of(path: Path) -> FileTree:
    """The files of a sample."""
    return read_paths([path])


def brought(path: Path, form: Format) -> tuple[Plan, PlanReading]:
    """The plan of a sample, and what was read."""
    assert form.read is not None
    tree = tree_of(path)
    reading = form.read(tree)
    return plan_of(reading, tree), reading


def plan_of(reading: PlanReading, tree: FileTree) -> Plan:
    """The plan of a reading."""
    if MODEL_HOLDS_ALL or reading.whole is not None:
        return to_plan(reading, tree).plan
    return _built(reading.document())


def written(plan: Plan, form: Format) -> dict[str, bytes]:
    """The files of a plan in a format, without anything added."""
    assert form.write is not None
    return form.write(plan, WriteOptions()).files


def again(files: dict[str, bytes], form: Format) -> Plan:
    """The plan that is read from files which were just written."""
    assert form.read is not None
    tree = FileTree.of(files)
    return plan_of(form.read(tree), tree)


def reading_formats() -> list[Format]:
    """Every format that plans can be imported from."""
    return [form for form in formats().values() if form.reads]


def _built(value: dict[str, Any]) -> Plan:
    events = tuple(map(_event, value.get("events", ())))
    extra = value.get("extra", {}) | {"common": [_property(each) for each in value.get("common", ())]}
    known = {key: value[key] for key in ("name", "description") if key in value}
    return Plan(**known, events=events, extra=extra)


def _event(value: dict[str, Any]) -> Event:
    known = {
        key: tuple(member) if isinstance(member, list) else member
        for key, member in value.items()
        if key in Event.__struct_fields__
    }
    extra = value.get("extra", {}) | {
        key: value[key] for key in ("version", "practice", "owner", "status") if key in value
    }
    return Event(**known | {"properties": tuple(map(_property, value.get("properties", ()))), "extra": extra or UNSET})


def _property(value: dict[str, Any]) -> Property:
    children = tuple(map(_property, value.get("properties", ())))
    known = {key: member for key, member in value.items() if key in Property.__struct_fields__}
    return Property(**known | {"properties": children, "values": tuple(value.get("values", ()))})
