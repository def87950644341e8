"""Finds the ``integrations`` object in a call, where the library takes it. Used by `explain`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from msgspec import structs

from advisor.explain.locate.alias_call import lose_object
from advisor.explain.locate.argument_places import ARGUMENTS, CLOSURE_LIBRARIES, CLOSURE_PLACES, PLACEMENTS
from advisor.explain.locate.browser_call import locate_in_browser_call
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.locate.message import locate_in_message
from advisor.explain.locate.python_call import locate_in_python_call
from advisor.explain.parse.calls import ON_ELEMENTS
from advisor.explain.parse.values import Closure, Invocation, OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.explanation import Fault, InquiryError, ReadAs
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import COMMON_FIELDS
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, CallType

_INTEGRATIONS = "integrations"
_REST = "**"
_SENDERS = ("enqueue", "send")
"""Methods that send a message built before: ``client.Enqueue(message)``."""
_ANALYTICS_NET = re.compile(r"\b[cC]lient\.[A-Z]")
"""A call of Analytics.NET, the older library for C#, which takes an options argument."""
_BODIES = ("http-api", "pixel-api")


def locate_in_call(called: Invocation, library: str, count: int) -> Found:
    """Return what is found in a call, which is one of ``count`` calls in the text.

    Raises `InquiryError` for a call that isn't one of Segment's.
    """
    if called.method.lower() in _SENDERS and called.arguments and isinstance(called.arguments[-1], Variable):
        return Found("call", called.arguments[-1], (len(called.arguments) - 1,))
    call = _call_type(called)
    read = _closure_call if library in CLOSURE_LIBRARIES else _READERS.get(library, _message_call)
    found = read(called, call, library)
    return found if count <= 1 else replace(found, problems=(_several_calls(count), *found.problems))


def _several_calls(count: int) -> Problem:
    text = f"This text has {count:,} calls; one of them is looked at."
    return Problem("several-calls", (), text, "Paste the others one by one.", COMMON_FIELDS)


def _call_type(called: Invocation) -> CallType:
    if called.method in ON_ELEMENTS:
        return "track"
    word = called.method
    if word[:1].isupper():
        word = word.removesuffix("Message").removesuffix("Event")
    word = word.lower()
    for call in CALL_TYPES:
        if word == call:
            return call
    message = f"{called.name or 'This'} isn’t one of Segment’s calls: {', '.join(CALL_TYPES)}."
    if word == "load":
        message = "This is the load-time object. Paste it into the field for analytics.load."
    raise InquiryError((Fault(code="call", message=message, pointer="/object"),))


def _browser_call(called: Invocation, call: CallType, library: str) -> Found:
    del library  # this function is for one library only
    return locate_in_browser_call(called, call)


def _nested_object(arguments: list[Value], named: Mapping[str, Value] | None = None) -> tuple[Value | Absent, Path]:
    """Return the object in the last argument that has one under ``integrations``, and its path."""
    given: list[tuple[str | int, Value]] = [*enumerate(arguments), *(named or {}).items()]
    for place, value in reversed(given):
        if isinstance(value, dict) and _INTEGRATIONS in value:
            return value[_INTEGRATIONS], (place, _INTEGRATIONS)
    return ABSENT, ()


# One message.


def _message_call(called: Invocation, call: CallType, library: str) -> Found:
    """Return what is found in ``track({…})``, or in Ruby's ``track user_id: …``, whose arguments are the message."""
    read_as: ReadAs = "message" if library in _BODIES else "call"
    if called.keywords and not called.arguments:
        return _named_message(called, call, library)
    arguments = called.arguments
    first = arguments[0] if arguments else ABSENT
    if isinstance(first, Variable | Closure):
        name = first.name if isinstance(first, Variable) else first.text
        return Found(read_as, Variable(name), (0,), call)
    meant, path = _nested_object(arguments[1:])
    path = (int(path[0]) + 1, *path[1:]) if path else ()
    if not isinstance(first, dict):
        return _no_message(call, library, meant, path)
    found = locate_in_message(first, (0,), library)
    if meant is ABSENT:
        meant, path = found.meant, found.meant_path
    else:
        text = f"{LIBRARIES[library].name} takes one message and no second argument: this object is dropped."
        found = found.with_problems([_misplacement("second-argument", path, text, library)])
    found = replace(found, read_as=read_as, call=call, meant=meant, meant_path=path, message=first)
    if (
        library == "analytics-node"
        and call == "alias"
        and first.get("userId", Undefined.UNDEFINED) is Undefined.UNDEFINED
    ):
        return lose_object(found, first, library)
    return found


def _no_message(call: CallType, library: str, meant: Value | Absent, path: Path) -> Found:
    name = LIBRARIES[library].name
    message = f"{name} takes one message. Called like Analytics.js, it throws, and nothing is sent."
    problem = _misplacement("browser-style-call", (), message, library)
    return Found("call", call=call, meant=meant, meant_path=path, raises=True, problems=(problem,))


def _misplacement(code: str, path: Path, message: str, library: str) -> Problem:
    return Problem(code, path, message, PLACEMENTS[library], LIBRARIES[library].docs)


def _named_message(called: Invocation, call: CallType, library: str) -> Found:
    """Return what is found in a message whose fields are named arguments: Ruby, Go, Rust, and Java's builders."""
    fields = _fields(called.keywords)
    # Go names its fields with a capital; a misplaced object is looked for under the names of the HTTP API.
    plain = {_lower(name): name for name in fields} if library == "analytics-go" else {name: name for name in fields}
    renamed = _open_like({short: fields[name] for short, name in plain.items()}, fields)
    found = locate_in_message(renamed, (), library)
    path, meant_path = _restore(found.path, plain), _restore(found.meant_path, plain)
    context_path = _restore(found.context_path, plain)
    problems = tuple(structs.replace(each, path=_restore(each.path, plain)) for each in found.problems)
    return replace(
        found,
        read_as="call",
        path=path,
        call=call,
        meant_path=meant_path,
        message=fields,
        context_path=context_path,
        problems=problems,
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _restore(path: Path, names: Mapping[str, str]) -> Path:
    return (names.get(str(path[0]), path[0]), *path[1:]) if path else path


def _fields(keywords: dict[str, Value]) -> dict[str, Value]:
    """Return named arguments as the fields of a message, open if not all are written out."""
    rest = keywords.get(_REST)
    fields: dict[str, Value] = {
        name: Variable(value.text) if isinstance(value, Closure) else value for name, value in keywords.items()
    }
    fields.pop(_REST, None)
    if rest is None:
        return fields
    opened = OpenObject(fields)
    opened.rest = rest.name if isinstance(rest, Variable) else opened.rest
    return opened


def _open_like(fields: dict[str, Value], like: dict[str, Value]) -> dict[str, Value]:
    if not isinstance(like, OpenObject):
        return fields
    opened = OpenObject(fields)
    opened.rest = like.rest
    return opened


def _rust_call(called: Invocation, call: CallType, library: str) -> Found:
    """Return what is found in a struct: ``..Default::default()`` has no object, any other rest may have one."""
    rest = called.keywords.get(_REST)
    if isinstance(rest, Variable) and "default" in rest.name.lower():
        keywords = {name: value for name, value in called.keywords.items() if name != _REST}
        called = Invocation(called.name, called.arguments, keywords, called.outside)
    return _message_call(called, call, library)


def _java_call(called: Invocation, call: CallType, library: str) -> Found:
    """Return what is found in a builder, whose first argument is the name of the event, the group or the former id."""
    names = {"track": "event", "page": "name", "screen": "name", "group": "groupId", "alias": "previousId"}
    if called.method.endswith("Message"):
        first = dict(zip([names[call]], called.arguments, strict=False)) if call in names else {}
        called = Invocation(called.name, [], {**first, **called.keywords}, called.outside)
    return _message_call(called, call, library)


# Arguments in a fixed order.


def _python_call(called: Invocation, call: CallType, library: str) -> Found:
    del library  # this function is for one library only
    return locate_in_python_call(called, call)


def _options_call(called: Invocation, call: CallType, library: str) -> Found:
    """Return what is found in a call with options as its last argument: the two old mobile libraries, and Clojure."""
    names = ARGUMENTS[library][call]
    places: dict[str, Path] = {name: (index,) for index, name in enumerate(names[: len(called.arguments)])}
    fields: dict[str, Value] = {name: called.arguments[index] for index, name in enumerate(places)}
    for name, value in called.keywords.items():
        fields[name], places[name] = value, (name,)
    options, path = fields.get("options", ABSENT), places.get("options", ())
    if options is ABSENT and (late := _late_options(called.arguments)) is not None:
        options, path = called.arguments[late], (late,)
    if isinstance(options, dict):
        found = replace(locate_in_message(options, path, library), read_as="call", call=call, message=fields)
        if found.integrations is not ABSENT or found.meant is not ABSENT:
            return found
        return _bare_options(found, options, path, library)
    if isinstance(options, Variable):
        return Found("call", options, path, call, message=fields)
    meant, meant_path = _nested_object(called.arguments, called.keywords)
    found = Found("call", call=call, meant=meant, meant_path=meant_path, message=fields)
    if meant is ABSENT:
        return found
    text = f"{LIBRARIES[library].name} doesn’t read the object here."
    taken = {place[0]: name for name, place in places.items()}
    code = {"properties": "properties-integrations", "traits": "traits-integrations"}.get(taken.get(meant_path[0], ""))
    return found.with_problems([_misplacement(code or "no-integrations-argument", meant_path, text, library)])


def _bare_options(found: Found, options: dict[str, Value], path: Path, library: str) -> Found:
    """Return what is found in options whose entries stand outside of an integrations object."""
    if not isinstance(options.get("All"), bool):
        return found
    switches: Value = {key: each for key, each in options.items() if isinstance(each, bool)}
    text = "These entries stand in the options themselves: nothing reads them."
    found = replace(found, meant=switches, meant_path=path)
    return found.with_problems([_misplacement("bare-options", path, text, library)])


def _late_options(arguments: list[Value]) -> int | None:
    """Return the index of the last argument if it can only be the options: overloads leave others out."""
    last = len(arguments) - 1
    value = arguments[last] if arguments else None
    return last if isinstance(value, dict) and _INTEGRATIONS in value and last > 0 else None


# Closures.


def _closure_call(called: Invocation, call: CallType, library: str) -> Found:
    """Return what is found in a call whose object is set on the event: in a closure argument, or in a plugin."""
    meant, meant_path = _nested_object(called.arguments, called.keywords)
    if meant is not ABSENT and library in ("analytics-csharp", "unity") and _ANALYTICS_NET.search(called.name):
        return Found("call", meant, meant_path, call)
    value, path = _set_on_event(called, call, library)
    found = Found("call", value, path, call, meant, meant_path)
    if meant is ABSENT:
        return found
    text = f"{LIBRARIES[library].name} has no argument for integrations: the object is dropped."
    return found.with_problems([_misplacement("no-integrations-argument", meant_path, text, library)])


def _set_on_event(called: Invocation, call: CallType, library: str) -> tuple[Value | Absent, Path]:
    given: list[tuple[str | int, Value]] = [*enumerate(called.arguments), *called.keywords.items()]
    for place, value in given:
        if isinstance(value, Closure):
            for name, assigned in value.assigned.items():
                if name.lower() == _INTEGRATIONS:
                    return assigned, (place, name)
    if _INTEGRATIONS in called.outside:
        return called.outside[_INTEGRATIONS], ("outside", _INTEGRATIONS)
    named, first = CLOSURE_PLACES[library]
    for place, value in given:
        is_place = place in named if isinstance(place, str) else place >= first[call]
        if is_place and isinstance(value, Variable):
            return value, (place,)
    return ABSENT, ()


_Reader = Callable[[Invocation, CallType, str], Found]
_READERS: dict[str, _Reader] = {
    "analytics.js": _browser_call,
    "analytics-python": _python_call,
    "analytics-java": _java_call,
    "analytics-rust": _rust_call,
    "analytics-clojure": _options_call,
    "ios": _options_call,
    "android": _options_call,
}
"""Library -> the function that reads its calls; the other libraries take one message."""
