"""Finds the ``integrations`` object in a call, in whichever way the library takes it."""

from __future__ import annotations

from advisor.explain.browser_call import read_browser_call
from advisor.explain.envelope import in_envelope
from advisor.explain.explanation import Fault, InquiryError
from advisor.explain.found import ABSENT, Absent, Found
from advisor.explain.placements import CLOSURE_LIBRARIES, PLACEMENTS
from advisor.explain.report import Report
from advisor.explain.values import Invocation, Path, Value
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, CallType

_PYTHON: dict[str, tuple[str, ...]] = {
    "track": ("user_id", "event", "properties", "context", "timestamp", "anonymous_id", "integrations"),
    "identify": ("user_id", "traits", "context", "timestamp", "anonymous_id", "integrations"),
    "group": ("user_id", "group_id", "traits", "context", "timestamp", "anonymous_id", "integrations"),
    "alias": ("previous_id", "user_id", "context", "timestamp", "integrations"),
    "page": ("user_id", "category", "name", "properties", "context", "timestamp", "anonymous_id", "integrations"),
    "screen": ("user_id", "category", "name", "properties", "context", "timestamp", "anonymous_id", "integrations"),
}
"""The positional arguments of Python's calls, up to the last that matters here."""


def read_invocation(called: Invocation, library: str, report: Report) -> Found:
    """Find the object in a call. Raises `InquiryError` for a call that we don't read."""
    call = _call_type(called)
    if library == "analytics.js":
        return read_browser_call(called, call, report)
    if library == "analytics-node":
        return _message_call(called, call, report)
    if library == "analytics-python":
        return _python_call(called, call, report)
    if library in CLOSURE_LIBRARIES:
        return _closure_call(called, call, library, report)
    message = f"Calls of {LIBRARIES[library].name} can’t be read here. Paste the object alone, as JSON."
    raise InquiryError((Fault(code="call", message=message, pointer="/object"),))


def _call_type(called: Invocation) -> CallType:
    for call in CALL_TYPES:
        if called.method == call:
            return call
    message = f"{called.name} isn’t one of Segment’s calls: {', '.join(CALL_TYPES)}."
    if called.method == "load":
        message = "This is the load-time object. Paste it into the field for analytics.load."
    raise InquiryError((Fault(code="call", message=message, pointer="/object"),))


def _nested(arguments: list[Value]) -> tuple[Value | Absent, Path]:
    """The last argument that holds an object under ``integrations``."""
    for place in reversed(range(len(arguments))):
        value = arguments[place]
        if isinstance(value, dict) and "integrations" in value:
            return value["integrations"], (place, "integrations")
    return ABSENT, ()


def _message_call(called: Invocation, call: CallType, report: Report) -> Found:
    docs = LIBRARIES["analytics-node"].docs
    arguments = called.arguments
    meant, path = _nested(arguments[1:])
    path = (int(path[0]) + 1, *path[1:]) if path else ()
    if not arguments or not isinstance(arguments[0], dict):
        message = "Node takes one message. Called like Analytics.js, it throws, and nothing is sent."
        report.add("browser-style-call", (), message, PLACEMENTS["analytics-node"], docs)
        return Found("call", call=call, meant=meant, meant_path=path, raises=True)
    found = in_envelope(arguments[0], (0,), "analytics-node", report)
    if meant is not ABSENT:
        message = "Node takes one message and no second argument: this object is dropped."
        report.add("second-argument", path, message, PLACEMENTS["analytics-node"], docs)
    misplaced = (found.meant, found.meant_path) if meant is ABSENT else (meant, path)
    return Found("call", found.integrations, found.path, call, *misplaced)


def _python_call(called: Invocation, call: CallType, report: Report) -> Found:
    docs = LIBRARIES["analytics-python"].docs
    places: dict[str, Path] = {name: (index,) for index, name in enumerate(_PYTHON[call][: len(called.arguments)])}
    message: dict[str, Value] = {name: called.arguments[index] for index, name in enumerate(places)}
    for name, value in called.keywords.items():
        message[name], places[name] = value, (name,)
    if "options" in message:
        text = "Python’s calls take no options: this raises a TypeError, and nothing is sent."
        report.add("options-integrations", places["options"], text, PLACEMENTS["analytics-python"], docs)
        meant, path = _nested([message["options"]])
        return Found("call", call=call, meant=meant, meant_path=(*places["options"], *path[1:]), raises=True)
    found = in_envelope(message, (), "analytics-python", report)
    return Found(
        "call",
        found.integrations,
        places.get("integrations", ()),
        call,
        found.meant,
        (*places[str(found.meant_path[0])], *found.meant_path[1:]) if found.meant_path else (),
    )


def _closure_call(called: Invocation, call: CallType, library: str, report: Report) -> Found:
    meant, path = _nested(called.arguments)
    if meant is not ABSENT:
        message = f"{LIBRARIES[library].name} has no argument for integrations: the object is dropped."
        report.add("no-integrations-argument", path, message, PLACEMENTS[library], LIBRARIES[library].docs)
    return Found("call", call=call, meant=meant, meant_path=path)
