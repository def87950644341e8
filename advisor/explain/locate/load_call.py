"""Finds the load-time object: in ``analytics.load(key, {integrations})``, in its options, or pasted alone.

Used by `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from advisor.explain.locate.near_words import WORD, near_words
from advisor.explain.parse.values import Invocation, Literal, OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.explanation import Fault, InquiryError
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import JAVASCRIPT
from advisor.text import quote

_OPTION_KEYS = frozenset({"integrations", "initialPageview", "user", "group", "cookie", "storage", "obfuscate", "plan"})
_OPTION_KEYS |= {
    "retryQueue",
    "disable",
    "disableClientPersistence",
    "useQueryString",
    "updateCDNSettings",
    "globalAnalyticsKey",
}


@dataclass(frozen=True)
class LoadTimeObject:
    """The load-time object as given, and its path; empty if there is none, or if it isn't an object.

    ``unknown`` is the text of the variable that may hold entries, if there is one. ``problems`` are those of the place and
    the form of the object.
    """

    entries: dict[str, Value] = field(default_factory=dict)
    path: Path = ()
    unknown: str | None = None
    problems: tuple[Problem, ...] = ()


def locate_load(pasted: Literal) -> LoadTimeObject:
    """Return the load-time object and where it is. Raises `InquiryError` for a call that isn't ``load``."""
    value = pasted.value
    if not isinstance(value, Invocation):
        return _in_options(value, ()) if isinstance(value, dict) and _is_options(value) else _as_object(value, ())
    if value.method != "load":
        message = f"{value.name} isn’t analytics.load. Paste that call, or its integrations object."
        raise InquiryError((Fault(code="call", message=message, pointer="/load"),))
    if len(value.arguments) < 2:
        return LoadTimeObject(path=(0,))
    return _in_options(value.arguments[1], (1,))


def _is_options(value: dict[str, Value]) -> bool:
    """Return whether this is the options argument of ``load`` rather than its integrations object."""
    return not _OPTION_KEYS.isdisjoint(value) or (not isinstance(value.get("All"), bool) and bool(near_words(value)))


def _in_options(value: Value, path: Path) -> LoadTimeObject:
    """Return the load-time object of the options of ``load``; it may be missing, and the options may be a variable."""
    if value is None or value is Undefined.UNDEFINED:
        return LoadTimeObject(path=path)
    if not isinstance(value, dict):
        return _as_object(value, path)
    if WORD in value:
        inner = value[WORD]
        is_missing = inner is None or inner is Undefined.UNDEFINED
        return LoadTimeObject(path=path) if is_missing else _as_object(inner, (*path, WORD))
    unknown = value.rest if isinstance(value, OpenObject) else None
    return LoadTimeObject(path=path, unknown=unknown, problems=tuple(_unread_options(value, path)))


def _unread_options(value: dict[str, Value], path: Path) -> Iterator[Problem]:
    """Yield what was meant as the load-time object in options that have none."""
    for key in near_words(value):
        message = f"The key {quote(key)} isn’t read: the object is called integrations."
        yield Problem("near-word", (*path, key), message, "Call it integrations.", JAVASCRIPT, "load")
    if any(isinstance(each, bool) for each in value.values()) and "All" in value:
        message = "These entries stand in the options themselves, where analytics.load doesn’t read them."
        yield Problem("bare-options", path, message, "Put integrations: { … } around them.", JAVASCRIPT, "load")


def _as_object(value: Value, path: Path) -> LoadTimeObject:
    """Return the value as the load-time object itself, with a problem if it isn't an object."""
    if isinstance(value, Variable):
        message = f"What is loaded is the value of {value.name}, which isn’t here."
        problem = Problem("variable", path, message, "Paste the object itself.", JAVASCRIPT, "load")
        return LoadTimeObject(path=path, unknown=value.name, problems=(problem,))
    if isinstance(value, dict):
        return LoadTimeObject(value, path, value.rest if isinstance(value, OpenObject) else None)
    message = "The load-time object isn’t an object."
    problem = Problem("not-an-object", path, message, "Write { All: true } or the like.", JAVASCRIPT, "load")
    return LoadTimeObject(path=path, problems=(problem,))
