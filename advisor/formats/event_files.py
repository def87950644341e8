"""Folders in which each event has a file of its own, and the files beside them, which come back as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.object_files import kept_bytes, kept_file, peeked
from advisor.formats.extra import format_extra
from advisor.formats.file_names import all_different, filled_path
from advisor.formats.losses import LossList
from advisor.formats.own_slot import is_beside
from advisor.formats.reading import PlanReading
from advisor.model import Plan

_OTHERS = "others"


@dataclass(frozen=True, slots=True)
class EventFile:
    """A file to be written: the path that it should have, whether it came with that path, and its content for a path."""

    path: str
    came: bool
    content: Callable[[str], bytes]


def event_file(
    kept: Mapping[str, Any], parts: Sequence[str], usual: Iterable[str | int], content: Callable[[str], bytes]
) -> EventFile:
    """Return the file of an event: at the path that it came with, with its parts as they are today, else at the usual one."""
    template = kept.get("path")
    return EventFile(filled_path(template or usual, parts), template is not None, content)


def keep_beside(reading: PlanReading, file: SourceFile, reason: str, namespace: str = "") -> None:
    """Note that a file is no event, and keep it, so that it comes back."""
    reading.leave_out(file.place, f"file {file.path}", reason)
    reading.extra.setdefault(namespace or reading.format, {}).setdefault(_OTHERS, []).append(kept_file(file))


def skip(reading: PlanReading, file: SourceFile) -> None:
    """Note that a file can't be read, or holds nothing of the format; it does not come back."""
    problem = error.problems[0] if (error := file.plain_error()) else None
    place = problem.place if problem else file.place
    reason = problem.message if problem else "Skipped: it is no part of the plan, and an export leaves it out."
    reading.leave_out(place, f"file {file.path}", reason)


def event_sources(tree: FileTree, reading: PlanReading) -> list[tuple[SourceFile, Any]]:
    """Return the files that hold an object, with it; all others are skipped, but for our own document."""
    found = []
    for file in tree.files:
        value = peeked(file)
        if isinstance(value, dict) and not is_beside(file):
            found.append((file, value))
        elif not is_beside(file):
            skip(reading, file)
    return found


def highest_versions(
    reading: PlanReading, files: Sequence[SourceFile], key: Callable[[SourceFile], tuple[str, tuple[int, ...]]]
) -> dict[str, list[SourceFile]]:
    """Return the files with the highest version of each schema by path, each with its lower versions behind it.

    ``key`` returns what is the same for all versions of a schema, and the version.
    """
    groups: dict[str, list[SourceFile]] = {}
    for file in files:
        groups.setdefault(key(file)[0], []).append(file)
    found = {}
    for group in groups.values():
        first = max(group, key=lambda file: key(file)[1])
        older = [file for file in group if file is not first]
        for file in older:
            reading.leave_out(
                file.place, f"file {file.path}", f"{first.path} has a higher version; it is kept with that."
            )
        found[first.path] = [first, *older]
    return found


def kept_older(name: str, files: Sequence[SourceFile]) -> dict[str, Any]:
    """Return the lower versions of an event's schema, as they are kept with the event."""
    return {"older": [name, [kept_file(file) for file in files]]} if files else {}


def older_files(plan: Plan, namespace: str, lost: LossList) -> list[Mapping[str, str]]:
    """Return the lower versions of the schemas of a plan. Those of a renamed event would be events again, and are lost."""
    found: list[Mapping[str, str]] = []
    for event in plan.events:
        name, files = format_extra(event, namespace).get("older", (event.name, ()))
        if name == event.name:
            found += files
        else:
            lost.add(event.name, f"the older versions of {name}", "left out, because the event has another name")
    return found


def written_files(
    files: Sequence[EventFile], kept: Mapping[str, Any], older: Sequence[Mapping[str, str]] = ()
) -> dict[str, bytes]:
    """Return the files of an export: those of events, each at a path of its own, and those that were kept beside them."""
    others = {each["path"]: kept_bytes(each) for each in (*older, *kept.get(_OTHERS, ()))}
    paths = all_different([each.path for each in files], [each.came for each in files], taken=others)
    return {path: each.content(path) for path, each in zip(paths, files, strict=True)} | others
