"""Finds the ``integrations`` object in a pasted object: the object itself, options, a message, or a payload as sent.

Used by `explain`, and by the modules for calls, whose options and messages hold the object in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.explain.locate.argument_places import OPTIONS_LIBRARIES, PLACEMENTS
from advisor.explain.locate.found import ABSENT, Absent, Found, Payload, Stray
from advisor.explain.locate.near_words import near_words
from advisor.explain.parse.values import OpenObject, Path, Value, Variable
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import COMMON_FIELDS, JAVASCRIPT
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, CallType
from advisor.text import quote

_OPTIONS_KEYS = frozenset({"integrations", "Integrations", "options", "context", "timestamp", "anonymousId", "userId"})
_MESSAGE_KEYS = frozenset(
    {
        "type",
        "event",
        "properties",
        "traits",
        "messageId",
        "_metadata",
        "previousId",
        "groupId",
        "writeKey",
        "batch",
        "sentAt",
    }
    | {"originalTimestamp", "receivedAt", "channel", "user_id", "anonymous_id", "previous_id", "group_id", "message_id"}
)
_SENT_KEYS = frozenset(
    {"messageId", "sentAt", "receivedAt", "originalTimestamp", "writeKey", "_metadata", "projectId", "version"}
)
"""Keys that are added to a message when it is sent."""
ENVELOPE_KEYS = _OPTIONS_KEYS | _MESSAGE_KEYS
"""Keys that show that an object holds an ``integrations`` object, or should. No destination has one of them as its key."""

_ELSEWHERE: dict[Path, str] = {
    ("context", "integrations"): "context-integrations",
    ("context", "Integrations"): "context-integrations",
    ("context", "options", "integrations"): "context-integrations",
    ("context", "Extra", "integrations"): "context-integrations",
    ("properties", "integrations"): "properties-integrations",
    ("traits", "integrations"): "traits-integrations",
    ("options", "integrations"): "options-integrations",
    ("Integrations",): "capital-integrations",
}
"""Path where an object is not read -> the code of the problem."""


def locate_in_value(value: Value, library: str) -> Found:
    """Return the object found in a value that isn't a call."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and not _MESSAGE_KEYS.isdisjoint(value[0]):
        return _in_batch({}, value, (), library)
    if not isinstance(value, dict) or not _is_envelope(value):
        return Found("integrations", value)
    batch = value.get("batch")
    if isinstance(batch, list) and batch and isinstance(batch[0], dict):
        return _in_batch(value, batch, ("batch",), library)
    is_message_like = not _MESSAGE_KEYS.isdisjoint(value)
    found = locate_in_message(value, (), library)
    if is_message_like and library == "analytics.js":
        found = found.with_problems(_browser_message(value, found))
    is_message = is_message_like or library not in OPTIONS_LIBRARIES
    return replace(
        found,
        read_as="message" if is_message else "options",
        call=_call(value),
        payload=_payload(value, (), library) if is_message_like or _names_library(value) else None,
    )


def _is_envelope(value: dict[str, Value]) -> bool:
    if not ENVELOPE_KEYS.isdisjoint(value):
        return True
    return not isinstance(value.get("All"), bool) and bool(near_words(value))


def locate_in_message(value: dict[str, Value], path: Path, library: str) -> Found:
    """Return the object found in the options or message at this path; objects that aren't read are among its problems."""
    here = value.get("integrations", ABSENT)
    if here is ABSENT and isinstance(value, OpenObject):
        here = Variable(value.rest)
    strays = tuple(_strays(value, path, library))
    found = Found(
        "message",
        here,
        (*path, "integrations"),
        meant=strays[0].value if strays else ABSENT,
        meant_path=strays[0].path if strays else (),
        context=value.get("context", ABSENT),
        context_path=(*path, "context"),
        problems=tuple(each.problem for each in strays),
    )
    options = value.get("options")
    if library in ("ios", "android") and "integrations" not in value and isinstance(options, dict):
        inner = locate_in_message(options, (*path, "options"), library)
        problems = (*found.problems, *inner.problems)
        return replace(inner if inner.intended[0] is not ABSENT else found, problems=problems)
    return found


def _payload(value: dict[str, Value], path: Path, library: str) -> Payload | None:
    """Return what a sent message says besides its object. The two old mobile libraries have only sent messages."""
    options = value.get("options")
    was_sent = not _SENT_KEYS.isdisjoint(value) or _names_library(value)
    is_old = library in ("ios", "android") and not isinstance(options, dict)
    if not was_sent and not is_old:
        return None
    return Payload(value.get("_metadata", ABSENT), (*path, "_metadata"))


def _names_library(value: dict[str, Value]) -> bool:
    context = value.get("context")
    return isinstance(context, dict) and isinstance(context.get("library"), dict)


def _strays(value: dict[str, Value], path: Path, library: str) -> Iterator[Stray]:
    """Yield the objects that the library doesn't read; the first is the intended one."""
    for place, code in _ELSEWHERE.items():
        other = _at(value, place)
        if other is ABSENT or (code == "options-integrations" and library in ("ios", "android")):
            continue
        where = (*path, *place)
        message = f"The object is in {'.'.join(map(str, place))}, where {LIBRARIES[library].name} doesn’t read it."
        yield Stray(other, where, Problem(code, where, message, PLACEMENTS[library], COMMON_FIELDS))
    for where, other in _near(value, path):
        message = f"The key {quote(str(where[-1]))} isn’t read: the object is called integrations."
        yield Stray(other, where, Problem("near-word", where, message, "Call it integrations.", COMMON_FIELDS))
    context = value.get("context")
    if isinstance(context, dict) and isinstance(context.get("All"), bool):
        message = "The context holds All: bare options land there, and nothing reads them."
        problem = Problem("bare-options", (*path, "context", "All"), message, PLACEMENTS[library], COMMON_FIELDS)
        switches: Value = {key: each for key, each in context.items() if isinstance(each, bool)}
        yield Stray(switches, (*path, "context"), problem)


def _near(value: dict[str, Value], path: Path) -> Iterator[tuple[Path, Value]]:
    """Yield the entries whose key was meant to be ``integrations``: in place of it, or in the options or context."""
    yield from (((*path, key), value[key]) for key in near_words(value))
    for name in ("options", "context"):
        inner = value.get(name)
        if isinstance(inner, dict) and not isinstance(inner.get("All"), bool):
            yield from (((*path, name, key), inner[key]) for key in near_words(inner))


def _at(value: Value, place: Path) -> Value | Absent:
    found: Value | Absent = value
    for key in place:
        found = found.get(key, ABSENT) if isinstance(found, dict) and isinstance(key, str) else ABSENT
    return found


def _call(value: dict[str, Value]) -> CallType | None:
    named = value.get("type")
    for call in CALL_TYPES:
        if named == call:
            return call
    return "track" if "event" in value else None


def _in_batch(value: dict[str, Value], batch: list[Value], place: Path, library: str) -> Found:
    """Return the object of the first message, laid over the entries of the whole batch."""
    message = batch[0]
    assert isinstance(message, dict)
    path: Path = (*place, 0)
    found = locate_in_message(message, path, library)
    shared, own = value.get("integrations", ABSENT), found.integrations
    if isinstance(shared, dict) and (own is ABSENT or isinstance(own, dict)):
        own = {**shared, **(own if isinstance(own, dict) else {})}
    sent = Payload(message.get("_metadata", ABSENT), (*path, "_metadata"), value.get("context", ABSENT))
    problems = (*_other_messages(len(batch), place), *found.problems)
    return replace(found, integrations=own, call=_call(message), payload=sent, problems=problems)


def _other_messages(count: int, place: Path) -> Iterator[Problem]:
    if count > 1:
        text = f"This batch has {count:,} messages; the first one is looked at."
        yield Problem("batch", (*place, 1), text, "Paste the others one by one.", COMMON_FIELDS)


def _browser_message(value: dict[str, Value], found: Found) -> Iterator[Problem]:
    """Yield that Analytics.js takes no message, unless this is clearly a payload as it was sent."""
    sent = "type" in value or not _SENT_KEYS.isdisjoint(value) or _names_library(value)
    if found.integrations is not ABSENT and not sent:
        text = (
            "This is one message. Given to a call of Analytics.js, its properties are kept and this object is dropped."
        )
        yield Problem("message-in-browser", found.path, text, PLACEMENTS["analytics.js"], JAVASCRIPT)
