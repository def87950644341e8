"""Finds the load-time object: in ``analytics.load(key, {integrations})``, in its options, or pasted alone.

Used by `explain`.
"""

from __future__ import annotations

from advisor.explain.judge.effective import Loaded
from advisor.explain.locate.near_words import WORD, near_words
from advisor.explain.parse.values import Invocation, Literal, OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.explanation import Fault, InquiryError
from advisor.explain.report.report import Report, quoted
from advisor.explain.report.sources import JAVASCRIPT

_OPTION_KEYS = frozenset({"integrations", "initialPageview", "user", "group", "cookie", "storage", "obfuscate", "plan"})
_OPTION_KEYS |= {
    "retryQueue",
    "disable",
    "disableClientPersistence",
    "useQueryString",
    "updateCDNSettings",
    "globalAnalyticsKey",
}


def read_load(pasted: Literal, report: Report) -> Loaded:
    """Return the load-time entries and where they are. Raises `InquiryError` for a call that isn't ``load``."""
    value = pasted.value
    if not isinstance(value, Invocation):
        return (
            _options(value, (), report) if isinstance(value, dict) and _is_options(value) else _map(value, (), report)
        )
    if value.method != "load":
        message = f"{value.name} isn’t analytics.load. Paste that call, or its integrations object."
        raise InquiryError((Fault(code="call", message=message, pointer="/load"),))
    if len(value.arguments) < 2:
        return Loaded(path=(0,))
    return _options(value.arguments[1], (1,), report)


def _is_options(value: dict[str, Value]) -> bool:
    """Return whether this is the options argument of ``load`` rather than its integrations object."""
    return not _OPTION_KEYS.isdisjoint(value) or (not isinstance(value.get("All"), bool) and bool(near_words(value)))


def _options(value: Value, path: Path, report: Report) -> Loaded:
    """Return the load-time object of the options of ``load``; it may be missing, and the options may be a variable."""
    if value is None or value is Undefined.UNDEFINED:
        return Loaded(path=path)
    if not isinstance(value, dict):
        return _map(value, path, report)
    if "integrations" in value:
        inner = value["integrations"]
        return (
            Loaded(path=path) if inner is None or inner is Undefined.UNDEFINED else _map(inner, (*path, WORD), report)
        )
    for key in near_words(value):
        message = f"The key {quoted(key)} isn’t read: the object is called integrations."
        report.add("near-word", (*path, key), message, "Call it integrations.", JAVASCRIPT, "load")
    if any(isinstance(each, bool) for each in value.values()) and "All" in value:
        message = "These entries stand in the options themselves, where analytics.load doesn’t read them."
        report.add("bare-options", path, message, "Put integrations: { … } around them.", JAVASCRIPT, "load")
    return Loaded(path=path, unknown=value.rest if isinstance(value, OpenObject) else "")


def _map(value: Value, path: Path, report: Report) -> Loaded:
    """Return the load-time object itself, and report a value that isn't an object."""
    if isinstance(value, Variable):
        message = f"What is loaded is the value of {value.name}, which isn’t here."
        report.add("variable", path, message, "Paste the object itself.", JAVASCRIPT, "load")
        return Loaded(path=path, unknown=value.name)
    if isinstance(value, dict):
        return Loaded(value, path, value.rest if isinstance(value, OpenObject) else "")
    message = "The load-time object isn’t an object."
    report.add("not-an-object", path, message, "Write { All: true } or the like.", JAVASCRIPT, "load")
    return Loaded(path=path)
