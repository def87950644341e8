"""Writes a whole plan as code: one file per library, with its set-up and one function per call, as files.

Used by `advisor.cli.snippets`, `advisor.web.api.views.snippets` and `advisor.web.plans.export.views.code`.
"""

from __future__ import annotations

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


def _in_use(plan: Plan) -> list[Library]:
    used = {call.library for event in plan.events for call in recommendation_of(event).calls}
    return [LIBRARIES[key] for key in (*plan.sources.client, plan.sources.server) if key and key in used]


def _calls(plan: Plan, library: str) -> Iterator[tuple[FunctionName, Event, Call]]:
    """Yield the library's calls. Names are those of the whole plan, so that an event has the same one in every file."""
    names = function_names((event.call, event.name) for event in plan.events)
    for name, event in zip(names, plan.events, strict=True):
        carrying = with_all_properties(plan, event)
        yield from ((name, carrying, call) for call in recommendation_of(event).calls if call.library == library)


def _files(plan: Plan, library: Library) -> Iterator[File]:
    name = library.key.removesuffix(".js") + "." + library.code.extension
    yield File(name, _text(plan, library))
    for tag in setup(library.key).alternatives:
        yield File(f"{library.key.removesuffix('.js')}-tag.{tag.language}", _head(library, tag.language) + tag.code)


def _text(plan: Plan, library: Library) -> str:
    macros: Any = library_template(library.key)
    functions = [_function(library, macros, *named) for named in _calls(plan, library.key)]
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
