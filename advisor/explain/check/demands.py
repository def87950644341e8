"""Checks what a library requires of a call before sending it: ids, names and types, as in each library's own code.

Node and Python were measured (``tests/wire``); Ruby (field_parser.rb), PHP (Segment.php), Java (MessageBuilder.java and the
builders of each message, which Clojure's library uses), Go (the Validate of each message) and Android (Analytics.java) were
read. Libraries that aren't here send every call. A value that isn't in the text is taken as valid. Used by `explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from advisor.explain.locate.found import Found
from advisor.explain.parse.values import Closure, Literal, OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.problem import Problem
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CallType

Fields = dict[str, Value]


class Refusal(NamedTuple):
    """Why a library refuses a call: the code of the problem, the field, what the library says, and what to write."""

    code: str
    field: str
    message: str
    fix: str


_BUILT = {"analytics-go": ("enqueue",), "analytics-java": ("enqueue", "offer")}
"""Libraries whose messages are built before they are sent -> the methods that send them."""


def check_demands(found: Found, library: str, literal: Literal) -> Problem | None:
    """Return why the library refuses the call that was found in a text, or None if it sends it."""
    if found.message is None or found.call is None or (found.raises and library != "analytics.js"):
        return None
    if library in _BUILT and not any(word in literal.text.lower() for word in _BUILT[library]):
        return None  # a message that isn't sent yet may still get the missing fields
    refusal = find_refusal(library, found.call, found.message)
    if refusal is None:
        return None
    paths: tuple[Path, ...] = ((0, refusal.field), (refusal.field,), ())
    path = next(each for each in paths if not each or each in literal.offsets)
    return Problem(refusal.code, path, refusal.message, refusal.fix, LIBRARIES[library].docs)


def find_refusal(library: str, call: CallType, message: Fields) -> Refusal | None:
    """Return the first reason for which the library refuses a message, or None if it sends it."""
    demands = _DEMANDS.get(library)
    return next(demands(call, message), None) if demands else None


def _get(message: Fields, name: str) -> Value:
    """Return a field; None if it is missing, a variable if a spread may add it."""
    if name not in message:
        return Variable("…") if isinstance(message, OpenObject) else None
    value = message[name]
    return None if value is Undefined.UNDEFINED else value


def _is_unknown(value: Value) -> bool:
    return isinstance(value, Variable)


def _missing(library: str, outcome: str, *names: str) -> Refusal:
    wanted = " or ".join(names)
    text = f"{library} refuses a call without {wanted}: {outcome}."
    return Refusal("missing-field", names[0], text, f"Add {wanted}.")


def _wrong(library: str, outcome: str, name: str, kind: str) -> Refusal:
    return Refusal(
        "wrong-type", name, f"{library} refuses a {name} that is no {kind}: {outcome}.", f"Make {name} a {kind}."
    )


_THROWS = "it throws, and nothing is sent"


def _browser(call: CallType, message: Fields) -> Iterator[Refusal]:
    event = _get(message, "event")
    if call == "track" and not _is_unknown(event) and (not isinstance(event, str) or not event):
        yield _missing("Analytics.js", _THROWS, "an event name")
    message_id = _get(message, "messageId")
    if message_id and not isinstance(message_id, str | Variable):
        yield _wrong("Analytics.js", _THROWS, "messageId", "text")


_NODE_IDS: dict[CallType, tuple[str, ...]] = {
    "group": ("userId", "anonymousId", "groupId"),
    "alias": ("userId", "previousId"),
}


def _node(call: CallType, message: Fields) -> Iterator[Refusal]:
    names = _NODE_IDS.get(call, ("userId", "anonymousId"))
    name = next((each for each in names if _get(message, each) is not None), None)
    if name is None:
        yield _missing("Node", _THROWS, *names)
    elif not isinstance(_get(message, name), str | Variable):
        yield _wrong("Node", _THROWS, name, "text")
    if call == "track" and not isinstance(_get(message, "event"), str | Variable):
        yield _missing("Node", _THROWS, "event")
    data = {"track": "properties", "identify": "traits", "group": "traits"}.get(call, "")
    if data and not isinstance(_get(message, data), dict | Variable | None):
        yield _wrong("Node", _THROWS, data, "object")
    if (message_id := _get(message, "messageId")) and not isinstance(message_id, str | Variable):
        yield _wrong("Node", _THROWS, "messageId", "text")


_RAISES = "it raises, and nothing is sent"


def _python(call: CallType, message: Fields) -> Iterator[Refusal]:
    if call == "alias":
        for name in ("previous_id", "user_id"):
            yield from _python_id(name, _get(message, name), name)
    else:
        user, anonymous = _get(message, "user_id"), _get(message, "anonymous_id")
        yield from _python_id("user_id", user or anonymous, "user_id", "anonymous_id")
    if call == "group":
        yield from _python_id("group_id", _get(message, "group_id"), "group_id")
    if call == "track" and not isinstance(_get(message, "event"), str | Variable):
        yield _missing("Python", _RAISES, "event")
    for name in ("properties", "traits", "context"):
        if (value := _get(message, name)) and not isinstance(value, dict | Variable):
            yield _wrong("Python", _RAISES, name, "dict")
    for name in ("name", "category") if call in ("page", "screen") else ():
        if (value := _get(message, name)) and not isinstance(value, str | Variable):
            yield _wrong("Python", _RAISES, name, "str")
    if not isinstance(_get(message, "timestamp"), Variable | None):
        yield _wrong("Python", _RAISES, "timestamp", "datetime")


def _python_id(field: str, value: Value, *names: str) -> Iterator[Refusal]:
    if value is None:
        yield _missing("Python", _RAISES, *names)
    elif not isinstance(value, str | int | float | Variable):
        yield _wrong("Python", _RAISES, field, "text or number")


def _ruby(call: CallType, message: Fields) -> Iterator[Refusal]:
    def is_blank(name: str) -> bool:
        return _get(message, name) in (None, "")

    if is_blank("user_id") and is_blank("anonymous_id"):
        yield _missing("Ruby", _RAISES, "user_id", "anonymous_id")
    for name in {"track": ("event",), "alias": ("previous_id",), "group": ("group_id",), "screen": ("name",)}.get(
        call, ()
    ):
        if is_blank(name):
            yield _missing("Ruby", _RAISES, name)
    data = {"track": "properties", "page": "properties", "screen": "properties", "alias": ""}.get(call, "traits")
    for name in filter(None, (data, "context")):
        if _get(message, name) not in (None, False) and not isinstance(_get(message, name), dict | Variable):
            yield _wrong("Ruby", _RAISES, name, "Hash")
    if _get(message, "timestamp") not in (None, False) and not _is_unknown(_get(message, "timestamp")):
        yield _wrong("Ruby", _RAISES, "timestamp", "Time")


def _php(call: CallType, message: Fields) -> Iterator[Refusal]:
    def is_empty(name: str) -> bool:
        value = _get(message, name)
        return not isinstance(value, Variable | Closure) and (not value or value == "0")

    def is_no_id(name: str) -> bool:
        value = _get(message, name)
        return value is None or value is False or value == ""

    if call == "alias":
        for name in ("userId", "previousId"):
            if is_no_id(name):
                yield _missing("PHP", _THROWS, name)
        return
    for name in {"track": ("event",), "group": ("groupId",)}.get(call, ()):
        if is_empty(name):
            yield _missing("PHP", _THROWS, name)
    if is_no_id("userId") and is_empty("anonymousId"):
        yield _missing("PHP", _THROWS, "userId", "anonymousId")
    if not isinstance(_get(message, "context"), dict | list | Variable | None):
        yield _wrong("PHP", _THROWS, "context", "array")


def _java(call: CallType, message: Fields) -> Iterator[Refusal]:
    def is_blank(name: str) -> bool:
        value = _get(message, name)
        return value is None or (isinstance(value, str) and not value.strip())

    wanted: dict[CallType, str] = {
        "track": "event", "group": "groupId", "page": "name", "screen": "name", "alias": "previousId",
    }  # fmt: skip
    if call in wanted and is_blank(wanted[call]):
        yield _missing("Java", _THROWS, wanted[call])
    if is_blank("userId") and is_blank("anonymousId"):
        yield _missing("Java", _THROWS, "userId", "anonymousId")
    if call == "identify" and _get(message, "userId") is None and _get(message, "traits") is None:
        yield _missing("Java", _THROWS, "userId", "traits")
    for name in ("properties", "traits", "context", "timestamp"):
        if name in message and message[name] is None:
            yield _wrong("Java", _THROWS, name, "value")


_RETURNS = "Enqueue returns an error, and nothing is sent"


def _go(call: CallType, message: Fields) -> Iterator[Refusal]:
    def is_empty(name: str) -> bool:
        return _get(message, name) in (None, "")

    for name in {"track": ("Event",), "group": ("GroupId",), "alias": ("UserId", "PreviousId")}.get(call, ()):
        if is_empty(name):
            yield _missing("Go", _RETURNS, name)
    if call != "alias" and is_empty("UserId") and is_empty("AnonymousId"):
        yield _missing("Go", _RETURNS, "UserId", "AnonymousId")


def _android(call: CallType, message: Fields) -> Iterator[Refusal]:
    def is_empty(name: str) -> bool:
        return _get(message, name) in (None, "", {})

    wanted: dict[CallType, tuple[str, ...]] = {
        "track": ("event",), "group": ("groupId",), "alias": ("newId",), "screen": ("category", "name"),
        "identify": ("userId", "traits"),
    }  # fmt: skip
    if call in wanted and all(map(is_empty, wanted[call])):
        yield _missing("Android", _THROWS, *wanted[call])


def _clojure(call: CallType, message: Fields) -> Iterator[Refusal]:
    """Yield what Java's builders refuse in the fields that Clojure's functions pass to them."""
    names = {"user-id": "userId", "event": "event", "group-id": "groupId", "name": "name", "previous-id": "previousId"}
    given: Fields = {names[name]: value for name, value in message.items() if name in names}
    options = _get(message, "options")
    if isinstance(options, Variable | OpenObject) or isinstance(message, OpenObject):
        given = OpenObject(given)
    if isinstance(options, dict) and "anonymous-id" in options:
        given["anonymousId"] = options["anonymous-id"]
    given["traits"] = message.get("traits") or None
    yield from (each for each in _java(call, given) if each.code == "missing-field")


_DEMANDS: dict[str, Callable[[CallType, Fields], Iterator[Refusal]]] = {
    "analytics.js": _browser,
    "analytics-node": _node,
    "analytics-python": _python,
    "analytics-ruby": _ruby,
    "analytics-php": _php,
    "analytics-java": _java,
    "analytics-go": _go,
    "analytics-clojure": _clojure,
    "android": _android,
}
"""Library -> the function that yields what it refuses in a message."""
