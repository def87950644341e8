"""Finds the ``integrations`` object in a call of Analytics.js, and reports where it is if the library doesn't read it.

Used by `call`.
"""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from advisor.explain.locate.alias_call import lost_object
from advisor.explain.locate.argument_places import PLACEMENTS
from advisor.explain.locate.browser_arguments import Slots, possible_slots
from advisor.explain.locate.found import ABSENT, Absent, Found, Stray
from advisor.explain.locate.message import locate_in_message
from advisor.explain.locate.near_words import near_words
from advisor.explain.parse.calls import ON_ELEMENTS
from advisor.explain.parse.values import Invocation, OpenObject, Path, Value, Variable
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import COMMON_FIELDS, JAVASCRIPT
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import CallType
from advisor.text import quote

_OPTION_KEYS = frozenset({"integrations", "context", "anonymousId", "userId", "timestamp", "messageId", "traits"})
_LIBRARY = "analytics.js"
_WORD = "integrations"
_MESSAGE_PLACE = 0


def locate_in_browser_call(called: Invocation, call: CallType) -> Found:
    """Return the object found in ``track(event, properties, options)`` and the other calls."""
    if called.method in ON_ELEMENTS:
        return _on_element(called, call)
    arguments = called.arguments
    if isinstance(rest := called.keywords.get("**"), Variable):  # arguments that aren't written out
        return _when_undecided([*arguments, rest], call)
    ways = possible_slots(call, arguments)
    slots = ways[0]
    if len({each.options for each in ways}) == 1:
        return _by(slots, arguments, call)
    if not _has_object(_at(arguments, slots.options)):
        return _when_undecided(arguments, call, slots)
    doubt = _doubt(arguments, call)
    return replace(_by(slots, arguments, call).with_problems([doubt]), doubt=doubt.message)


def _on_element(called: Invocation, call: CallType) -> Found:
    """Return what is found in ``trackLink(element, event, properties, options)``, which passes on what follows the element."""
    found = locate_in_browser_call(Invocation(call, called.arguments[1:], called.keywords), call)

    def moved(path: Path) -> Path:
        return (path[0] + 1, *path[1:]) if path and isinstance(path[0], int) else path

    return replace(
        found,
        path=moved(found.path),
        meant_path=moved(found.meant_path),
        context_path=moved(found.context_path),
        problems=tuple(structs.replace(each, path=moved(each.path)) for each in found.problems),
    )


def _by(slots: Slots, arguments: list[Value], call: CallType) -> Found:
    """Return what is found if the arguments are sorted into these slots."""
    found = replace(_in_options(_at(arguments, slots.options), slots.options), call=call)
    if found.integrations is ABSENT and found.meant is ABSENT and (stray := _stray(arguments, slots, call)) is not None:
        found = replace(found, meant=stray.value, meant_path=stray.path).with_problems([stray.problem])
    return replace(found, message=_message(slots, arguments, call), raises=not slots.sent)


def _at(arguments: list[Value], place: int | None) -> Value | Absent:
    return ABSENT if place is None or place >= len(arguments) else arguments[place]


def _has_object(options: Value | Absent) -> bool:
    return isinstance(options, dict) and (_WORD in options or isinstance(options, OpenObject))


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


def _in_options(options: Value | Absent, place: int | None) -> Found:
    """Return the object found in the options argument. A variable in its place is taken as the object."""
    if isinstance(options, Variable) and place is not None:
        return Found("call", options, (place,))
    if not isinstance(options, dict) or place is None:
        return Found("call")
    found = replace(locate_in_message(options, (place,), _LIBRARY), read_as="call")
    if found.integrations is not ABSENT or found.meant is not ABSENT:
        return found
    switches: Value = {key: value for key, value in options.items() if key not in _OPTION_KEYS}
    if switches and any(isinstance(value, bool) or _holds_settings(key, value) for key, value in options.items()):
        message = "These entries stand in the options themselves. Analytics.js moves them into the context: nothing reads them."
        problem = Problem("bare-options", (place,), message, "Put integrations: { … } around them.", JAVASCRIPT)
        return replace(found, meant=switches, meant_path=(place,)).with_problems([problem])
    return found


def _holds_settings(key: str, value: Value) -> bool:
    """Return whether an entry of the options has the settings of a destination: ``{ Intercom: { user_hash } }``."""
    return isinstance(value, dict) and key in CATALOGUE and key not in _OPTION_KEYS


def _stray(arguments: list[Value], slots: Slots, call: CallType) -> Stray | None:
    """Return an object that isn't read: in a message, in the properties or traits, or in a dropped argument."""
    data, first = _at(arguments, slots.data), _at(arguments, _MESSAGE_PLACE)
    if slots.message and isinstance(first, dict) and _WORD in first:
        text = "Given one message, Analytics.js keeps its properties and drops this object."
        where: Path = (_MESSAGE_PLACE, _WORD)
        return Stray(first[_WORD], where, _misplacement("message-in-browser", where, text))
    if slots.message and isinstance(first, dict) and isinstance(inner := first.get("options"), dict) and _WORD in inner:
        where = (_MESSAGE_PLACE, "options", _WORD)
        return Stray(
            inner[_WORD],
            where,
            _misplacement("options-integrations", where, "Analytics.js doesn’t read the object here."),
        )
    if isinstance(data, dict) and slots.data is not None and (inside := _path_to_object(data)) is not None:
        value = data[inside[0]] if inside else _switches(data)
        where = (slots.data, *inside)
        return Stray(value, where, _in_data(where, arguments, slots, call))
    for place, value in enumerate(arguments):
        if place not in (slots.data, slots.options) and isinstance(value, dict) and (inside := _path_to_object(value)):
            where = (place, *inside)
            text = "Analytics.js takes no options from this argument, and drops it."
            is_alias = call == "alias"
            problem = lost_object(where, _LIBRARY) if is_alias else _misplacement("ignored-argument", (place,), text)
            return Stray(value[inside[0]], where, problem)
    return None


def _misplacement(code: str, path: Path, message: str) -> Problem:
    return Problem(code, path, message, PLACEMENTS[_LIBRARY], JAVASCRIPT)


def _path_to_object(value: dict[str, Value]) -> tuple[str] | tuple[()] | None:
    """Return the path of the object in an argument, empty if the argument itself is the object, None without an object."""
    if _WORD in value:
        return (_WORD,)
    if isinstance(value.get("All"), bool):
        return ()
    near = [key for key in near_words(value) if isinstance(inner := value[key], dict) and "All" in inner]
    return (near[0],) if near else None


def _switches(data: dict[str, Value]) -> Value:
    return {key: value for key, value in data.items() if isinstance(value, bool)}


def _in_data(where: Path, arguments: list[Value], slots: Slots, call: CallType) -> Problem:
    """Return the problem of an object that the library takes as the properties or traits, or as one of them."""
    what = "traits" if call in ("identify", "group") else "properties"
    if slots.options is not None and len(where) > 1:
        return _misplacement(f"{what}-integrations", where, f"The object is in the {what}, and arrives as one of them.")
    message = f"Analytics.js takes this argument as the {what}, so that the object filters nothing."
    if call in ("page", "screen") and slots.data and not isinstance(arguments[slots.data - 1], str):
        message += " Null or undefined before it don’t count as properties."
    return Problem("missing-properties", where, message, f"Put {{}} for the {what} before it.", JAVASCRIPT)


def _when_undecided(arguments: list[Value], call: CallType, likely: Slots | None = None) -> Found:
    """Return what is found if a variable decides whether there are options, and the likeliest slots have no object in them."""
    names = [(number, value) for number, value in enumerate(arguments) if isinstance(value, Variable)]
    place, name = next((each for each in names if likely is not None and each[0] == likely.options), names[-1])
    found = Found("call", name, (place,), call)
    for number, value in reversed(list(enumerate(arguments))):
        if isinstance(value, dict) and (inside := _path_to_object(value)):
            meant = replace(found, meant=value[inside[0]], meant_path=(number, *inside))
            return meant.with_problems([_doubt(arguments, call)])
    return found


def _doubt(arguments: list[Value], call: CallType) -> Problem:
    """Return the problem that the kind of a variable decides."""
    place, name = next((number, value) for number, value in enumerate(arguments) if isinstance(value, Variable))
    what = "traits" if call in ("identify", "group") else "properties"
    text = f"It depends on what {quote(name.name)} is: Analytics.js may take the object for the {what}, and drop it."
    return Problem("variable", (place,), text, f"Put {{}} for the {what} before the options.", COMMON_FIELDS)
