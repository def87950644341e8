"""The comments above a call: our own words, and names only as `comment_text` returns them. Used by `render` and `files`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import Library
from advisor.knowledge.ruleset import RULESET
from advisor.model import Call, SharedId
from advisor.snippets.content import SETS_ID_BY_MESSAGE_ID, Content
from advisor.snippets.literals import comment_text
from advisor.snippets.values import Settings

_ADDRESS = re.compile(r"https?://[\w.~:/?#@!$&'()+,;=%\[\]-]+", re.ASCII)
EXACT = "Keys of the integrations object are case-sensitive, and a wrong one fails without an error."
"""A remark that holds for every object, so a file of many calls has it once."""
_OPEN = "No integrations object: everything that is enabled for this source receives the call."
_SETTINGS = (
    "Settings in place of true switch a destination on as well, also where a filter in your Segment workspace says otherwise; "
    "where none of their values was sent, it is true."
)
_CONTEXT = "handoff.context holds {parts}; what is missing is left out, and consent is never empty."
_NEEDS_USER = "Only where the user is known: an alias joins two ids, and libraries refuse it without one of them."
_REPLACED = (
    "{property} is the hand-off’s {value} here, because a destination reads it there: the plan’s own property of this name "
    "is not sent. Give yours another name."
)
_FILL_IN = "Put the values of the hand-off in place of the texts in square brackets, and leave out what was not sent."
_SHARED_BY_CLIENT = (
    "{property} is the id that {client} and {server} share: pass the same value to your server. "
    "Never share the messageId itself between the two calls; Segment would drop the second."
)
_AS_MESSAGE_ID = "{client} sends the messageId as that id, so this call sets it; the server call keeps its own."
_SHARED_BY_SERVER = "{property} is the id that {client} and {server} share: the value that the client call has."
_IN_THE_WORKSPACE = "To be set in your Segment workspace, or these destinations won’t read what the call says:"
_STEP = "{destination}, {setting}: {value} (default {default})."
_CANNOT_SHARE = (
    "{client} and {server} tell copies apart by {property}, which the client call must not carry: "
    "they count this event twice."
)


def remarks(library: Library, call: Call, content: Content, permalink: str | None) -> tuple[str, ...]:
    """Return the lines, without comment marks. Raises `ValueError` for a permalink that isn't a plain address."""
    return tuple(_remarks(library, call, content, permalink))


def unsupported_remarks(library: Library, content: Content) -> tuple[str, ...]:
    """Return what to do if the library has no such call."""
    if library.side == "server":
        way = f"Send it with the HTTP API: POST /v1/{content.type}, with the same fields."
    else:
        way = "Plan this as a screen call."
    return (f"{library.name} has no {content.type} call. {way}",)


def on_support(library: Library) -> Iterator[str]:
    """Yield the line about a library that is no longer supported."""
    if library.status != "current":
        yield f"{library.name} has reached its end of support."


def _remarks(library: Library, call: Call, content: Content, permalink: str | None) -> Iterator[str]:
    yield f"Tracking Advisor, ruleset {RULESET}: the {call.side} call for {library.name}."
    yield EXACT if content.integrations else _OPEN
    yield from on_support(library)
    if permalink is not None:
        # Never among the first two lines: there, a query such as ?coding=... would be a directive to Python.
        if not _ADDRESS.fullmatch(permalink):
            raise ValueError("a permalink is an http address without blanks, quotes or angle brackets")
        yield permalink
    if content.withheld:
        yield f"Not in this call, on purpose: {_names(content.withheld)}."
    for name, value in content.replaced:
        yield _REPLACED.format(property=comment_text(name), value=comment_text(value))
    if content.context:
        yield _CONTEXT.format(parts=_names(content.context))
    if content.needs_user:
        yield _NEEDS_USER
    if content.uses_handoff and library.code.language in ("shell", "html"):
        yield _FILL_IN
    if any(isinstance(value, Settings) for value in content.integrations.values()):
        yield _SETTINGS
    yield from _on_shared_ids(call, content)
    yield from _on_setup(content)


def _on_setup(content: Content) -> Iterator[str]:
    """Yield the settings in a Segment workspace without which the call's content isn't read. All of it is our own text."""
    if content.setup:
        yield _IN_THE_WORKSPACE
    for step in content.setup:
        yield _STEP.format(
            destination=destination_name(step.destination),
            setting=step.setting,
            value=step.value,
            default=step.default,
        )


def _on_shared_ids(call: Call, content: Content) -> Iterator[str]:
    for pair in content.unshared:
        yield _CANNOT_SHARE.format(**_safe_names(pair))
    for pair in content.shared:
        if call.side == "server":
            yield _SHARED_BY_SERVER.format(**_safe_names(pair))
            continue
        yield _SHARED_BY_CLIENT.format(**_safe_names(pair))
        if pair.client in SETS_ID_BY_MESSAGE_ID:
            yield _AS_MESSAGE_ID.format(**_safe_names(pair))


def _safe_names(pair: SharedId) -> dict[str, str]:
    return {
        "client": comment_text(pair.client),
        "server": comment_text(pair.server),
        "property": comment_text(pair.property),
    }


def _names(names: Iterable[str]) -> str:
    return ", ".join(comment_text(name) for name in names)
