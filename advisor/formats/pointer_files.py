"""Recognises files that only point to a plan kept elsewhere, or are a small part of one, and says which files to bring.

They are recognised by their keys. `advisor.formats.registry` asks only when no format was recognised, so that a pointer
beside the plan that it points to is no problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from advisor.formats.carriers.file_tree import FileTree, SourceFile


@dataclass(frozen=True, slots=True)
class _PointerFile:
    """A kind of pointer, or of a part: it has all of ``keys``, and one of ``any_of`` if there are some."""

    title: str
    keys: frozenset[str]
    any_of: frozenset[str]
    bring: str
    is_part: bool = False
    """Whether the file is part of a plan that is a folder of files."""
    why: str = ""
    """Why it holds no events, if it neither points to a plan nor is part of one."""


_POINTERS = (
    _PointerFile(
        "Amplitude’s ampli.json",
        frozenset({"Branch", "Version", "Runtime"}),
        frozenset({"ProjectId", "SourceId", "Path"}),
        "Bring the CSV instead: in Amplitude under Data, Events, Export.",
    ),
    _PointerFile(
        "Avo’s avo.json",
        frozenset({"avo", "schema", "branch"}),
        frozenset(),
        "Bring the JSON or CSV instead: in Avo under Export in the tracking plan, or from its export API.",
    ),
    _PointerFile(
        "Typewriter’s typewriter.yml",
        frozenset({"client", "trackingPlans"}),
        frozenset(),
        "Bring plan.json instead; it lies in the folder that “path” in the file names.",
    ),
    _PointerFile(
        "RudderTyper’s ruddertyper.yml",
        frozenset({"trackingPlan"}),
        frozenset({"version", "client", "generator", "apiUrl", "language"}),
        "Bring plan.json instead, or the reply of RudderStack’s catalog API.",
    ),
    _PointerFile(
        "Snowtype’s snowtype.config.json",
        frozenset({"language"}),
        frozenset({"eventSpecificationIds", "dataProductIds", "igluCentralSchemas", "dataStructures"}),
        "Bring the folder that “snowplow-cli dp download” writes, or the folder of schemas.",
    ),
    _PointerFile(
        "PostHog’s posthog.json",
        frozenset({"languages"}),
        frozenset(),
        "Bring the replies of PostHog’s API instead: event_definitions, schema_property_groups and event_schemas.",
    ),
    _PointerFile(
        "Google Tag Manager’s container",
        frozenset({"exportFormatVersion", "containerVersion"}),
        frozenset(),
        "Bring the plan of the events instead: a sheet or a page with a row for each event.",
        why="it says how tags and variables are set up",
    ),
    _PointerFile(
        "tracking-plan-kit’s plan.yaml",
        frozenset({"display_name", "name"}),
        frozenset(),
        "Bring the whole folder, in which “events” has a file for each event.",
        is_part=True,
    ),
    _PointerFile(
        "tracking-plan-kit’s file of traits",
        frozenset({"traits"}),
        frozenset(),
        "Bring the whole folder, in which “events” has a file for each event.",
        is_part=True,
    ),
)


def file_to_bring(tree: FileTree) -> str | None:
    """Return what to bring instead of a file that only points to a plan; None if there is no such file."""
    kind = next((kind for file in tree.files if (kind := _kind_of_file(file))), None)
    if kind is None:
        return None
    why = "it is one part of a plan" if kind.is_part else "it only points to a plan kept elsewhere"
    return f"{kind.title} holds no events; {kind.why or why}. {kind.bring}"


def only_points(file: SourceFile) -> bool:
    """Return whether a file only points to a plan, so that a reader of the plan beside it can pass over it."""
    kind = _kind_of_file(file)
    return kind is not None and not kind.is_part


def holds_no_events(file: SourceFile) -> bool:
    """Return whether a file is of a kind that never holds events, whatever lists are in it."""
    return _kind_of_file(file) is not None


def _kind_of_file(file: SourceFile) -> _PointerFile | None:
    values = (file.peek_json(), file.peek_yaml())
    return next((kind for value in values if isinstance(value, dict) and (kind := _kind_of(value))), None)


def _kind_of(value: dict[str, Any]) -> _PointerFile | None:
    keys = value.keys()
    return next(
        (kind for kind in _POINTERS if kind.keys <= keys and (not kind.any_of or not kind.any_of.isdisjoint(keys))),
        None,
    )
