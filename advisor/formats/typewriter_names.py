"""Finds names and descriptions of events that Typewriter can't compile: it writes them into code without escaping them.

Found by running Typewriter 9.2 and TypeScript over a plan with each of these. Names of properties and their descriptions are
escaped; only those of events are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.formats.losses import Loss
from advisor.formats.places import shown
from advisor.model import Event, Plan

_RESERVED = frozenset(
    (
        *(
            "arguments",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "debugger",
            "default",
            "delete",
        ),
        *("do", "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements"),
        *("import", "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public"),
        *("return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while"),
        *("with", "yield"),
    )
)
"""Words that can't be the name of a function in a module of TypeScript."""
_OWN = frozenset(
    (
        "analytics",
        "callback",
        "omit",
        "parameters",
        "record",
        "trackmessage",
        "settypewriteroptions",
        "withtypewritercontext",
    )
)
"""Names that the generated code has already."""
_BREAKS = re.compile("[\n\r\u2028\u2029\\\\]")
_RENAME = "written; Typewriter’s code does not compile with it: rename the event, or leave it out"
_OTHER_NAME = "written; Typewriter’s code sends another name or does not compile: rename the event, or leave it out"


def uncompilable(plan: Plan) -> Iterator[Loss]:
    """Yield what of the events of a plan breaks the code that Typewriter makes of it, with what to do."""
    for event in plan.events:
        if event.call == "track":  # Typewriter passes over all other rules
            yield from _of_event(event)


def _of_event(event: Event) -> Iterator[Loss]:
    words = re.findall(r"[^\W_]+", event.name.lower())
    word = "".join(words)
    if len(words) == 1 and word in _RESERVED:
        yield Loss(event.name, f"the name {shown(event.name)}: it becomes the reserved word {word}", _RENAME)
    elif word in _OWN:
        yield Loss(event.name, f"the name {shown(event.name)}: the code has that name already", _RENAME)
    if _BREAKS.search(event.name):
        yield Loss(event.name, f"the name {shown(event.name)}: a line end or a backslash", _OTHER_NAME)
    if "*/" in event.name:
        yield Loss(event.name, f"the name {shown(event.name)}: “*/” ends a comment in the code", _RENAME)
    if "*/" in event.description:
        done = "written; Typewriter’s code does not compile with it: take “*/” out"
        yield Loss(event.name, "the description: “*/” ends a comment in the code", done)
