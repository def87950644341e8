"""Finds the ``integrations`` object in an object: itself, an options argument, a message, or a payload as sent."""

from __future__ import annotations

from advisor.explain.found import ABSENT, Absent, Found
from advisor.explain.placements import CLOSURE_LIBRARIES, OPTIONS_LIBRARIES, PLACEMENTS
from advisor.explain.report import Report
from advisor.explain.sources import COMMON_FIELDS
from advisor.explain.values import Path, Value
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, CallType

_OPTIONS_KEYS = frozenset({"integrations", "Integrations", "options", "context", "timestamp", "anonymousId", "userId"})
_MESSAGE_KEYS = frozenset(
    {"type", "event", "properties", "traits", "messageId", "previousId", "groupId", "writeKey", "batch", "sentAt"}
    | {"originalTimestamp", "receivedAt", "channel", "user_id", "anonymous_id", "previous_id", "group_id", "message_id"}
)
ENVELOPE_KEYS = _OPTIONS_KEYS | _MESSAGE_KEYS
"""Keys that show that an object holds an ``integrations`` object, or should. No destination has one of them as its key."""

_ELSEWHERE: dict[Path, str] = {
    ("context", "integrations"): "context-integrations",
    ("context", "Integrations"): "context-integrations",
    ("context", "options", "integrations"): "context-integrations",
    ("properties", "integrations"): "properties-integrations",
    ("traits", "integrations"): "traits-integrations",
    ("options", "integrations"): "options-integrations",
    ("Integrations",): "capital-integrations",
}
"""Where an object lands that is not read -> the problem."""


def read_object(value: Value, library: str, report: Report) -> Found:
    """Find the object in what is no call."""
    if not isinstance(value, dict) or ENVELOPE_KEYS.isdisjoint(value):
        return Found("integrations", value)
    batch = value.get("batch")
    if isinstance(batch, list) and batch and isinstance(batch[0], dict):
        return _batch(value, batch, library, report)
    is_message_like = not _MESSAGE_KEYS.isdisjoint(value)
    is_message = is_message_like or library not in OPTIONS_LIBRARIES
    found = in_envelope(value, (), library, report)
    if library in CLOSURE_LIBRARIES and not is_message_like and found.intended[0] is not ABSENT:
        _no_argument(library, found, report)
    _warn_of_message(value, library, found, report)
    return Found(
        "message" if is_message else "options",
        found.integrations,
        found.path,
        _call(value),
        found.meant,
        found.meant_path,
    )


def in_envelope(value: dict[str, Value], path: Path, library: str, report: Report) -> Found:
    """The object of an options argument or a message at this path; places that aren't read are reported."""
    here = value.get("integrations", ABSENT)
    meant, meant_path = _misplaced(value, path, library, report)
    if library in ("ios", "android") and here is ABSENT:
        options = value.get("options")
        if isinstance(options, dict) and "integrations" in options:
            return Found("message", options["integrations"], (*path, "options", "integrations"))
    return Found("message", here, (*path, "integrations"), None, meant, meant_path)


def _misplaced(value: dict[str, Value], path: Path, library: str, report: Report) -> tuple[Value | Absent, Path]:
    first: tuple[Value | Absent, Path] = (ABSENT, ())
    for place, code in _ELSEWHERE.items():
        other = _at(value, place)
        if other is ABSENT or (code == "options-integrations" and library in ("ios", "android")):
            continue
        where = (*path, *place)
        message = f"The object is in {'.'.join(map(str, place))}, where {LIBRARIES[library].name} doesn’t read it."
        report.add(code, where, message, PLACEMENTS[library], COMMON_FIELDS)
        first = (other, where) if first[0] is ABSENT else first
    context = value.get("context")
    if isinstance(context, dict) and isinstance(context.get("All"), bool):
        message = "The context holds All: bare options land there, and nothing reads them."
        report.add("bare-options", (*path, "context", "All"), message, PLACEMENTS[library], COMMON_FIELDS)
        switches: Value = {key: each for key, each in context.items() if isinstance(each, bool)}
        first = (switches, (*path, "context")) if first[0] is ABSENT else first
    return first


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


def _batch(value: dict[str, Value], batch: list[Value], library: str, report: Report) -> Found:
    """The first message, with the entries of the whole batch below its own."""
    message = batch[0]
    assert isinstance(message, dict)
    if len(batch) > 1:
        text = f"This batch has {len(batch):,} messages; the first one is looked at."
        report.add("batch", ("batch", 1), text, "Paste the others one by one.", COMMON_FIELDS)
    found = in_envelope(message, ("batch", 0), library, report)
    shared, own = value.get("integrations", ABSENT), found.integrations
    if isinstance(shared, dict) and (own is ABSENT or isinstance(own, dict)):
        own = {**shared, **(own if isinstance(own, dict) else {})}
    return Found("message", own, found.path, _call(message), found.meant, found.meant_path)


def _no_argument(library: str, found: Found, report: Report) -> None:
    message = f"{LIBRARIES[library].name} takes no options argument: an object passed like this is dropped."
    report.add("no-integrations-argument", found.path, message, PLACEMENTS[library], LIBRARIES[library].docs)


def _warn_of_message(value: dict[str, Value], library: str, found: Found, report: Report) -> None:
    """Say that Analytics.js takes no message, unless this is plainly a payload as it was sent."""
    sent = "type" in value or "messageId" in value
    if library == "analytics.js" and found.integrations is not ABSENT and not sent:
        message = (
            "This is one message. Given to a call of Analytics.js, its properties are kept and this object is dropped."
        )
        report.add("message-in-browser", found.path, message, PLACEMENTS[library], LIBRARIES[library].docs)
