"""Finds the ``integrations`` object in a call of Python's library, and reports arguments that the call doesn't take.

Used by `call`.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.explain.locate.argument_places import ARGUMENTS, PLACEMENTS
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.locate.message import in_envelope
from advisor.explain.locate.near_words import near_words
from advisor.explain.parse.values import Invocation, OpenObject, Path, Value, Variable
from advisor.explain.report.report import Report, quoted
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CallType

PARAMETERS = ARGUMENTS["analytics-python"]
_REST = "**"
_LIBRARY = "analytics-python"


def read_python_call(called: Invocation, call: CallType, report: Report) -> Found:
    """Return the object found in ``track(user_id, event, …, integrations={…})`` and the other calls."""
    parameters = PARAMETERS[call]
    places: dict[str, Path] = {name: (index,) for index, name in enumerate(parameters[: len(called.arguments)])}
    message: dict[str, Value] = {name: called.arguments[index] for index, name in enumerate(places)}
    for name, value in called.keywords.items():
        if name == _REST:
            continue
        if name not in parameters or name in message:
            return _unknown(name, value, (name,), message, call, report)
        message[name], places[name] = value, (name,)
    if len(called.arguments) > len(parameters):
        return _unknown("", called.arguments[-1], (len(called.arguments) - 1,), message, call, report)
    if isinstance(rest := called.keywords.get(_REST), Variable):
        message = OpenObject(message)
        message.rest = rest.name
    found = in_envelope(message, (), _LIBRARY, report)
    return replace(
        found,
        read_as="call",
        path=places.get("integrations", ()),
        call=call,
        meant_path=(*places[str(found.meant_path[0])], *found.meant_path[1:]) if found.meant_path else (),
        context_path=places.get("context", ()),
        message=message,
    )


def _unknown(name: str, value: Value, path: Path, message: dict[str, Value], call: CallType, report: Report) -> Found:
    """Report an argument that raises a TypeError, and return the object that it was meant to pass."""
    docs = LIBRARIES[_LIBRARY].docs
    meant, meant_path = _object(name, value, path)
    if name == "options":
        text = "Python’s calls take no options: this raises a TypeError, and nothing is sent."
        report.add("options-integrations", path, text, PLACEMENTS[_LIBRARY], docs)
        return Found("call", call=call, meant=meant, meant_path=meant_path, raises=True, refusal=text)
    if name in message:
        text = f"{quoted(name)} is given twice: this raises a TypeError, and nothing is sent."
        fix = "Give it once."
    elif name:
        text = f"Python’s {call} takes no argument {quoted(name)}: this raises a TypeError, and nothing is sent."
        fix = (
            "Did you mean integrations=?"
            if near_words({name: value}) or name == "Integrations"
            else f"Leave {name} out."
        )
    else:
        text = f"Python’s {call} takes no more than {len(PARAMETERS[call])} arguments: this raises a TypeError."
        fix = PLACEMENTS[_LIBRARY]
    report.add("unknown-argument", path, text, fix, docs)
    return Found("call", call=call, meant=meant, meant_path=meant_path, raises=True, refusal=text)


def _object(name: str, value: Value, path: Path) -> tuple[Value | Absent, Path]:
    """Return the object that was meant by an argument: itself, or one inside it."""
    if isinstance(value, dict) and "integrations" in value:
        return value["integrations"], (*path, "integrations")
    if isinstance(value, dict) and (near_words({name: value}) or name == "Integrations" or "All" in value):
        return value, path
    return ABSENT, ()
