"""Finds the load-time object: in ``analytics.load(key, {integrations})``, in its options, or as it is."""

from __future__ import annotations

from advisor.explain.explanation import Fault, InquiryError
from advisor.explain.report import Report
from advisor.explain.sources import JAVASCRIPT
from advisor.explain.values import Invocation, Literal, Path, Value


def read_load(pasted: Literal, report: Report) -> tuple[dict[str, Value], Path]:
    """The load-time entries and where they are. Raises `InquiryError` for a call that isn't ``load``."""
    value = pasted.value
    if not isinstance(value, Invocation):
        return _map(value, (), report)
    if value.method != "load":
        message = f"{value.name} isn’t analytics.load. Paste that call, or its integrations object."
        raise InquiryError((Fault(code="call", message=message, pointer="/load"),))
    options = value.arguments[1] if len(value.arguments) > 1 else {}
    if isinstance(options, dict) and "integrations" not in options:
        if any(isinstance(each, bool) for each in options.values()) and "All" in options:
            message = "These entries stand in the options themselves, where analytics.load doesn’t read them."
            report.add("bare-options", (1,), message, "Put integrations: { … } around them.", JAVASCRIPT, "load")
        return {}, (1,)
    return _map(options, (1,), report)


def _map(value: Value, path: Path, report: Report) -> tuple[dict[str, Value], Path]:
    if isinstance(value, dict) and isinstance(value.get("integrations"), dict):
        inner = value["integrations"]
        assert isinstance(inner, dict)
        return inner, (*path, "integrations")
    if isinstance(value, dict):
        return value, path
    message = "The load-time object isn’t an object."
    report.add("not-an-object", path, message, "Write { All: true } or the like.", JAVASCRIPT, "load")
    return {}, path
