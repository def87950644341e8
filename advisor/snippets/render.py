"""Renders a call, and the set-up of a library, as code."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from advisor.knowledge.libraries import LIBRARIES, Language, Library, Status, Verified
from advisor.model import CALL_TYPES, Call, CallType, Event, Plan, with_all_properties
from advisor.snippets.content import Content, content_of
from advisor.snippets.library_templates import library_template
from advisor.snippets.literals import GRAMMARS, literal
from advisor.snippets.remarks import remarks, unsupported_remarks
from advisor.snippets.values import Value

_WIDTH = 88
"""The maximum width of a comment line, without its comment marks."""


@dataclass(frozen=True)
class Snippet:
    """The code of one call.

    ``notes`` are the lines of its comments, and the library's pitfall; ``verified`` says how far the snippets of this library
    have been tested.
    """

    library: str
    language: Language
    file_extension: str
    text: str
    notes: tuple[str, ...]
    verified: Verified


@dataclass(frozen=True)
class Tag:
    """Another way to set a library up, with its title."""

    title: str
    language: Language
    code: str


@dataclass(frozen=True)
class Setup:
    """The code that a library needs before the first call.

    ``local`` points the library to a capture server on this machine, for tests; ``needs`` is the code that calls use as well:
    the hand-off as a type, and our own functions and plugins. ``runtime`` is the minimum version.
    """

    library: str
    name: str
    language: Language
    install: str
    code: str
    needs: str
    alternatives: tuple[Tag, ...]
    local: str
    status: Status
    runtime: str
    docs: str
    trap: str
    calls: tuple[CallType, ...]
    verified: Verified


def snippet(plan: Plan, event: Event, call: Call, *, permalink: str | None = None) -> Snippet:
    """Return the code of one call of an advised event.

    Raises `ValueError` for a call whose library isn't in the plan and for a permalink that isn't a plain address,
    `TypeError` for an event that was not advised.
    """
    if call.library is None or call.library not in (*plan.sources.client, plan.sources.server):
        raise ValueError("the plan has no library for this call")
    library = LIBRARIES[call.library]
    content = content_of(with_all_properties(plan, event), call)
    lines = remarks(library, call, content, permalink)
    text = comment_lines(lines, library.code.language) + render_call(library, content)
    if event.call not in library.code.calls:
        lines = (*lines, *unsupported_remarks(library, content))
    return Snippet(
        library=library.key,
        language=library.code.language,
        file_extension=library.code.extension,
        text=text,
        notes=(*lines, library.code.trap),
        verified=library.code.verified,
    )


def setup(library: str) -> Setup:
    """Return how a library is installed and initialised. Raises `KeyError` for an unknown library."""
    known = LIBRARIES[library]
    macros = library_template(library)
    return Setup(
        library=library,
        name=known.name,
        language=known.code.language,
        install=known.code.install,
        code=_macro(macros, "setup"),
        needs=_macro(macros, "helper"),
        alternatives=_alternatives(macros),
        local=_macro(macros, "local"),
        status=known.status,
        runtime=known.code.runtime,
        docs=known.docs,
        trap=known.code.trap,
        calls=tuple(kind for kind in CALL_TYPES if kind in known.code.calls),
        verified=known.code.verified,
    )


def render_call(library: Library, content: Content) -> str:
    """Return the call itself, without comments above it. A call that the library doesn't have becomes a comment."""
    language = library.code.language
    if content.type not in library.code.calls:
        return comment_lines(unsupported_remarks(library, content), language)
    macros: Any = library_template(library.key)

    def write_literal(value: Value, depth: int = 0) -> str:
        return literal(value, language, depth)

    return _tidy(macros.call(content, write_literal))


def comment_lines(lines: tuple[str, ...], language: Language) -> str:
    """Return lines as comments of the language. Lines must have no line breaks, and names only as `comment_text` returns them."""
    before, after = ("<!-- ", " -->") if language == "html" else (GRAMMARS[language].comment, "")
    return "".join(f"{before}{part}{after}\n" for line in lines for part in _wrap(line))


def _wrap(line: str) -> list[str]:
    return textwrap.wrap(line, width=_WIDTH, break_long_words=False, break_on_hyphens=False)


def _alternatives(macros: Any) -> tuple[Tag, ...]:
    tag = _macro(macros, "tag")
    return (Tag("In the page, without a bundler", "html", tag),) if tag else ()


def _macro(macros: Any, name: str) -> str:
    macro = getattr(macros, name, None)
    return _tidy(macro()) if macro else ""


def _tidy(text: str) -> str:
    """Return the text without empty lines at its ends and with one final line feed; an empty text stays empty."""
    stripped = text.strip("\n")
    return f"{stripped}\n" if stripped else ""
