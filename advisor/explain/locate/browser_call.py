"""Finds the ``integrations`` object in a call of Analytics.js, and reports where it is if the library doesn't read it.

Used by `call`.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.explain.locate.alias_call import report_lost
from advisor.explain.locate.argument_places import PLACEMENTS
from advisor.explain.locate.browser_arguments import Slots, possible_slots
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.locate.message import in_envelope
from advisor.explain.locate.near_words import near_words
from advisor.explain.parse.values import Invocation, OpenObject, Path, Value, Variable
from advisor.explain.report.report import Report, quoted
from advisor.explain.report.sources import COMMON_FIELDS, JAVASCRIPT
from advisor.model import CallType

_OPTION_KEYS = frozenset({"integrations", "context", "anonymousId", "userId", "timestamp", "messageId", "traits"})
_LIBRARY = "analytics.js"
_MESSAGE_PLACE = 0


def read_browser_call(called: Invocation, call: CallType, report: Report) -> Found:
    """Return the object found in ``track(event, properties, options)`` and the other calls."""
    arguments = called.arguments
    if isinstance(rest := called.keywords.get("**"), Variable):  # arguments that aren't written out
        return _undecided([*arguments, rest], call, report)
    ways = possible_slots(call, arguments)
    slots = ways[0]
    if len({each.options for each in ways}) > 1:
        if not _has_object(_at(arguments, slots.options)):
            return _undecided(arguments, call, report)
        return replace(_by(slots, arguments, call, report), doubt=_doubt(arguments, call, report))
    return _by(slots, arguments, call, report)


def _by(slots: Slots, arguments: list[Value], call: CallType, report: Report) -> Found:
    """Return what is found if the arguments are sorted into these slots."""
    found = replace(_in_options(_at(arguments, slots.options), slots.options, report), call=call)
    if found.integrations is ABSENT and found.meant is ABSENT:
        meant, meant_path = _elsewhere(arguments, slots, call, report)
        found = replace(found, meant=meant, meant_path=meant_path)
    return replace(found, message=_message(slots, arguments, call), raises=not slots.sent)


def _at(arguments: list[Value], place: int | None) -> Value | Absent:
    return ABSENT if place is None or place >= len(arguments) else arguments[place]


def _has_object(options: Value | Absent) -> bool:
    return isinstance(options, dict) and ("integrations" in options or isinstance(options, OpenObject))


def _message(slots: Slots, arguments: list[Value], call: CallType) -> dict[str, Value] | None:
    """Return the fields that the library checks: the name of a track call, and the message id."""
    first, options = _at(arguments, _MESSAGE_PLACE), _at(arguments, slots.options)
    message: dict[str, Value] = OpenObject()
    if isinstance(options, dict) and "messageId" in options:
        message["messageId"] = options["messageId"]
    if call == "track" and isinstance(first, dict):
        if "event" in first or not isinstance(first, OpenObject):
            message["event"] = first.get("event")
    elif call == "track":
        message["event"] = None if first is ABSENT else first
    return message


def _in_options(options: Value | Absent, place: int | None, report: Report) -> Found:
    """Return the object found in the options argument. A variable in its place is taken as the object."""
    if isinstance(options, Variable) and place is not None:
        return Found("call", options, (place,))
    if not isinstance(options, dict) or place is None:
        return Found("call")
    found = replace(in_envelope(options, (place,), _LIBRARY, report), read_as="call")
    if found.integrations is not ABSENT or found.meant is not ABSENT:
        return found
    switches: Value = {key: value for key, value in options.items() if key not in _OPTION_KEYS}
    if switches and any(isinstance(value, bool) for value in options.values()):
        message = "These entries stand in the options themselves. Analytics.js moves them into the context: nothing reads them."
        report.add("bare-options", (place,), message, "Put integrations: { … } around them.", JAVASCRIPT)
        return replace(found, meant=switches, meant_path=(place,))
    return found


def _elsewhere(arguments: list[Value], slots: Slots, call: CallType, report: Report) -> tuple[Value | Absent, Path]:
    """Report and return an object that isn't read: in the properties or traits, a message, or a dropped argument."""
    data, first = _at(arguments, slots.data), _at(arguments, _MESSAGE_PLACE)
    if slots.message and isinstance(first, dict) and "integrations" in first:
        text = "Given one message, Analytics.js keeps its properties and drops this object."
        where: Path = (_MESSAGE_PLACE, "integrations")
        report.add("message-in-browser", where, text, PLACEMENTS[_LIBRARY], JAVASCRIPT)
        return first["integrations"], where
    if isinstance(data, dict) and slots.data is not None and (key := _object_key(data)) is not None:
        _report_data(key, arguments, slots, call, report)
        return (data[key], (slots.data, key)) if key else (_switches(data), (slots.data,))
    for place, value in enumerate(arguments):
        if place not in (slots.data, slots.options) and isinstance(value, dict) and (key := _object_key(value)):
            if call == "alias":
                report_lost((place, key), _LIBRARY, report)
            else:
                message = "Analytics.js takes no options from this argument, and drops it."
                report.add("ignored-argument", (place,), message, PLACEMENTS[_LIBRARY], JAVASCRIPT)
            return value[key], (place, key)
    return ABSENT, ()


def _object_key(value: dict[str, Value]) -> str | None:
    """Return the key of the object in an argument, empty if the argument itself is the object, None without an object."""
    if "integrations" in value:
        return "integrations"
    if isinstance(value.get("All"), bool):
        return ""
    near = [key for key in near_words(value) if isinstance(inner := value[key], dict) and "All" in inner]
    return near[0] if near else None


def _switches(data: dict[str, Value]) -> Value:
    return {key: value for key, value in data.items() if isinstance(value, bool)}


def _report_data(key: str, arguments: list[Value], slots: Slots, call: CallType, report: Report) -> None:
    """Report an object that the library takes as the properties or traits."""
    assert slots.data is not None  # the data argument has an index here
    what = "traits" if call in ("identify", "group") else "properties"
    where: Path = (slots.data, key) if key else (slots.data,)
    if slots.options is not None and key:
        message = f"The object is in the {what}, and arrives as one of them."
        report.add(f"{what}-integrations", where, message, PLACEMENTS[_LIBRARY], JAVASCRIPT)
        return
    message = f"Analytics.js takes this argument as the {what}, so that the object filters nothing."
    if call in ("page", "screen") and slots.data and not isinstance(arguments[slots.data - 1], str):
        message += " Null or undefined before it don’t count as properties."
    report.add("missing-properties", where, message, f"Put {{}} for the {what} before it.", JAVASCRIPT)


def _undecided(arguments: list[Value], call: CallType, report: Report) -> Found:
    """Return what is found if a variable decides whether there are options, and the likeliest slots have no object in them."""
    names = [(number, value) for number, value in enumerate(arguments) if isinstance(value, Variable)]
    place, name = names[-1]
    for number, value in reversed(list(enumerate(arguments))):
        if isinstance(value, dict) and (key := _object_key(value)):
            _doubt(arguments, call, report)
            return Found("call", name, (place,), call, value[key], (number, key))
    return Found("call", name, (place,), call)


def _doubt(arguments: list[Value], call: CallType, report: Report) -> str:
    """Report that the kind of a variable decides, and return this as a sentence."""
    place, name = next((number, value) for number, value in enumerate(arguments) if isinstance(value, Variable))
    what = "traits" if call in ("identify", "group") else "properties"
    text = f"It depends on what {quoted(name.name)} is: Analytics.js may take the object for the {what}, and drop it."
    report.add("variable", (place,), text, f"Put {{}} for the {what} before the options.", COMMON_FIELDS)
    return text
