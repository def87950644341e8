"""Plans as they come from files of other tools: the samples of each format, and the plan that a reading becomes."""

from __future__ import annotations

from pathlib import Path

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.folders import read_paths
from advisor.formats.exchange import Format, PlanReading, WriteOptions, formats, to_plan
from advisor.model import Plan

SAMPLES = Path(__file__).parent / "samples"
"""A folder for each format, named by its key; each file or folder in it is one plan."""


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
    return to_plan(reading, tree).plan, reading


def written(plan: Plan, form: Format) -> dict[str, bytes]:
    """The files of a plan in a format, without anything added."""
    assert form.write is not None
    return form.write(plan, WriteOptions()).files


def again(files: dict[str, bytes], form: Format) -> Plan:
    """The plan that is read from files which were just written."""
    return read_plan(FileTree.of(files), form)


def read_plan(tree: FileTree, form: Format) -> Plan:
    """The plan in files of a format."""
    assert form.read is not None
    return to_plan(form.read(tree), tree).plan


def reading_formats() -> list[Format]:
    """Every format that plans can be imported from."""
    return [form for form in formats().values() if form.reads]
