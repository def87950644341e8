"""Finds the ``integrations`` object in a call, in whichever way the library takes it."""

from __future__ import annotations

from dataclasses import replace

from advisor.explain.browser_call import read_browser_call
from advisor.explain.envelope import in_envelope
from advisor.explain.explanation import Fault, InquiryError
from advisor.explain.found import ABSENT, Absent, Found
from advisor.explain.placements import CLOSURE_LIBRARIES, PLACEMENTS
from advisor.explain.python_call import read_python_call
from advisor.explain.report import Report
from advisor.explain.values import Invocation, Path, Value, Variable
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, CallType


def read_invocation(called: Invocation, library: str, report: Report) -> Found:
    """Find the object in a call. Raises `InquiryError` for a call that we don't read."""
    call = _call_type(called)
    if library == "analytics.js":
        return read_browser_call(called, call, report)
    if library == "analytics-node":
        return _message_call(called, call, report)
    if library == "analytics-python":
        return read_python_call(called, call, report)
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
    if arguments and isinstance(arguments[0], Variable):
        return Found("call", arguments[0], (0,), call, meant, path)
    if not arguments or not isinstance(arguments[0], dict):
        message = "Node takes one message. Called like Analytics.js, it throws, and nothing is sent."
        report.add("browser-style-call", (), message, PLACEMENTS["analytics-node"], docs)
        return Found("call", call=call, meant=meant, meant_path=path, raises=True)
    found = in_envelope(arguments[0], (0,), "analytics-node", report)
    if meant is not ABSENT:
        message = "Node takes one message and no second argument: this object is dropped."
        report.add("second-argument", path, message, PLACEMENTS["analytics-node"], docs)
    if meant is ABSENT:
        meant, path = found.meant, found.meant_path
    return replace(found, read_as="call", call=call, meant=meant, meant_path=path, message=arguments[0])


def _closure_call(called: Invocation, call: CallType, library: str, report: Report) -> Found:
    meant, path = _nested(called.arguments)
    if meant is not ABSENT:
        message = f"{LIBRARIES[library].name} has no argument for integrations: the object is dropped."
        report.add("no-integrations-argument", path, message, PLACEMENTS[library], LIBRARIES[library].docs)
    return Found("call", call=call, meant=meant, meant_path=path)
