"""Finds the ``integrations`` object in a call of Python's library, and reports arguments that the call doesn't take.

Used by `call`.
"""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from advisor.explain.locate.argument_places import ARGUMENTS, PLACEMENTS
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.locate.message import locate_in_message
from advisor.explain.locate.near_words import near_words
from advisor.explain.parse.values import Invocation, OpenObject, Path, Value, Variable
from advisor.explain.report.problem import Problem
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CallType
from advisor.text import did_you_mean, quote

PARAMETERS = ARGUMENTS["analytics-python"]
_REST = "**"
_WORD = "integrations"
_LIBRARY = "analytics-python"
_DOCS = LIBRARIES[_LIBRARY].docs


def locate_in_python_call(called: Invocation, call: CallType) -> Found:
    """Return the object found in ``track(user_id, event, …, integrations={…})`` and the other calls."""
    parameters = PARAMETERS[call]
    places: dict[str, Path] = {name: (index,) for index, name in enumerate(parameters[: len(called.arguments)])}
    message: dict[str, Value] = {name: called.arguments[index] for index, name in enumerate(places)}
    for name, value in called.keywords.items():
        if name == _REST:
            continue
        if name not in parameters or name in message:
            return _with_own_object(_unknown_name(name, value, call, is_double=name in message), called)
        message[name], places[name] = value, (name,)
    if len(called.arguments) > len(parameters):
        return _with_own_object(_one_too_many(called.arguments, call), called)
    if isinstance(rest := called.keywords.get(_REST), Variable):
        message = OpenObject(message)
        message.rest = rest.name
    found = locate_in_message(message, (), _LIBRARY)
    problems = tuple(structs.replace(each, path=_restore(each.path, places)) for each in found.problems)
    return replace(
        found,
        read_as="call",
        problems=problems,
        path=places.get(_WORD, ()),
        call=call,
        meant_path=_restore(found.meant_path, places),
        context_path=places.get("context", ()),
        message=message,
    )


def _restore(path: Path, places: dict[str, Path]) -> Path:
    """Return the path of a field in the call, where it may be an argument without its name."""
    return (*places.get(str(path[0]), path[:1]), *path[1:]) if path else ()


def _unknown_name(name: str, value: Value, call: CallType, *, is_double: bool) -> Found:
    """Return what is found in a call with a named argument that raises a TypeError."""
    code = "unknown-argument"
    is_near = bool(near_words({name: value})) or name == "Integrations"
    if name == "options":
        code = "options-integrations"
        text = "Python’s calls take no options: this raises a TypeError, and nothing is sent."
        fix = PLACEMENTS[_LIBRARY]
    elif is_double:
        text = f"{quote(name)} is given twice: this raises a TypeError, and nothing is sent."
        fix = "Give it once."
    else:
        text = f"Python’s {call} takes no argument {quote(name)}: this raises a TypeError, and nothing is sent."
        fix = did_you_mean(["integrations="]).strip() if is_near else f"Leave {name} out."
    return _type_error(Problem(code, (name,), text, fix, _DOCS), value, call, is_near=is_near)


def _with_own_object(found: Found, called: Invocation) -> Found:
    """Return what is found in a call that raises, with the object that it carries in the right place."""
    if _WORD not in called.keywords or found.meant is not ABSENT:
        return found
    return replace(found, integrations=called.keywords[_WORD], path=(_WORD,))


def _one_too_many(arguments: list[Value], call: CallType) -> Found:
    """Return what is found in a call with more positional arguments than it takes, which raises a TypeError."""
    text = f"Python’s {call} takes no more than {len(PARAMETERS[call])} arguments: this raises a TypeError."
    problem = Problem("unknown-argument", (len(arguments) - 1,), text, PLACEMENTS[_LIBRARY], _DOCS)
    return _type_error(problem, arguments[-1], call)


def _type_error(problem: Problem, value: Value, call: CallType, *, is_near: bool = False) -> Found:
    """Return what is found in a call that raises, with the object that was meant by the argument: itself, or one inside it."""
    meant: Value | Absent = ABSENT
    path: Path = ()
    if isinstance(value, dict) and _WORD in value:
        meant, path = value[_WORD], (*problem.path, _WORD)
    elif isinstance(value, dict) and (is_near or "All" in value):
        meant, path = value, problem.path
    return Found(
        "call",
        call=call,
        meant=meant,
        meant_path=path,
        raises=True,
        refusal=problem.message,
        problems=(problem,),
    )
