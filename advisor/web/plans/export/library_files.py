"""The code of a plan as files, one or more for each library, and the preview of one file. The code page uses it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from msgspec.structs import replace

from advisor.knowledge.libraries import LIBRARIES, Language, Library
from advisor.model import Event, Plan, recommendation_of
from advisor.presentation.calls import Token
from advisor.snippets.files import File, snippets_of
from advisor.web.advice_panel.code import TRIED
from advisor.web.advice_panel.highlight import highlight

PREVIEWED_CALLS = 100
PREVIEWED_LINES = 5_000

Callers = dict[str, list[Event]]
"""The libraries of a plan that send at least one event, in the order of the plan, with these events."""


@dataclass(frozen=True)
class LibraryFiles:
    """A library of the plan: the number of calls it makes, and its files with at most `PREVIEWED_CALLS` of these calls."""

    library: Library
    calls: int
    files: tuple[File, ...]
    is_chosen: bool

    @property
    def tried(self) -> str:
        """Return the sentence that says how well its snippets are tested."""
        return TRIED[self.library.code.verified]


@dataclass(frozen=True)
class FilePreview:
    """The beginning of a file. ``lines`` is the number of lines shown; ``is_whole`` says whether that is the whole file."""

    name: str
    language: Language
    tokens: tuple[Token, ...]
    lines: int
    is_whole: bool


def callers_of(plan: Plan) -> Callers:
    """Return the libraries in use of an advised plan, with their events."""
    found: Callers = {key: [] for key in (*plan.sources.client, plan.sources.server) if key}
    for event in plan.events:
        for call in recommendation_of(event).calls:
            if call.library:
                found[call.library].append(event)
    return {key: events for key, events in found.items() if events}


def library_files(plan: Plan, callers: Callers, chosen: Collection[str]) -> tuple[LibraryFiles, ...]:
    """Return the files of all libraries in use. ``chosen`` are the keys of those that the visitor chose."""
    return tuple(
        LibraryFiles(
            library=LIBRARIES[key],
            calls=len(events),
            files=snippets_of(replace(plan, events=tuple(events[:PREVIEWED_CALLS])), [key]),
            is_chosen=key in chosen,
        )
        for key, events in callers.items()
    )


def file_preview(listed: tuple[LibraryFiles, ...], name: str | None) -> FilePreview | None:
    """Return a preview of the file with this name, else of the first file of a chosen library; None if there is no file."""
    shown = [(item, file) for item in listed if item.is_chosen for file in item.files]
    if not shown:
        return None
    item, file = next((each for each in shown if each[1].name == name), shown[0])
    lines = file.text.splitlines(keepends=True)
    language: Language = "html" if file.name.endswith(".html") else item.library.code.language
    return FilePreview(
        name=file.name,
        language=language,
        tokens=highlight("".join(lines[:PREVIEWED_LINES]), language),
        lines=min(len(lines), PREVIEWED_LINES),
        is_whole=item.calls <= PREVIEWED_CALLS and len(lines) <= PREVIEWED_LINES,
    )
