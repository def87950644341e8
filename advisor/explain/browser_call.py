"""Finds the ``integrations`` object in a call of Analytics.js, as the library itself sorts its arguments."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.explain.envelope import in_envelope
from advisor.explain.found import ABSENT, Absent, Found
from advisor.explain.placements import PLACEMENTS
from advisor.explain.report import Report
from advisor.explain.sources import JAVASCRIPT
from advisor.explain.values import Invocation, Path, Undefined, Value, Variable
from advisor.model import CallType

_OPTION_KEYS = frozenset({"integrations", "context", "anonymousId", "userId", "timestamp", "messageId", "traits"})
_LIBRARY = "analytics.js"


@dataclass(frozen=True)
class _Slots:
    """Which argument is which; a number is its place in the call, none where there is no such argument."""

    data: int | None
    options: int | None
    rest: tuple[int, ...] = ()


def read_browser_call(called: Invocation, call: CallType, report: Report) -> Found:
    """Find the object in ``track(event, properties, options)`` and its kin."""
    arguments = called.arguments
    if arguments and isinstance(arguments[0], dict) and call == "track":
        return _message(arguments, report)
    slots = _slots(arguments, call)
    data = _at(arguments, slots.data)
    options = _at(arguments, slots.options)
    found = _in_options(options, slots.options, report)
    meant, meant_path = (found.meant, found.meant_path)
    if found.integrations is ABSENT and meant is ABSENT:
        meant, meant_path = _elsewhere(arguments, data, slots, call, report)
    return Found("call", found.integrations, found.path, call, meant, meant_path)


def _slots(arguments: list[Value], call: CallType) -> _Slots:
    places = tuple(range(len(arguments)))
    if call == "track":
        return _in_order(places[1:])
    if call in ("identify", "group"):
        return _in_order(places if arguments and isinstance(arguments[0], dict) else places[1:])
    if call == "alias":
        objects = tuple(place for place in places if isinstance(arguments[place], dict))
        return _Slots(None, objects[0] if objects else None, objects[1:])
    # page and screen drop every undefined before they look, so that it keeps no place.
    given = tuple(place for place in places if arguments[place] is not Undefined.UNDEFINED)
    return _in_order(given[_names(arguments, given) :])


def _names(arguments: list[Value], given: tuple[int, ...]) -> int:
    """How many arguments of a page call are its category and name."""
    texts = 0
    for place in given[:2]:
        value = arguments[place]
        if not isinstance(value, str) and not (isinstance(value, Variable) and (texts == 0 or len(given) > 3)):
            break
        texts += 1
    return texts


def _in_order(places: tuple[int, ...]) -> _Slots:
    data, options = (*places, None, None)[:2]
    return _Slots(data, options, places[2:])


def _at(arguments: list[Value], place: int | None) -> Value | Absent:
    return ABSENT if place is None else arguments[place]


def _in_options(options: Value | Absent, place: int | None, report: Report) -> Found:
    if not isinstance(options, dict) or place is None:
        return Found("call")
    found = in_envelope(options, (place,), _LIBRARY, report)
    if found.integrations is not ABSENT or found.meant is not ABSENT:
        return found
    switches: Value = {key: value for key, value in options.items() if key not in _OPTION_KEYS}
    if switches and any(isinstance(value, bool) for value in options.values()):
        message = "These entries stand in the options themselves. Analytics.js moves them into the context: nothing reads them."
        report.add("bare-options", (place,), message, "Put integrations: { … } around them.", JAVASCRIPT)
        return Found("call", meant=switches, meant_path=(place,))
    return found


def _elsewhere(
    arguments: list[Value], data: Value | Absent, slots: _Slots, call: CallType, report: Report
) -> tuple[Value | Absent, Path]:
    """An object among the properties or traits, or in an argument that nobody reads."""
    if isinstance(data, dict) and slots.data is not None:
        is_bare = "integrations" not in data and isinstance(data.get("All"), bool)
        if is_bare or "integrations" in data:
            undefined = any(each is Undefined.UNDEFINED for each in arguments[: slots.data])
            lacks_options = is_bare or slots.options is None
            _report_data(data, slots.data, call, report, lacks_options=lacks_options, undefined_before=undefined)
        if is_bare:
            switches: Value = {key: value for key, value in data.items() if isinstance(value, bool)}
            return switches, (slots.data,)
        if "integrations" in data:
            return data["integrations"], (slots.data, "integrations")
    for place in slots.rest:
        value = arguments[place]
        if isinstance(value, dict) and "integrations" in value:
            message = "Analytics.js takes the options before this argument, and drops this one."
            report.add("ignored-argument", (place,), message, PLACEMENTS[_LIBRARY], JAVASCRIPT)
            return value["integrations"], (place, "integrations")
    return ABSENT, ()


def _report_data(
    data: dict[str, Value], place: int, call: CallType, report: Report, *, lacks_options: bool, undefined_before: bool
) -> None:
    what = "traits" if call in ("identify", "group") else "properties"
    where: Path = (place, "integrations") if "integrations" in data else (place,)
    if not lacks_options:
        message = f"The object is in the {what}, and arrives as one of them."
        report.add(f"{what}-integrations", where, message, PLACEMENTS[_LIBRARY], JAVASCRIPT)
        return
    message = f"Analytics.js takes this argument as the {what}, so that the object filters nothing."
    if undefined_before:
        message += " An undefined before it keeps no place."
    report.add("missing-properties", where, message, f"Put {{}} for the {what} before it.", JAVASCRIPT)


def _message(arguments: list[Value], report: Report) -> Found:
    """``track({event, properties, …}, options)``: the message’s own object is dropped, that of the options counts."""
    message = arguments[0]
    assert isinstance(message, dict)
    found = _in_options(_at(arguments, 1 if len(arguments) > 1 else None), 1, report)
    if "integrations" in message:
        text = "Given one message, Analytics.js keeps its properties and drops this object."
        report.add("message-in-browser", (0, "integrations"), text, PLACEMENTS[_LIBRARY], JAVASCRIPT)
        if found.integrations is ABSENT and found.meant is ABSENT:
            return Found("call", call="track", meant=message["integrations"], meant_path=(0, "integrations"))
    return Found("call", found.integrations, found.path, "track", found.meant, found.meant_path)
