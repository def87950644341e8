"""Merges the load-time object and the object of the call, key by key, into the object that the call carries.

Used by `explain`; the other judges read its `Effective`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from advisor.explain.judge.truthiness import is_truthy
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.locate.load_call import LoadTimeObject
from advisor.explain.parse.values import Closure, OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.explanation import Input

Use = Literal["object", "spread", "raises", "unknown"]
"""How the library takes the value in place of the object; ``spread``: letter by letter or item by item."""

_LARGEST_EXACT = 2**53  # beyond this, a double (and so a browser) doesn't hold every integer
_USES: dict[str, Use] = {"analytics.js": "spread", "analytics-node": "spread", "analytics-python": "raises"}


@dataclass(frozen=True)
class Effective:
    """The entries in force and their origins. ``unknown`` is the text of what may add or remove entries, if anything may."""

    entries: dict[str, Value]
    use: Use = "object"
    loaded: LoadTimeObject | None = None
    origins: dict[str, tuple[Input, Path]] = field(default_factory=dict)
    unknown: str | None = None

    def value(self, key: str) -> Value | Absent:
        """Return the entry of a key; a variable if the text doesn't say whether there is one."""
        if key not in self.entries and self.unknown:
            return Variable(self.unknown)
        return self.entries.get(key, ABSENT)

    @property
    def is_closed(self) -> bool:
        """Whether ``All`` is exactly false."""
        return self.entries.get("All") is False


def merge(found: Found, loaded: LoadTimeObject | None, library: str) -> Effective:
    """Return the object in force. Load-time entries become true or false before the call's own are laid over them."""
    own, unknown = found.integrations, _unknown(found.integrations)
    use: Use = "raises" if found.raises else "object"
    if unknown:
        own = own if isinstance(own, dict) else {}
    elif own is ABSENT or own is None or own is Undefined.UNDEFINED:
        own = {}
    elif not isinstance(own, dict):
        use = _use(own, library) if use == "object" else use
        own = {}
    assert isinstance(own, dict)
    entries: dict[str, Value] = {key: _as_boolean(value) for key, value in (loaded.entries if loaded else {}).items()}
    origins: dict[str, tuple[Input, Path]] = {key: ("load", (*loaded.path, key)) for key in entries if loaded}
    origins |= {key: ("object", (*found.path, key)) for key in own}
    if unknown:  # the unknown part may override load-time entries
        entries = {}
    return Effective({**entries, **own}, use, loaded, origins, unknown or (loaded.unknown if loaded else None))


def _unknown(value: Value | Absent) -> str | None:
    """Return the text of the expression whose entries aren't in the text, or None if all entries are."""
    if isinstance(value, Variable):
        return value.name
    return value.rest if isinstance(value, OpenObject) else None


def _use(value: Value, library: str) -> Use:
    if library == "analytics-python" and not value:
        return "object"  # Python treats every empty value as no object
    if library in _USES and (library == "analytics-python" or not isinstance(value, Closure)):
        return _USES[library]
    return "unknown"


def _as_boolean(value: Value) -> Value:
    return value if isinstance(value, Variable) else is_truthy(value)


def plain(value: Value) -> Any:
    """Return a value as JSON: without undefined entries, a variable as its name, a number that JSON lacks as null."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each is not Undefined.UNDEFINED}
    if isinstance(value, list):
        return [None if each is Undefined.UNDEFINED else plain(each) for each in value]
    if isinstance(value, Variable):
        return value.name
    if isinstance(value, Closure):
        return value.text
    if isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if value is Undefined.UNDEFINED else value
