"""The object as a call carries it: what was loaded, overlaid key by key with what the call says."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from advisor.explain.explanation import Input
from advisor.explain.found import ABSENT, Absent, Found
from advisor.explain.reading import is_truthy
from advisor.explain.values import Path, Undefined, Value, Variable

Use = Literal["object", "spread", "raises", "unknown"]
"""How the library takes what stands in place of the object; ``spread``: letter by letter or item by item."""

_LARGEST_EXACT = 2**53  # beyond it no double, and so no browser, holds every integer
_USES: dict[str, Use] = {"analytics.js": "spread", "analytics-node": "spread", "analytics-python": "raises"}


@dataclass(frozen=True)
class Effective:
    """The entries in force and where each comes from. ``loaded`` is the load-time object as it was given."""

    entries: dict[str, Value]
    use: Use = "object"
    loaded: dict[str, Value] | None = None
    loaded_path: Path = ()
    origins: dict[str, tuple[Input, Path]] = field(default_factory=dict)

    def value(self, key: str) -> Value | Absent:
        """The entry of a key."""
        return self.entries.get(key, ABSENT)

    def is_loaded(self, names: tuple[str, ...]) -> bool:
        """Whether Analytics.js loads the destination of these names, as far as the load-time object says."""
        if self.loaded is None:
            return True
        given = [self.loaded[name] for name in names if name in self.loaded]
        given = [value for value in given if value is not Undefined.UNDEFINED]
        if given:
            return all(value is not False for value in given)
        return self.loaded.get("All") is not False

    @property
    def closed(self) -> bool:
        """Whether ``All`` is plainly false."""
        return self.entries.get("All") is False


def merge(found: Found, loaded: dict[str, Value] | None, loaded_path: Path, library: str) -> Effective:
    """The object in force. Load-time entries become true or false before the call's own are laid over them."""
    own = {} if found.integrations is ABSENT else found.integrations
    use: Use = "raises" if found.raises else "object"
    if not isinstance(own, dict):
        use = _USES.get(library, "unknown") if isinstance(own, list | str) else "unknown"
        own = {}
    entries: dict[str, Value] = {key: _as_boolean(value) for key, value in (loaded or {}).items()}
    origins: dict[str, tuple[Input, Path]] = {key: ("load", (*loaded_path, key)) for key in entries}
    origins |= {key: ("object", (*found.path, key)) for key in own}
    return Effective({**entries, **own}, use, loaded, loaded_path, origins)


def _as_boolean(value: Value) -> Value:
    return value if isinstance(value, Variable) else is_truthy(value)


def plain(value: Value) -> Any:
    """A value as JSON writes it: undefined entries left out, a name as text, a number that JSON lacks as null."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each is not Undefined.UNDEFINED}
    if isinstance(value, list):
        return [None if each is Undefined.UNDEFINED else plain(each) for each in value]
    if isinstance(value, Variable):
        return value.name
    if isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if value is Undefined.UNDEFINED else value
