"""Writes a whole plan as code: one file per library, with its set-up and one function per call, as files or as a zip.

Used by `advisor.cli.snippets`, `advisor.web.api.views.snippets` and `advisor.web.plans.export`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from advisor.knowledge.libraries import LIBRARIES, Library
from advisor.knowledge.ruleset import RULESET
from advisor.model import Call, Event, Plan, recommendation_of, with_all_properties
from advisor.snippets.content import content_of
from advisor.snippets.function_names import FunctionName, function_names
from advisor.snippets.library_templates import library_template
from advisor.snippets.remarks import EXACT, on_support, remarks
from advisor.snippets.render import comment_lines, render_call, setup

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry in a zip, the earliest that a zip allows: the same plan must give the same bytes."""
_FIRST = ("#!", "<?", "<!")
_MADE = "Tracking Advisor wrote this file (ruleset {ruleset}). Writing the plan's code again replaces it."
MARK = "Tracking Advisor wrote this file"
"""Text that marks a file as written by us."""


@dataclass(frozen=True)
class File:
    """A file to write. ``name`` has only ASCII letters, digits, dots and hyphens."""

    name: str
    text: str


def snippets_of(plan: Plan, libraries: Iterable[str] = ()) -> tuple[File, ...]:
    """Return the files of an advised plan: for the given libraries, or without any for every library that has a call.

    Raises `TypeError` for a plan that was not advised, `KeyError` for an unknown library.
    """
    wanted = [LIBRARIES[key] for key in libraries] or _in_use(plan)
    return tuple(file for library in dict.fromkeys(wanted) for file in _files(plan, library))


def zip_files(files: Iterable[File]) -> bytes:
    """Return the files as a zip: the same bytes for the same files."""
    return zip_entries((file.name, file.text.encode()) for file in files)


def zip_entries(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return contents by their paths as a zip: the same bytes for the same contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in entries:
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _in_use(plan: Plan) -> list[Library]:
    return [LIBRARIES[key] for key in (*plan.sources.client, plan.sources.server) if key and any(_calls(plan, key))]


def _calls(plan: Plan, library: str) -> Iterator[tuple[Event, Call]]:
    for event in plan.events:
        carrying = with_all_properties(plan, event)
        yield from ((carrying, call) for call in recommendation_of(event).calls if call.library == library)


def _files(plan: Plan, library: Library) -> Iterator[File]:
    name = library.key.removesuffix(".js") + "." + library.code.extension
    yield File(name, _text(plan, library))
    for tag in setup(library.key).alternatives:
        yield File(f"{library.key.removesuffix('.js')}-tag.{tag.language}", _head(library, tag.language) + tag.code)


def _text(plan: Plan, library: Library) -> str:
    macros: Any = library_template(library.key)
    calls = list(_calls(plan, library.key))
    names = function_names((event.call, event.name) for event, _ in calls)
    functions = [
        _function(library, macros, name, event, call) for name, (event, call) in zip(names, calls, strict=True)
    ]
    text: str = macros.file(setup(library.key).code.strip("\n"), functions).strip("\n") + "\n"
    head = _head(library, library.code.language)
    # A required first line, such as <?php, stays first.
    first, line_feed, rest = text.partition("\n") if text.startswith(_FIRST) else ("", "", text)
    return first + line_feed + head + rest.lstrip("\n")


def _head(library: Library, language: Any) -> str:
    lines = (
        _MADE.format(ruleset=RULESET),
        f"{library.name}; needs {library.code.runtime}. Install: {library.code.install}",
        f"How far these snippets are tried: {library.code.verified}.",
        *_of_every_call(library),
    )
    return comment_lines(lines, language) + "\n"


def _function(library: Library, macros: Any, name: FunctionName, event: Event, call: Call) -> str:
    content = content_of(event, call)
    _, *lines = remarks(library, call, content, None)
    said_once = _of_every_call(library)
    above = comment_lines(tuple(line for line in lines if line not in said_once), library.code.language)
    body = "\n".join(line.rstrip() for line in (above + render_call(library, content)).strip("\n").split("\n"))
    function: str = macros.function(name, content, body).strip("\n")
    return function


def _of_every_call(library: Library) -> tuple[str, ...]:
    return (EXACT, *on_support(library))
